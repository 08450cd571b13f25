"""Typeset the transcriptions into the PDFs of corpus/documents (a development tool; needs reportlab).

    python corpus/typeset.py [--output FOLDER]

A form feed in a transcription starts a new PDF page. Every word stays as transcribed, OCR slips included; a
line that is too wide is wrapped at spaces. The same transcriptions give the same bytes on every run.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

HERE = Path(__file__).resolve().parent
REGULAR, BOLD = "DejaVuSansCondensed", "DejaVuSansCondensed-Bold"
PRIVATE_USE_BULLETS = {0xF0B7: "•", 0xF0A7: "▪"}  # Symbol and Wingdings bullets, as Word leaves them in PDFs
INK, ACCENT, GREY = (0.1, 0.1, 0.1), (0.05, 0.3, 0.4), (0.4, 0.4, 0.4)
LIST_MARKER = re.compile(r"(\s*)((?:- )?[❑▪•\uf0b7\uf0a7]|[-o¢*+e]|\d-|[a-z]\.)\s")
SECOND_LEVEL_MARKER = re.compile(r"▪|[a-z]\.")

# Points. A page is set at the largest size at which it holds on one sheet, else on several at OVERFLOW_SIZE.
LARGEST_SIZE = {"portrait": 10.5, "landscape": 14.0}
SMALLEST_SIZE, OVERFLOW_SIZE, SIZE_STEP = 8.5, 9.5, 0.25
UNWRAPPED = 0.85  # the size may shrink to this share of the largest so that no line wraps
HEADING_SCALE = {"portrait": (1.35, 1.15), "landscape": (1.6, 1.2)}  # title and subtitle, by body size
MARGIN = {"portrait": (48, 34), "landscape": (60, 46)}  # side, top
FOOT_HEIGHT, FOOT_BASELINE, FOOT_SIZE = 46, 24, 8
INDENT = 14  # of one list level
LEADING, BLANK = 1.25, 0.5  # of a line and of a blank line, by their size and the body size
KEEP = 0.65  # an overflowing page breaks before a title when at least this share of the sheet is filled


@dataclass(frozen=True)
class Document:
    """What typesetting.yaml says of one document; a heading is the tuple of its lines."""

    id: str
    title: str
    short_title: str
    author: str
    paper: str
    labels: str
    titles: frozenset[tuple[str, ...]]
    subtitles: frozenset[tuple[str, ...]]


@dataclass(frozen=True)
class Line:
    """One line of a transcription: its role is title, subtitle, text or blank; `indent` in points.

    `continues`: the line goes on with the heading of the line before.
    """

    text: str
    role: str
    indent: float = 0.0
    continues: bool = False


@dataclass(frozen=True)
class SetLine:
    """One line as it is printed; `before` is the white space above it in points."""

    text: str
    role: str
    font: str
    size: float
    indent: float
    leading: float
    before: float


def read_documents(path: Path) -> list[Document]:
    """The documents that typesetting.yaml describes."""

    def headings(lines: list[str]) -> frozenset[tuple[str, ...]]:
        return frozenset(tuple(line.split("|")) for line in lines)

    described = yaml.safe_load(path.read_text(encoding="utf-8"))
    return [
        Document(
            id=id,
            titles=headings(fields.pop("titles")),
            subtitles=headings(fields.pop("subtitles")),
            **fields,
        )
        for id, fields in described.items()
    ]


def find_headings(lines: list[str], document: Document) -> dict[int, Line]:
    """The heading lines by their place in the page (blank lines inside a heading are passed over)."""
    filled = [place for place, line in enumerate(lines) if line.strip()]
    found: dict[int, Line] = {}
    for role, headings in (("title", document.titles), ("subtitle", document.subtitles)):
        for heading in headings:
            for start in range(len(filled) - len(heading) + 1):
                places = filled[start : start + len(heading)]
                if tuple(lines[place].strip() for place in places) == heading:
                    found |= {p: Line(lines[p].strip(), role, continues=p != places[0]) for p in places}
    return found


def read_lines(page: str, document: Document) -> list[Line]:
    """The lines of a transcription page with their roles; the lines that follow a list item hang under it."""
    raw = page.strip("\n").split("\n")
    headings = find_headings(raw, document)
    lines: list[Line] = []
    hanging = 0.0
    outer_marker = ""
    for place, text in enumerate(raw):
        marker = LIST_MARKER.match(text)
        if not text.strip():
            lines.append(Line("", "blank"))
            hanging = 0.0
        elif place in headings:
            lines.append(headings[place])
            hanging, outer_marker = 0.0, ""
        elif marker:
            spaces, sign = marker.groups()
            under_other = sign == "-" and outer_marker not in ("", "-")
            inner = bool(spaces or SECOND_LEVEL_MARKER.match(sign) or under_other)
            outer_marker = outer_marker if inner else sign
            hanging = INDENT * (2 + inner)
            lines.append(Line(text.strip(), "text", INDENT * (1 + inner)))
        else:
            lines.append(Line(text.strip(), "text", hanging))
    return lines


def paper_size(document: Document) -> tuple[float, float]:
    """Width and height of the document's sheets in points."""
    short, long = A4
    return (long, short) if document.paper == "landscape" else (short, long)


