"""What each block is: heading, text, list item, or the sentence that introduces a list."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingestion.blocks import Block
from ingestion.document import Role
from ingestion.headings import Heading

MAX_LABEL_WORDS = 16  # a longer line without a bullet is text
MIN_INTRO_WORDS = 5  # a shorter « … : » at the foot of a page does not introduce the next page
MIN_FIGURES = 3  # this many lines in a row that open with a figure are a list
MIN_LABELS = 4  # and this many short lines without a full stop
MAX_SHORT_LABEL_WORDS = 10

_FIGURE = re.compile(r"[+±~]?\d")
_PLAIN = re.compile(r"[\w\s’'(),&/«»–-]*\w[»)]?")
_ENDS_ITEM = re.compile(r"[,;]\s*\Z")


@dataclass(frozen=True, slots=True)
class Part:
    """A block with its readable text; `heading` if it is one, `trail` the headings above it."""

    block: Block
    text: str
    heading: Heading | None
    trail: tuple[Heading, ...]


def part_roles(parts: Sequence[Part]) -> list[Role]:
    """Return the role of each part of a document, in order."""
    roles = [_own_role(part) for part in parts]
    _mark_figures(parts, roles)
    _mark_labels(parts, roles)
    _mark_unmarked_items(parts, roles)
    for position in range(len(parts) - 1):
        introduces = parts[position].text.endswith(":") and roles[position + 1] is Role.ITEM
        if parts[position].block.page != parts[position + 1].block.page:
            introduces = introduces and len(parts[position].text.split()) >= MIN_INTRO_WORDS
        elif roles[position + 1] is Role.ITEM and roles[position] is Role.TEXT:
            introduces = introduces or _is_title(parts[position])
        if introduces and (roles[position] is Role.TEXT or _opens_lower_list(parts, roles, position)):
            roles[position] = Role.INTRO
    return roles


def _own_role(part: Part) -> Role:
    if part.heading:
        return Role.HEADING
    return Role.TEXT if part.block.mark is None else Role.ITEM


def _mark_figures(parts: Sequence[Part], roles: list[Role]) -> None:
    """Lines that each open with a figure, below one heading, are items (« 500 organisations »)."""
    position = 0
    while position < len(parts):
        end = position
        while end < len(parts) and roles[end] is Role.TEXT and _is_figure(parts[end]):
            end += 1
        if end - position >= MIN_FIGURES:
            roles[position:end] = [Role.ITEM] * (end - position)
            before = position - 1
            if before >= 0 and roles[before] is Role.TEXT and _is_label(parts[before]):
                roles[before] = Role.ITEM  # « Association créée en 2006 » above the figures
        position = max(end, position + 1)


def _mark_labels(parts: Sequence[Part], roles: list[Role]) -> None:
    """Short lines without a full stop, one below the other on one page, are items."""
    position = 0
    while position < len(parts):
        end = position
        while end < len(parts) and roles[end] is Role.TEXT and _is_short_label(parts[end]):
            if parts[end].block.page != parts[position].block.page:
                break
            end += 1
        if end - position >= MIN_LABELS:
            roles[position:end] = [Role.ITEM] * (end - position)
        position = max(end, position + 1)


def _mark_unmarked_items(parts: Sequence[Part], roles: list[Role]) -> None:
    """After « … : » or between items, a line that ends like an item is one although its bullet is lost."""
    for position in range(1, len(parts)):
        before, part = parts[position - 1], parts[position]
        if roles[position] is not Role.TEXT or part.block.page != before.block.page:
            continue
        opened = before.text.endswith(":") and roles[position - 1] in (Role.TEXT, Role.HEADING)
        between = roles[position - 1] is Role.ITEM and _ENDS_ITEM.search(before.text)
        if (opened and _ENDS_ITEM.search(part.text)) or (between and len(part.text.split()) <= 40):
            roles[position] = Role.ITEM


def _opens_lower_list(parts: Sequence[Part], roles: Sequence[Role], position: int) -> bool:
    """Tell whether an item introduces items of another mark in a list that nothing else introduces."""
    mark = parts[position].block.mark
    if roles[position] is not Role.ITEM or parts[position + 1].block.mark == mark:
        return False
    first = position
    while first > 0 and roles[first - 1] is Role.ITEM:
        first -= 1
    if first == 0 or roles[first - 1] is not Role.INTRO:
        return True
    return parts[first - 1].block.mark == mark  # what introduced the list is this item's sibling


def _is_figure(part: Part) -> bool:
    return bool(_FIGURE.match(part.text)) and _is_label(part)


def _is_short_label(part: Part) -> bool:
    return len(part.text.split()) <= MAX_SHORT_LABEL_WORDS and part.text[-1] not in ".:?!…"


def _is_title(part: Part) -> bool:
    """« Les pièces à fournir », set like the text, right above its list."""
    text = part.text
    whole = text[0].isupper() and text.count("(") == text.count(")")
    return whole and _is_short_label(part) and bool(_PLAIN.fullmatch(text))


def _is_label(part: Part) -> bool:
    return len(part.text.split()) <= MAX_LABEL_WORDS and not part.text.endswith((".", ":"))
