"""The pages of one PDF → its sentences, each with its role, its page and the headings above it."""

import re
from collections.abc import Sequence

from ingestion.blocks import page_blocks
from ingestion.document import Role, Sentence
from ingestion.furniture import is_contents_entry, running_lines
from ingestion.headings import Heading, as_heading, body_size, extend_trail, page_body_size
from ingestion.lists import Part, part_roles
from ingestion.passages import Located
from ingestion.pdf import Line, PdfPage
from ingestion.repair import Vocabulary, readable_text, standing_text
from ingestion.sentences import split_sentences
from ingestion.traced import TracedText

_SAYS_SOMETHING = re.compile(r"[^\W\d_]{3}|\d")


def read_sentences(pages: Sequence[PdfPage]) -> list[Located]:
    """Return the sentences of a document in reading order, without its running heads and contents entries."""
    size = body_size(pages)
    running = running_lines(pages, body_size=size)
    vocabulary = Vocabulary.of(page.text for page in pages)
    parts: list[Part] = []
    texts: list[tuple[TracedText, TracedText]] = []
    trail: tuple[Heading, ...] = ()
    for page in pages:
        dropped = running.get(page.number, set()) | _contents_entries(page)
        titled = False
        body = page_body_size(page, document_size=size, dropped=dropped)
        for block in page_blocks(page, dropped=dropped):
            standing = standing_text(page.text, block.start, block.end, vocabulary=vocabulary)
            readable = readable_text(standing)
            if not _SAYS_SOMETHING.search(readable.text):
                continue
            heading = as_heading(block, readable.text, body=body)
            if heading:
                trail = extend_trail(trail, heading, restart=page.is_slide and not titled)
                titled = True
            parts.append(Part(block, readable.text, heading, trail))
            texts.append((standing, readable))
    roles = part_roles(parts)
    return [
        Located(sentence, tuple(heading.text for heading in part.trail))
        for part, role, (standing, readable) in zip(parts, roles, texts, strict=True)
        for sentence in _sentences(part, role, standing, readable)
    ]


def _contents_entries(page: PdfPage) -> set[Line]:
    """Return the lines of a table of contents; one of leaders alone takes its title's line along."""
    entries: set[Line] = set()
    for position, line in enumerate(page.lines):
        text = page.text[line.start : line.end]
        if is_contents_entry(text):
            entries.add(line)
            if position and not any(character.isalpha() for character in text):
                entries.add(page.lines[position - 1])
    return entries


def _sentences(part: Part, role: Role, standing: TracedText, readable: TracedText) -> list[Sentence]:
    """Cut a block into sentences; headings and items stay whole."""
    whole = role in (Role.HEADING, Role.ITEM)
    spans = [(0, len(readable.text))] if whole else split_sentences(readable.text)
    last = len(spans) - 1
    sentences = []
    for position, (start, end) in enumerate(spans):
        if not _SAYS_SOMETHING.search(readable.text, start, end):
            continue  # « P . », « : . »: specks that a scan took for letters
        own = role if role is not Role.INTRO or position == last else Role.TEXT  # the end introduces
        quote_start, quote_end = readable.source_span(start, end)
        quote = standing.text[quote_start:quote_end].strip()
        sentences.append(Sentence(readable.text[start:end], quote, part.block.page, own))
    return sentences
