"""A page of a PDF as a PNG image, with a quote highlighted where it stands.

PDFium is not thread-safe: one lock guards every call, and all of PDFium is used in this file alone.
"""

import ctypes
import io
import unicodedata
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import pypdfium2  # type: ignore[import-untyped]
import pypdfium2.raw as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageChops

HIGHLIGHT = (255, 230, 80)  # RGB; multiplied with the page, so that text stays black
PADDING = 3  # pixels around each highlighted rectangle

Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


class PageOutOfRange(LookupError):
    """The file has no page of this number."""


class UnreadablePdf(ValueError):
    """The file is missing or PDFium cannot open it."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """`png` is the whole page; `quote_boxes` the highlighted rectangles (none: the quote is not there)."""

    png: bytes
    width: int
    height: int
    quote_boxes: tuple[Box, ...]


class PageImages:
    """Renders pages and keeps the latest images within a bound of bytes."""

    def __init__(self, *, width: int, cache_bytes: int) -> None:
        self._width = width
        self._cache_bytes = cache_bytes
        self._cached_bytes = 0
        self._cache: OrderedDict[tuple[str, int, str], PageImage] = OrderedDict()
        self._lock = Lock()

    def render(self, path: Path, number: int, *, quote: str = "", version: str = "") -> PageImage:
        """The page `number` (from 1) of a PDF; `version` (the file's hash) keeps an old image from serving.

        Raises:
            PageOutOfRange, UnreadablePdf.
        """
        key = (f"{path}\0{version}", number, quote)
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            image = _render(path, number, quote=quote, width=self._width)
            self._keep(key, image)
            return image

    def _keep(self, key: tuple[str, int, str], image: PageImage) -> None:
        self._cache[key] = image
        self._cached_bytes += len(image.png)
        while self._cached_bytes > self._cache_bytes and self._cache:
            _, dropped = self._cache.popitem(last=False)
            self._cached_bytes -= len(dropped.png)


def _render(path: Path, number: int, *, quote: str, width: int) -> PageImage:
    try:
        document = pypdfium2.PdfDocument(path)
    except (pypdfium2.PdfiumError, FileNotFoundError) as error:
        raise UnreadablePdf(str(path)) from error
    try:
        if not 1 <= number <= len(document):
            raise PageOutOfRange(number)
        page = document[number - 1]
        image = page.render(scale=width / page.get_width()).to_pil().convert("RGB")
        boxes = _quote_boxes(page, quote, size=image.size) if quote.strip() else ()
    finally:
        document.close()
    for box in boxes:
        _highlight(image, box)
    encoded = io.BytesIO()
    image.save(encoded, format="PNG", compress_level=1)
    return PageImage(encoded.getvalue(), image.width, image.height, boxes)


def _highlight(image: Image.Image, box: Box) -> None:
    region = image.crop(box)
    image.paste(ImageChops.multiply(region, Image.new("RGB", region.size, HIGHLIGHT)), box)


def _quote_boxes(page: pypdfium2.PdfPage, quote: str, *, size: tuple[int, int]) -> tuple[Box, ...]:
    text_page = page.get_textpage()
    characters = [
        chr(pdfium.FPDFText_GetUnicode(text_page, index)) for index in range(text_page.count_chars())
    ]
    span = find_quote(characters, quote)
    if span is None:
        return ()
    start, end = span
    count = text_page.count_rects(start, end - start)
    boxes = (_to_pixels(page, text_page.get_rect(index), size) for index in range(count))
    return tuple(box for box in boxes if box[0] < box[2] and box[1] < box[3])  # others are off the page


def _to_pixels(
    page: pypdfium2.PdfPage, rect: tuple[float, float, float, float], size: tuple[int, int]
) -> Box:
    """A rectangle in PDF points as one in pixels, whatever the page's rotation and crop box."""
    width, height = size
    corners = []
    for x, y in ((rect[0], rect[1]), (rect[2], rect[3])):
        pixel_x, pixel_y = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDF_PageToDevice(page, 0, 0, width, height, 0, x, y, pixel_x, pixel_y)
        corners.append((pixel_x.value, pixel_y.value))
    (x0, y0), (x1, y1) = corners
    return (
        max(min(x0, x1) - PADDING, 0),
        max(min(y0, y1) - PADDING, 0),
        min(max(x0, x1) + PADDING, width),
        min(max(y0, y1) + PADDING, height),
    )


def find_quote(characters: list[str], quote: str) -> tuple[int, int] | None:
    """Where a quote stands among a page's characters: [start, end), or None.

    White space, hyphens between letters, ligatures, kinds of apostrophe and invisible characters do not
    count; digits, punctuation and every other character do.
    """
    folded_page, positions = _fold(characters)
    folded_quote, _ = _fold(list(quote))
    if not folded_quote:
        return None
    start = folded_page.find(folded_quote)
    if start < 0:
        return None
    return positions[start], positions[start + len(folded_quote) - 1] + 1


_APOSTROPHES = str.maketrans("’‘ʼ´`", "'''''")
_HYPHENS = "-\u2010\u2011\u00ad\ufffe\x02"  # PDFium marks a hyphen at a line's end by U+FFFE or U+0002
_IGNORED_CATEGORIES = ("Cc", "Cf", "Co", "Cn", "Cs")  # control, format, private use (bullets), not characters


def _fold(characters: list[str]) -> tuple[str, list[int]]:
    """The characters that count, and the index that each one comes from."""
    kept: list[tuple[str, int]] = []
    for index, character in enumerate(characters):
        if character in _HYPHENS:
            kept.append(("-", index))
            continue
        for part in unicodedata.normalize("NFKD", character.translate(_APOSTROPHES)):
            if not part.isspace() and unicodedata.category(part) not in _IGNORED_CATEGORIES:
                kept.append((part.translate(_APOSTROPHES), index))
    solid = [pair for place, pair in enumerate(kept) if not _is_word_hyphen(kept, place)]
    return "".join(part for part, _ in solid), [index for _, index in solid]


def _is_word_hyphen(kept: list[tuple[str, int]], place: int) -> bool:
    """A hyphen inside a word: between two letters (accents are separate marks after NFKD)."""
    if kept[place][0] != "-" or not 0 < place < len(kept) - 1:
        return False
    before, after = kept[place - 1][0], kept[place + 1][0]
    return (before.isalpha() or unicodedata.combining(before) > 0) and after.isalpha()
