"""Running heads, running feet and page numbers: what repeats at the edges of pages, and only there."""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ingestion.pdf import Line, PdfPage

EDGE_LINES = 3  # a running head or foot has at most three lines
MARGIN = 0.12  # share of the page's height where running lines can stand, at the top and at the bottom
MIN_PAGES = 3
MIN_DENSITY = 0.4  # a chapter's running head stands on at least two pages in five between its first and last
MIN_SHARE_OF_LARGE = 0.5  # a line set larger than the text is a title unless it stands on half of the pages
LARGER = 1.1

_NUMBER = re.compile(r"\d+")
_DOT_LEADERS = re.compile(r"(?:\.\s?){4,}\s*\d{1,4}\s*$|…{2,}\s*\d{1,4}\s*$")


def running_lines(pages: Sequence[PdfPage], *, body_size: float) -> dict[int, set[Line]]:
    """Return, by page number, the lines that are running heads or feet.

    Lines are peeled from the outside in: a line is removed only if all that stands beyond it is.
    """
    edges = [(page, edge) for page in pages for edge in _edges(page)]
    seen: defaultdict[str, set[int]] = defaultdict(set)
    large: Counter[str] = Counter()
    for page, edge in edges:
        for line in edge:
            for key in _keys(page, line):
                seen[key].add(page.number)
                large[key] += line.size > body_size * LARGER
    running = {key for key, numbers in seen.items() if _repeats(key, numbers, large[key], len(pages))}
    found: defaultdict[int, set[Line]] = defaultdict(set)
    for page, edge in edges:
        for line in edge:
            if running.isdisjoint(_keys(page, line)):
                break
            found[page.number].add(line)
    return found


def is_contents_entry(text: str) -> bool:
    """Tell whether a line is an entry of a table of contents: dot leaders, then a page number."""
    return bool(_DOT_LEADERS.search(text))


def _edges(page: PdfPage) -> tuple[list[Line], list[Line]]:
    """Return the outermost lines of a page, from the top down and from the bottom up."""
    by_height = sorted(page.lines, key=lambda line: (-line.y, line.x))
    top = [line for line in by_height if line.y > page.height * (1 - MARGIN)][: 2 * EDGE_LINES]
    bottom = [line for line in reversed(by_height) if line.y < page.height * MARGIN][: 2 * EDGE_LINES]
    return _first_rows(top), _first_rows(bottom)


def _first_rows(lines: list[Line]) -> list[Line]:
    """Keep the lines of the first rows: a foot's text and page number stand on one row."""
    rows: list[float] = []
    kept = []
    for line in lines:
        if not rows or abs(rows[-1] - line.y) > 2:
            rows.append(line.y)
        if len(rows) > EDGE_LINES:
            break
        kept.append(line)
    return kept


def _keys(page: PdfPage, line: Line) -> set[str]:
    """Return what a line has in common with the same line of other pages.

    That is its text, and its text with each number written as its distance to the page's number.
    """
    text = " ".join(page.text[line.start : line.end].split())
    keys = {text} if not _NUMBER.fullmatch(text) else set()
    for match in _NUMBER.finditer(text):
        distance = int(match[0][:6]) - page.number
        keys.add(f"{text[: match.start()]}#{distance:+d}{text[match.end() :]}")
    if text and text.lower() == page.label.lower():
        keys.add("#label")
    return keys


def _repeats(key: str, numbers: set[int], large: int, page_count: int) -> bool:
    if len(numbers) < (2 if page_count == 2 and "#" in key else MIN_PAGES):
        return False
    if not any(character.isalpha() for character in key.replace("#label", "")):
        return True  # a page number, whatever its size
    if large > len(numbers) / 2:
        return len(numbers) >= page_count * MIN_SHARE_OF_LARGE
    return len(numbers) / (max(numbers) - min(numbers) + 1) >= MIN_DENSITY