def wrap(text: str, font: str, size: float, width: float) -> list[str]:
    """The text cut at spaces into lines of at most `width` points; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and pdfmetrics.stringWidth(f"{lines[-1]} {word}", font, size) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def set_lines(lines: list[Line], size: float, document: Document) -> list[SetLine]:
    """The printed lines of a page at a body size; a blank line is a gap, a long address is set smaller."""
    title, subtitle = HEADING_SCALE[document.paper]
    sizes = {"title": size * title, "subtitle": size * subtitle, "text": size}
    printed: list[SetLine] = []
    gap = 0.0
    for line in lines:
        if line.role == "blank":
            gap = BLANK * size
            continue
        if line.role != "text":
            gap = 0.0 if line.continues else gap + BLANK * size
        font, line_size = (REGULAR if line.role == "text" else BOLD), sizes[line.role]
        width = paper_size(document)[0] - 2 * MARGIN[document.paper][0] - line.indent
        for piece in wrap(line.text, font, line_size, width):
            fitted = line_size * min(1.0, width / pdfmetrics.stringWidth(piece, font, line_size))
            printed.append(SetLine(piece, line.role, font, fitted, line.indent, line_size * LEADING, gap))
            gap = 0.0
    return printed


def height_of(lines: list[SetLine]) -> float:
    """The height in points that the lines take."""
    return sum(line.leading + line.before for line in lines)


def wraps(lines: list[Line], printed: list[SetLine]) -> bool:
    """True if some line had to be wrapped."""
    return len(printed) > sum(line.role != "blank" for line in lines)


def break_place(lines: list[SetLine], height: float) -> int:
    """How many lines go on the sheet: up to a title low on it, else to the last gap that follows text."""
    fitting = next((n for n in range(len(lines), 0, -1) if height_of(lines[:n]) <= height), 1)
    low = [n for n in range(1, fitting + 1) if height_of(lines[:n]) >= KEEP * height]
    starts_title = [n for n in low if lines[n].role == "title" and lines[n - 1].role != "title"]
    after_text = [n for n in low if lines[n].before and lines[n - 1].role == "text"]
    return (starts_title or after_text or [fitting])[-1]


def set_page(lines: list[Line], document: Document) -> list[list[SetLine]]:
    """The sheets of one transcription page: one if it holds, else as many as needed."""
    largest = LARGEST_SIZE[document.paper]
    height = paper_size(document)[1] - MARGIN[document.paper][1] - FOOT_HEIGHT
    sizes = [largest - step * SIZE_STEP for step in range(int((largest - SMALLEST_SIZE) / SIZE_STEP) + 1)]
    candidates = [(size, set_lines(lines, size, document)) for size in sizes]
    holding = [(size, printed) for size, printed in candidates if height_of(printed) <= height]
    if holding:
        unwrapped = [p for size, p in holding if size >= UNWRAPPED * largest and not wraps(lines, p)]
        return [unwrapped[0] if unwrapped else holding[0][1]]
    sheets: list[list[SetLine]] = []
    rest = set_lines(lines, OVERFLOW_SIZE, document)
    while height_of(rest) > height:
        cut = break_place(rest, height)
        sheets.append(rest[:cut])
        rest = rest[cut:]
    return [*sheets, rest]


def draw_sheet(canvas: Canvas, lines: list[SetLine], *, document: Document, label: str) -> None:
    """Print the lines, then the running foot: the short title on the left, the page's label on the right."""
    page_width, y = paper_size(document)
    side, top = MARGIN[document.paper]
    y -= top
    for line in lines:
        y -= line.before + line.leading
        canvas.setFont(line.font, line.size)
        canvas.setFillColorRGB(*(INK if line.role == "text" else ACCENT))
        canvas.drawString(side + line.indent, y, line.text)
    canvas.setFont(REGULAR, FOOT_SIZE)
    canvas.setFillColorRGB(*GREY)
    canvas.setStrokeColorRGB(*GREY)
    canvas.setLineWidth(0.4)
    canvas.line(side, FOOT_BASELINE + 12, page_width - side, FOOT_BASELINE + 12)
    canvas.drawString(side, FOOT_BASELINE, document.short_title)
    canvas.drawRightString(page_width - side, FOOT_BASELINE, label)
    canvas.showPage()


