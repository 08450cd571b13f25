"""A document's sentences → passages of about 60 to 180 words below one trail of headings.

The only importer of llama-index's splitter, which fills each passage with whole sentences.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile

from llama_index.core.node_parser import SentenceSplitter

from ingestion.document import Passage, Role, Sentence

MIN_WORDS = 60
MAX_WORDS = 180
MAX_LIST_WORDS = 240  # a list and its introduction stay whole up to this length
MAX_PAGES = 3  # a passage made of several slides spans no more

_UNIT_END = "\n"  # no sentence holds one


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence and the headings above it."""

    sentence: Sentence
    headings: tuple[str, ...]


Group = tuple[Located, ...]  # what stays together: a sentence, a list with its introduction


def cut_passages(document_id: str, sentences: Sequence[Located]) -> tuple[Passage, ...]:
    """Return the passages of one document, in reading order."""
    sections = [list(run) for _, run in groupby(sentences, key=lambda located: located.headings)]
    chunks = [chunk for section in _with_their_text(sections) for chunk in _cut_section(section)]
    chunks = _join_small(_join_pages(chunks), max_pages=MAX_PAGES)
    return tuple(
        Passage(
            f"{document_id}:{position}",
            document_id,
            _common_trail(chunk),
            tuple(located.sentence for located in chunk),
        )
        for position, chunk in enumerate(chunks)
    )


def _with_their_text(sections: Iterable[list[Located]]) -> list[list[Located]]:
    """Attach headings that have no text of their own to the section below them on the same page."""
    whole: list[list[Located]] = []
    waiting: list[Located] = []
    for section in sections:
        if waiting and waiting[-1].sentence.page != section[0].sentence.page:
            whole.append(waiting)
            waiting = []
        waiting = waiting + section
        if any(located.sentence.role is not Role.HEADING for located in section):
            whole.append(waiting)
            waiting = []
    return [*whole, waiting] if waiting else whole


def _cut_section(section: Sequence[Located]) -> list[Group]:
    """Cut one section at the ends of its groups into passages of even length."""
    words = _words(section)
    if words <= MAX_WORDS:
        return [tuple(section)]
    groups = [part for group in _groups(section) for part in _cut_list(group)]
    even = math.ceil(words / math.ceil(words / MAX_WORDS))
    size = max(min(MAX_WORDS, even + MIN_WORDS // 2), *(_words(group) for group in groups))
    splitter = SentenceSplitter(
        chunk_size=size,
        chunk_overlap=0,
        tokenizer=str.split,
        paragraph_separator=_UNIT_END * 2,
        chunking_tokenizer_fn=lambda text: text.splitlines(keepends=True),
    )
    units = (" ".join(located.sentence.text for located in group) + _UNIT_END for group in groups)
    chunks, position = [], 0
    for chunk in splitter.split_text("".join(units)):
        count = len(chunk.splitlines())
        chunks.append(tuple(located for group in groups[position : position + count] for located in group))
        position += count
    return chunks


def _groups(section: Sequence[Located]) -> list[Group]:
    """Keep headings with what follows them, and a list with the sentence that introduces it."""
    groups: list[list[Located]] = []
    before: Role | None = None
    for located in section:
        role = located.sentence.role
        if groups and (role is Role.ITEM or before is Role.HEADING):
            groups[-1].append(located)
        else:
            groups.append([located])
        before = role
    return [tuple(group) for group in groups]


def _cut_list(group: Group) -> list[Group]:
    """Cut a list too long for one passage; each part repeats the sentence that introduces it."""
    if _words(group) <= MAX_LIST_WORDS:
        return [group]
    head = list(takewhile(lambda located: located.sentence.role is not Role.ITEM, group))
    parts: list[list[Located]] = [[*head]]
    for located in group[len(head) :]:
        if _words(parts[-1]) + _words([located]) > MAX_WORDS and len(parts[-1]) > len(head):
            parts.append([one for one in head if one.sentence.role is Role.INTRO])
        parts[-1].append(located)
    return [tuple(part) for part in parts]


def _join_pages(chunks: Sequence[Group]) -> list[Group]:
    """Keep a page with little text whole; on others, join small chunks and headings left at the end."""
    words: Counter[int] = Counter()
    for located in (located for chunk in chunks for located in chunk):
        words[located.sentence.page] += _words([located])
    joined: list[Group] = []
    for chunk in chunks:
        page = chunk[0].sentence.page
        little = words[page] <= MAX_WORDS or (joined and (_small(joined[-1]) or _only_headings(chunk)))
        if joined and joined[-1][-1].sentence.page == page and little and _fits(joined[-1] + chunk, 1):
            joined[-1] += chunk
        else:
            joined.append(chunk)
    return joined


def _only_headings(chunk: Group) -> bool:
    return all(located.sentence.role is Role.HEADING for located in chunk)


def _join_small(chunks: Iterable[Group], *, max_pages: int) -> list[Group]:
    """Join each small chunk to the one after it, or the last to the one before, within `max_pages` pages."""
    joined: list[Group] = []
    for chunk in chunks:
        if joined and _small(joined[-1]) and _fits(joined[-1] + chunk, max_pages):
            joined[-1] += chunk
        else:
            joined.append(chunk)
    if len(joined) > 1 and _small(joined[-1]) and _fits(joined[-2] + joined[-1], max_pages):
        joined[-2:] = [joined[-2] + joined[-1]]
    return joined


def _small(chunk: Group) -> bool:
    return _words(chunk) < MIN_WORDS


def _fits(chunk: Group, max_pages: int) -> bool:
    pages = chunk[-1].sentence.page - chunk[0].sentence.page + 1
    return pages <= max_pages and _words(chunk) <= MAX_WORDS


def _common_trail(chunk: Group) -> tuple[str, ...]:
    """Return the trail that all sentences of a passage are below, or the first one's if there is none."""
    trails = [located.headings for located in chunk if located.sentence.role is not Role.HEADING]
    trails = trails or [located.headings for located in chunk]
    shared = 0
    while all(len(trail) > shared and trail[shared] == trails[0][shared] for trail in trails):
        shared += 1
    return trails[0][:shared] or trails[0]


def _words(group: Iterable[Located]) -> int:
    return sum(len(located.sentence.text.split()) for located in group)
