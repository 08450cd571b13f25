"""The lines of a page → its blocks: paragraphs, headings, list items, labels."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingestion.pdf import Line, PdfPage

SAME_SIZE = 1.07  # sizes closer than this ratio are one size
WRAPPED = 0.8  # a line at least this long, compared with the page's longest of its size, was full
CLOSE = 1.5  # times the font size: the usual distance between two lines of a paragraph, at most
ENUMERATION_COMMAS = 3  # a line with as many commas, the last at its end, goes on in spite of a gap
NEAR = 3.6  # times the font size: a line farther away does not go on with the same sentence

_GLYPHS = "•◦▪▫❑❒■□●○◆◇►▶➢➤✓✔➔→‣⁃∙·◼◾\ue000-\uf8ff\x01-\x08\x7f-\x9f\ufffd"
_BULLET = re.compile(
    rf"\s*(?P<glyph>[{_GLYPHS}]+|[-–—+](?=\s)|\*(?=\s)(?!\s*(?:Source|Base|Note)s?\b)|[oe¢s](?=\s+[A-ZÀÂÇÉÈÊËÎÏÔÙÛŒ0-9«L]))(?:\s+|(?<=[{_GLYPHS}]))"
)
_SIGN_AFTER_DASH = re.compile(rf"\s*[-–—]\s*[{_GLYPHS}]\s*")  # Markdown's dash before the page's own bullet
_ENUMERATOR = re.compile(r"\s*(?P<mark>\d{1,2}\s?[.)°-]|[a-z]\s?[.)]|\(\w{1,2}\))\s+(?=\S)")
_OPEN_END = re.compile(
    r"(?:[(«]|\s/|(?<!\w)(?:de|du|des|d[’']|la|le|les|l[’']|un|une|et|ou|à|au|aux|en|dans|par|pour|sur|avec|sans|"
    r"entre|chez|vers|que|qui|dont|où|ce|cet|cette|ces|son|sa|ses|leur|leurs|notre|nos|votre|vos|plus|moins|"
    r"est|sont|comme|sous|selon|nos|dits?|M\.|Mme))\s*\Z",
    re.IGNORECASE,
)
_ENDS_ITEM = re.compile(r"[,;]\s*\Z")
_FINAL = re.compile(r"[.!?…:](?:\s*[»”\")])*\s*\Z")
_STRONG_FINAL = re.compile(r"[.!?…](?:\s*[»”\")])*\s*\Z")
_CUT = re.compile(r"\w[-\u2010\u00ad]\s*\Z")
_COMMA = re.compile(r",\s*\Z")
_URL = re.compile(r"\s*<?(?:https?://|www\.)|\s*\S+\.\w{3}\s*\Z")
_ENDS_WITH_URL = re.compile(r"(?:https?://|www\.)\S*\s*\Z")
_GOES_ON = re.compile(r"\s*(?:[a-zàâäçéèêëîïôöùûüœæ]|[(),;:»%]|[dl][’'])")


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines of one page that go together: `page_text[start:end]`, after the bullet if any.

    `mark` is what opens a list item: a bullet's glyph, "1" or "a" for an enumeration; else None.
    """

    page: int
    start: int
    end: int
    x: float
    y: float
    size: float
    bold: bool
    mark: str | None


def page_blocks(page: PdfPage, *, dropped: Iterable[Line]) -> list[Block]:
    """Return the blocks of a page in the order of its text; `dropped` lines separate and disappear."""
    gone = set(dropped)
    longest = _longest_lines(page)
    blocks: list[Block] = []
    group: list[Line] = []
    for line in page.lines:
        if line in gone:
            group = _close(page, group, blocks)
            continue
        if group and not _same_block(page, group, line, longest):
            group = _close(page, group, blocks)
        group.append(line)
    _close(page, group, blocks)
    return blocks


def _close(page: PdfPage, group: list[Line], blocks: list[Block]) -> list[Line]:
    if group:
        first = group[0]
        mark, start = item_mark(page.text[first.start : first.end])
        sizes: Counter[float] = Counter()
        for line in group:
            sizes[line.size] += line.end - line.start
        block = Block(
            page.number,
            first.start + start,
            group[-1].end,
            first.x,
            group[-1].y,
            sizes.most_common(1)[0][0],
            all(line.bold for line in group),
            mark,
        )
        if page.text[block.start : block.end].strip():
            blocks.append(block)
    return []


def item_mark(text: str) -> tuple[str | None, int]:
    """Return what opens a list item (None if nothing does) and where the item's own text starts.

    A bullet is not part of the item's text; a number or letter is.
    """
    if match := _SIGN_AFTER_DASH.match(text):
        return match[0].strip(" -–—\t"), match.end()
    if match := _BULLET.match(text):
        return match["glyph"][0], match.end()
    if match := _ENUMERATOR.match(text):
        return "1" if match["mark"][0].isdigit() else "a", 0
    return None, 0


def _longest_lines(page: PdfPage) -> dict[float, int]:
    """Return the length of the longest line of each font size."""
    longest: dict[float, int] = {}
    for line in page.lines:
        longest[line.size] = max(longest.get(line.size, 0), line.end - line.start)
    return longest


def _same_block(page: PdfPage, group: Sequence[Line], line: Line, longest: dict[float, int]) -> bool:
    """Tell whether a line goes on with the block of the lines above it."""
    last = group[-1]
    above, text = page.text[last.start : last.end], page.text[line.start : line.end]
    if not _same_size(last.size, line.size) or item_mark(text)[0] is not None:
        return False
    size = max(last.size, 1.0)
    gap = (last.y - line.y) / size
    full = last.end - last.start >= WRAPPED * longest[last.size]
    if gap < -0.5:  # the next column
        return full and not _FINAL.search(above) and bool(_GOES_ON.match(text))
    if gap > NEAR:
        return False
    if _CUT.search(above):
        return True
    if _URL.match(text):
        return above.rstrip().endswith(":") or (full and not _ENDS_WITH_URL.search(above))
    if last.bold != line.bold and gap > 0.3 and not _GOES_ON.match(text):
        return False
    if _GOES_ON.match(text):
        return _open_quote(page, group) or _lower_case_goes_on(above, gap)
    if _OPEN_END.search(above) or (gap <= CLOSE and _open_parenthesis(page, group)):
        return True
    if _ENDS_ITEM.search(above) and _outdented(page, group, line):
        return False
    if _COMMA.search(above) and (gap <= CLOSE or above.count(",") >= ENUMERATION_COMMAS):
        return True
    if gap > CLOSE or above.rstrip().endswith(":"):
        return False
    return full


def _open_quote(page: PdfPage, group: Sequence[Line]) -> bool:
    """Tell whether a « quotation opened in the block is still open."""
    text = page.text[group[0].start : group[-1].end]
    return text.count("«") > text.count("»")


def _open_parenthesis(page: PdfPage, group: Sequence[Line]) -> bool:
    text = page.text[group[0].start : group[-1].end]
    return text.count("(") > text.count(")")


def _outdented(page: PdfPage, group: Sequence[Line], line: Line) -> bool:
    """Tell whether a line starts to the left of the list item that the block is."""
    first = group[0]
    return item_mark(page.text[first.start : first.end])[0] is not None and line.x < first.x - 2


def _lower_case_goes_on(above: str, gap: float) -> bool:
    """A line without a capital goes on with the sentence, unless that one was over."""
    if above.rstrip().endswith(";"):
        return gap <= CLOSE
    return not _STRONG_FINAL.search(above) or gap <= CLOSE


def _same_size(one: float, other: float) -> bool:
    return max(one, other) <= SAME_SIZE * min(one, other)
