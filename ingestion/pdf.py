"""A PDF file → its pages: text exactly as extracted, and its lines with their place and font size.

The only importer of pypdf; its exceptions are translated here.
"""

import hashlib
import logging
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from ingestion.errors import CorruptPdfError, EncryptedPdfError, NotAPdfError, NoTextError

HEADER_WINDOW = 1024  # a PDF's header stands in its first kilobyte (ISO 32000, appendix H)
MIN_LETTERS = 20  # fewer letters in a whole document: a scan with a stamp
MAX_UNDECODED = 0.3  # share of replacement and control characters above which the text is unreadable

# What pypdf raises on damaged files: « broken PDF files might cause other Exceptions », its errors.py says.
_DAMAGE = (
    PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError,
    AssertionError, NotImplementedError, RecursionError, EOFError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page: `page_text[start:end]`, without its line feed.

    `x`, `y` are the PDF's points from the lower left corner; `size` is the dominant font size in points.
    """

    start: int
    end: int
    x: float
    y: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page as the PDF gives it."""

    number: int
    label: str
    width: float
    height: float
    text: str
    lines: tuple[Line, ...]

    @property
    def is_slide(self) -> bool:
        """Tell whether the page is wider than high, as slides are."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class PdfFile:
    """All that is read from one PDF file."""

    path: Path
    sha256: str
    title: str
    author: str
    pages: tuple[PdfPage, ...]


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of text of one font, as pypdf's visitor reports it."""

    text: str
    x: float
    y: float
    size: float
    bold: bool


def read_pdf(path: Path) -> PdfFile:
    """Return the pages of a PDF file.

    Raises: NotAPdfError, CorruptPdfError, EncryptedPdfError, NoTextError.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its remarks on odd files are not for users
    content = path.read_bytes()
    if b"%PDF-" not in content[:HEADER_WINDOW]:
        raise NotAPdfError(path)
    reader = _open(path)
    try:
        labels = _page_labels(reader)
        title, author = _metadata(reader)
        pages = tuple(_pages(reader, labels, path))
    except (FileNotDecryptedError, DependencyError) as error:
        raise EncryptedPdfError(path) from error
    except _DAMAGE as error:
        raise CorruptPdfError(path) from error
    finally:
        reader.close()
    if not pages:
        raise CorruptPdfError(path)
    if not _readable("".join(page.text for page in pages)):
        raise NoTextError(path)
    return PdfFile(path, hashlib.sha256(content).hexdigest(), title, author, pages)


def _open(path: Path) -> PdfReader:
    try:
        reader = PdfReader(path)
        # An empty user password is common: the file opens in any reader and only restricts editing.
        if reader.is_encrypted and not reader.decrypt(""):
            raise EncryptedPdfError(path)
    except (FileNotDecryptedError, DependencyError) as error:
        raise EncryptedPdfError(path) from error
    except _DAMAGE as error:
        raise CorruptPdfError(path) from error
    return reader


def _page_labels(reader: PdfReader) -> list[str]:
    """Return the printed label of each page; damaged labels fall back to the numbers."""
    try:
        return list(reader.page_labels)
    except _DAMAGE:
        return [str(number) for number in range(1, len(reader.pages) + 1)]


def _metadata(reader: PdfReader) -> tuple[str, str]:
    """Return the title and author that the file gives itself; damaged metadata count as absent."""
    try:
        metadata = reader.metadata
        return (
            (str(metadata.title or "").strip(), str(metadata.author or "").strip()) if metadata else ("", "")
        )
    except _DAMAGE:
        return "", ""


def _pages(reader: PdfReader, labels: list[str], path: Path) -> Iterator[PdfPage]:
    for number, (page, label) in enumerate(zip(reader.pages, labels, strict=True), start=1):
        try:
            runs = _runs(page)
            width, height = _shown_size(page)
        except (FileNotDecryptedError, DependencyError):
            raise
        except _DAMAGE as error:
            raise CorruptPdfError(path, number) from error
        text = "".join(run.text for run in runs)
        yield PdfPage(number, label, width, height, text, tuple(_lines(runs)))


def _shown_size(page: PageObject) -> tuple[float, float]:
    width, height = float(page.mediabox.width), float(page.mediabox.height)
    return (height, width) if page.rotation % 180 else (width, height)


def _runs(page: PageObject) -> list[_Run]:
    runs: list[_Run] = []

    def visit(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if not text:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = math.hypot(tm[2] * cm[0] + tm[3] * cm[2], tm[2] * cm[1] + tm[3] * cm[3])
        runs.append(_Run(_without_surrogates(text), x, y, abs(size) * scale, _is_bold(font)))

    page.extract_text(visitor_text=visit)
    return runs


def _without_surrogates(text: str) -> str:
    """Replace lone surrogates, which no file or JSON can hold, by U+FFFD."""
    return text.encode("utf-8", "replace").decode() if not text.isascii() and _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in text)


def _is_bold(font: Any) -> bool:
    name = str(font.get("/BaseFont", "")) if font else ""
    return any(weight in name.lower() for weight in ("bold", "black", "heavy", "-bd", "demi"))


def _lines(runs: list[_Run]) -> Iterator[Line]:
    """Cut the page's text at its line feeds; each line has its first run's place and most frequent size."""
    start = offset = 0
    pieces: list[tuple[_Run, int]] = []
    for run in runs:
        for position, part in enumerate(run.text.split("\n")):
            if position:
                yield from _line(start, offset, pieces)
                offset += 1
                start, pieces = offset, []
            pieces.append((run, len(part.strip())))
            offset += len(part)
    yield from _line(start, offset, pieces)


def _line(start: int, end: int, pieces: list[tuple[_Run, int]]) -> Iterator[Line]:
    inked = [(run, letters) for run, letters in pieces if letters]
    if not inked:
        return
    sizes: Counter[float] = Counter()
    for run, letters in inked:
        sizes[round(run.size, 1)] += letters
    bold = sum(letters for run, letters in inked if run.bold) > sum(letters for _, letters in inked) * 0.8
    first = inked[0][0]
    yield Line(start, end, first.x, first.y, sizes.most_common(1)[0][0], bold)


def _readable(text: str) -> bool:
    ink = [character for character in text if not character.isspace()]
    letters = sum(character.isalpha() for character in ink)
    undecoded = sum(character == "\ufffd" or character < " " for character in ink)
    return letters >= MIN_LETTERS and undecoded <= MAX_UNDECODED * len(ink)
