"""What makes a quote exact: the folding of white space, hyphenation and ligatures, and nothing else."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from ingestion.traced import TracedText

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
LINE_END_HYPHEN = "\u00ad"  # stands, once folded, for a hyphen that may belong to the word or to the line

_INVISIBLE = re.compile("[\u200b\u2060\ufeff\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]+")
_LIGATURE = re.compile(f"[{''.join(LIGATURES)}]")
_DECOMPOSED = re.compile(r"\w[\u0300-\u036f]+")
_CUT_WORD = re.compile(r"(?<=\w)(?P<hyphen>[-\u2010\u00ad])(?P<gap>[^\S\n]*\n\s*)(?=\w)")
_SOFT_HYPHEN = re.compile("\u00ad")
_SPACES = re.compile(r"\s+")


def fold(text: TracedText, *, cut_word: Callable[[re.Match[str]], str]) -> TracedText:
    """Return the text with its white space, ligatures, accents and soft hyphens in their usual form.

    `cut_word` says what replaces a hyphen at a line end and the white space after it.
    """
    text = text.sub(_INVISIBLE, "")
    text = text.sub(_LIGATURE, lambda match: LIGATURES[match[0]])
    text = text.sub(_DECOMPOSED, lambda match: unicodedata.normalize("NFC", match[0]))
    text = text.sub(_CUT_WORD, cut_word)
    return text.sub(_SPACES, " ").strip()


def drop_soft_hyphens(text: TracedText) -> TracedText:
    """Return the text without the hyphens that only show where a word may be cut."""
    return text.sub(_SOFT_HYPHEN, "")


def stands_on_page(quote: str, page_text: str) -> bool:
    """Tell whether a quote stands on a page, white space, hyphenation and ligatures apart."""
    return find_on_page(quote, page_text) is not None


def find_on_page(quote: str, page_text: str) -> tuple[int, int] | None:
    """Return the stretch of the page's text, as extracted, where a quote stands first."""
    wanted = fold(TracedText.of(quote), cut_word=lambda _: LINE_END_HYPHEN).text
    page = _folded_page(page_text)
    bare_wanted, _ = _without_hyphens(wanted)
    if not bare_wanted.strip():
        return None
    bare_page, places = _without_hyphens(page.text)
    position = bare_page.find(bare_wanted)
    while position >= 0:
        start, end = places[position], places[position + len(bare_wanted) - 1] + 1
        start, end = _with_outer_hyphens(wanted, page.text, start, end)
        if _same_hyphens(wanted, page.text[start:end]):
            return page.source_span(start, end)
        position = bare_page.find(bare_wanted, position + 1)
    return None


@lru_cache(maxsize=32)  # about 200 kB a page: the citations of one answer come from few
def _folded_page(page_text: str) -> TracedText:
    return fold(TracedText.of(page_text), cut_word=lambda _: LINE_END_HYPHEN)


def _without_hyphens(text: str) -> tuple[str, list[int]]:
    places = [place for place, character in enumerate(text) if character not in "-\u2010\u00ad"]
    return "".join(text[place] for place in places), places


def _with_outer_hyphens(wanted: str, page: str, start: int, end: int) -> tuple[int, int]:
    """Widen a stretch of the page to the hyphens that the quote begins or ends with."""
    leading = len(wanted) - len(wanted.lstrip("-\u2010"))
    trailing = len(wanted) - len(wanted.rstrip("-\u2010"))
    return max(0, start - leading), min(len(page), end + trailing)


def _same_hyphens(wanted: str, found: str) -> bool:
    """Compare two texts equal but for hyphens: only a soft hyphen or one at a line end may differ."""
    position = 0
    for character in found:
        current = wanted[position : position + 1]
        if current == LINE_END_HYPHEN:
            position += 1
            current = wanted[position : position + 1]
        if character == LINE_END_HYPHEN:
            position += current in ("-", "\u2010") and bool(current)
        elif character != current:
            return False
        else:
            position += 1
    return not wanted[position:].strip(LINE_END_HYPHEN)
