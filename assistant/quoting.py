"""Consecutive sentences of a page → one quote that stands on it, bullets between them included."""

import re
from collections.abc import Sequence

from ingestion.document import Sentence
from ingestion.quotes import find_on_page

_WHITE_SPACE = re.compile(r"\s+")


def stretch_quotes(sentences: Sequence[Sentence], page_text: str) -> tuple[str, ...]:
    """One quote for the whole stretch; one a sentence where they do not follow each other on the page."""
    if len(sentences) == 1:
        return (sentences[0].quote,)
    start = 0
    stretches = []
    while (found := find_on_page(sentences[0].quote, page_text[start:])) is not None:
        stretch = _stretch(sentences, page_text, start + found[0])
        if stretch is None:
            break
        stretches.append(stretch)
        start += found[1]
    if not stretches:
        return tuple(sentence.quote for sentence in sentences)
    return (min(stretches, key=len),)  # a first sentence that the page repeats: the nearest to the rest


def _stretch(sentences: Sequence[Sentence], page_text: str, start: int) -> str | None:
    """The quotes in order from an offset on, with what stands between them; None when one is missing."""
    quote = ""
    cursor = start
    for sentence in sentences:
        found = find_on_page(sentence.quote, page_text[cursor:])
        if found is None:
            return None
        if quote:
            quote += _WHITE_SPACE.sub(" ", page_text[cursor : cursor + found[0]])
        quote += sentence.quote
        cursor += found[1]
    return quote
