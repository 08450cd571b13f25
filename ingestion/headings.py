"""Which blocks are headings, and the trail of headings above each block."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingestion.blocks import Block
from ingestion.pdf import Line, PdfPage

LARGER = 1.12  # a heading is at least this much larger than the text
MAX_WORDS = 30  # a longer block set large is a statement, not a heading
MAX_WORDS_SAME_SIZE = 16  # for headings that only a number or bold type distinguishes
PAGE_SHARE = 0.6  # a page whose main size holds this share of its text has a text size of its own
MAX_TEXT_SIZE = 1.25  # times the document's text size: beyond, a page's main size is that of titles
SAME_LEVEL = 1.1  # sizes closer than this ratio are one level
MAX_TRAIL = 5
MIN_CAPITALS, MIN_LETTERS = 2, 4  # words of so many letters in a title set in capitals

_NUMBERED = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2})+\.?|(?:Chapitre|Partie|Annexe|Fiche|Titre|Étape)\s+\w{1,4}\s?[.:–-]?)\s+\S"
)
_WORD = re.compile(r"[^\W\d_]+")
_DEPTH = re.compile(r"\d{1,2}(?:\.\d{1,2})*")
_ENDS_LIKE_TEXT = re.compile(r"(?:[.;,](?:\s*[»\")])?|:)\s*\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading's text and its rank: the larger, the higher it stands in the trail."""

    text: str
    rank: float


def body_size(pages: Iterable[PdfPage]) -> float:
    """Return the font size that most characters of a document are set in, in points."""
    return _main_size([line for page in pages for line in page.lines])[0]


def page_body_size(page: PdfPage, *, document_size: float, dropped: Iterable[Line] = ()) -> float:
    """Return the text size to measure a page's headings by: its own if clear, else the document's.

    Slides shrink their text to fit. A page set much larger than the document holds titles only.
    """
    gone = set(dropped)
    size, share = _main_size([line for line in page.lines if line not in gone])
    own = share >= PAGE_SHARE and size <= document_size * MAX_TEXT_SIZE
    return size if own else document_size


def _main_size(lines: Sequence[Line]) -> tuple[float, float]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size * 2) / 2] += line.end - line.start
    if not sizes:
        return 10.0, 0.0
    size, count = max(sizes.items(), key=lambda item: (item[1], -item[0]))
    return size, count / sum(sizes.values())


def as_heading(block: Block, text: str, *, body: float) -> Heading | None:
    """Return the block as a heading, or None if it is text."""
    words = len(text.split())
    ratio = block.size / body if body else 1.0
    if not any(character.isalnum() for character in text) or words > MAX_WORDS:
        return None
    if ratio >= LARGER and (block.mark is None or block.mark in "1a"):
        return (
            None if text.endswith((".", ",", ";")) and words > MAX_WORDS_SAME_SIZE else Heading(text, ratio)
        )
    if words > MAX_WORDS_SAME_SIZE or ratio < 0.95 or _ENDS_LIKE_TEXT.search(text) or not _opens(text):
        return None
    numbered = _NUMBERED.match(text)
    if numbered or _is_in_capitals(text) or (block.bold and (block.mark is None or block.mark in "1a")):
        depth = _DEPTH.match(text)
        return Heading(text, 1.0 - 0.07 * (depth[0].count(".") if depth else 0))
    return None


def _is_in_capitals(text: str) -> bool:
    """« 4. DÉPOSER UNE CANDIDATURE », not « SNCF, ADEME »."""
    words = [word for word in _WORD.findall(text) if len(word) >= MIN_LETTERS]
    return len(words) >= MIN_CAPITALS and text == text.upper() and "," not in text


def _opens(text: str) -> bool:
    return text[0].isupper() or text[0].isdigit() or text[0] in '«“"'


def extend_trail(
    trail: tuple[Heading, ...], heading: Heading, *, restart: bool = False
) -> tuple[Heading, ...]:
    """Return the trail below a new heading: what stands above it in rank, then itself.

    `restart` forgets what stood above: a slide's title opens a trail of its own.
    """
    if restart:
        return (heading,)
    kept = tuple(one for one in trail if one.rank > heading.rank * SAME_LEVEL and one.text != heading.text)
    return (*kept, heading)[-MAX_TRAIL:]