def page_labels(document: Document) -> Iterator[str]:
    """The printed page numbers: i, 1, 2, 3… for a document with a cover, else 1, 2, 3…"""
    if document.labels == "cover":
        yield "i"
    number = 1
    while True:
        yield str(number)
        number += 1


def typeset(document: Document, transcription: str, path: Path) -> None:
    """Write the PDF of one document, with its title, author, language and page labels."""
    canvas = Canvas(
        str(path),
        pagesize=paper_size(document),
        invariant=1,
        pageCompression=1,
        lang="fr",
        initialFontName=REGULAR,
    )
    canvas.setTitle(document.title)
    canvas.setAuthor(document.author)
    canvas.setCreator("corpus/typeset.py")
    if document.labels == "cover":
        canvas.addPageLabel(0, style="ROMAN_LOWER")
        canvas.addPageLabel(1, style="ARABIC", start=1)
    labels = page_labels(document)
    for page in transcription.split("\f"):
        for sheet in set_page(read_lines(page, document), document):
            draw_sheet(canvas, sheet, document=document, label=next(labels))
    canvas.save()


def register_fonts() -> None:
    """Make the fonts of corpus/fonts known, and draw private-use bullets as the bullets they stand for."""
    for name in (REGULAR, BOLD):
        font = TTFont(name, HERE / "fonts" / f"{name}.ttf")
        for private, bullet in PRIVATE_USE_BULLETS.items():
            font.face.charToGlyph[private] = font.face.charToGlyph[ord(bullet)]
            font.face.charWidths[private] = font.face.charWidths[ord(bullet)]
        pdfmetrics.registerFont(font)


def main() -> None:
    """Typeset every document of typesetting.yaml."""
    parser = argparse.ArgumentParser(description="Typeset corpus/transcriptions into PDFs.")
    parser.add_argument("--output", type=Path, default=HERE / "documents", help="folder of the PDFs")
    output: Path = parser.parse_args().output
    output.mkdir(parents=True, exist_ok=True)
    register_fonts()
    for document in read_documents(HERE / "typesetting.yaml"):
        transcription = (HERE / "transcriptions" / f"{document.id}.txt").read_text(encoding="utf-8")
        typeset(document, transcription, output / f"{document.id}.pdf")


if __name__ == "__main__":
    main()
