"""Page images: the right size, the quote in colour where it stands, bounded memory."""

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from assistant.page_images import (
    HIGHLIGHT,
    PageImages,
    PageOutOfRange,
    UnreadablePdf,
    find_quote,
)

LINES = ("Le programme est piloté par un", "Comité de 3 partenaires.", "La co-", "construction avance.")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "programme.pdf"
    drawing = canvas.Canvas(str(path), pagesize=A4)
    for number, line in enumerate(LINES):
        drawing.drawString(72, 700 - 20 * number, line)
    drawing.showPage()
    drawing.setPageRotation(90)  # reportlab makes the sheet 842 wide, 595 high; a reader shows it upright
    drawing.drawString(72, 300, "Une page couchée.")
    drawing.drawString(72, 700, "Hors de la feuille.")
    drawing.showPage()
    drawing.save()
    return path


@pytest.fixture
def images() -> PageImages:
    return PageImages(width=800, cache_bytes=10_000_000)


def colours(png: bytes, box: tuple[int, int, int, int]) -> set[tuple[int, int, int]]:
    with Image.open(io.BytesIO(png)) as image:
        region = image.convert("RGB").crop(box)
        return {colour for _, colour in region.getcolors(maxcolors=1_000_000) or ()}


def test_the_image_is_a_png_of_the_asked_width_and_the_page_s_shape(pdf: Path, images: PageImages) -> None:
    image = images.render(pdf, 1)
    assert image.png.startswith(b"\x89PNG")
    assert image.width == 800
    assert image.height == pytest.approx(800 * A4[1] / A4[0], abs=2)
    assert HIGHLIGHT not in colours(image.png, (0, 0, image.width, image.height))


def test_a_quote_is_coloured_where_it_stands_and_nowhere_else(pdf: Path, images: PageImages) -> None:
    image = images.render(pdf, 1, quote="Comité de 3 partenaires.")
    (box,) = image.quote_boxes
    line_top, line_bottom = (A4[1] - 690) * 800 / A4[0], (A4[1] - 676) * 800 / A4[0]
    assert line_top - 6 <= box[1] < box[3] <= line_bottom + 6
    assert HIGHLIGHT in colours(image.png, box)
    assert HIGHLIGHT not in colours(image.png, (0, box[3] + 1, image.width, image.height))
    assert HIGHLIGHT not in colours(image.png, (0, 0, image.width, box[1] - 1))


def test_a_quote_over_two_lines_has_two_rectangles(pdf: Path, images: PageImages) -> None:
    image = images.render(pdf, 1, quote="piloté par un Comité de 3")
    assert len(image.quote_boxes) == 2


def test_a_word_cut_at_the_line_s_end_is_found(pdf: Path, images: PageImages) -> None:
    assert images.render(pdf, 1, quote="La co-construction avance.").quote_boxes
    assert images.render(pdf, 1, quote="La coconstruction avance.").quote_boxes


def test_a_quote_is_found_on_a_rotated_page(pdf: Path, images: PageImages) -> None:
    image = images.render(pdf, 2, quote="Une page couchée.")
    (box,) = image.quote_boxes
    assert image.width < image.height
    assert box[3] - box[1] > box[2] - box[0]  # the line runs down the image
    assert HIGHLIGHT in colours(image.png, box)


def test_a_quote_that_is_not_there_leaves_the_page_as_it_is(pdf: Path, images: PageImages) -> None:
    image = images.render(pdf, 1, quote="Comité de 4 partenaires.")
    assert image.quote_boxes == ()
    assert image.png == images.render(pdf, 1).png


def test_a_quote_outside_the_sheet_cannot_be_shown(pdf: Path, images: PageImages) -> None:
    assert images.render(pdf, 2, quote="Hors de la feuille.").quote_boxes == ()


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_does_not_exist_is_said(pdf: Path, images: PageImages, number: int) -> None:
    with pytest.raises(PageOutOfRange):
        images.render(pdf, number)


def test_a_file_that_is_no_pdf_or_is_gone_is_said(tmp_path: Path, images: PageImages) -> None:
    (tmp_path / "texte.pdf").write_text("bonjour", encoding="utf-8")
    for name in ("texte.pdf", "absent.pdf"):
        with pytest.raises(UnreadablePdf):
            images.render(tmp_path / name, 1)


def test_an_image_is_made_once_and_again_when_the_file_s_version_changes(
    pdf: Path, images: PageImages
) -> None:
    first = images.render(pdf, 1, version="a")
    assert images.render(pdf, 1, version="a") is first
    assert images.render(pdf, 1, version="b") is not first


def test_the_oldest_images_leave_when_memory_is_full(pdf: Path) -> None:
    size = len(PageImages(width=400, cache_bytes=0).render(pdf, 1).png)
    images = PageImages(width=400, cache_bytes=int(size * 2.5))
    first = images.render(pdf, 1, version="1")
    second = images.render(pdf, 1, version="2")
    images.render(pdf, 1, version="3")
    assert images.render(pdf, 1, version="2") is second
    assert images.render(pdf, 1, version="1") is not first


def test_eight_readers_at_once_get_the_same_images_as_one(pdf: Path) -> None:
    alone = [PageImages(width=400, cache_bytes=0).render(pdf, 1 + n % 2, quote="page").png for n in range(2)]
    shared = PageImages(width=400, cache_bytes=0)
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda n: shared.render(pdf, 1 + n % 2, quote="page").png, range(16)))
    assert together == [alone[n % 2] for n in range(16)]


@pytest.mark.parametrize(
    ("page", "quote", "found"),
    [
        ("Les\nmaires  s’engagent", "maires s'engagent", "maires  s’engagent"),
        ("l’eﬃcacité", "efficacité", "eﬃcacité"),
        ("co\ufffe\nconstruction", "co-construction", "co\ufffe\nconstruction"),
        ("• des actions", "des actions", "des actions"),
        ("en 2015-2017.", "2015-2017", "2015-2017"),
        ("été".replace("é", "e\u0301"), "été", "e\u0301te\u0301"),
    ],
)
def test_the_page_s_typography_does_not_hide_a_quote(page: str, quote: str, found: str) -> None:
    span = find_quote(list(page), quote)
    assert span is not None
    assert page[span[0] : span[1]] == found.rstrip("\u0301") or page[span[0] : span[1]] == found


@pytest.mark.parametrize(
    ("page", "quote"),
    [
        ("en 2015-2017", "20152017"),
        ("46 %", "45 %"),
        ("il ne finance pas", "il finance"),
        ("élevé", "élève"),
        ("les maires", "Les maires"),
        ("texte", "  \n"),
    ],
)
def test_another_text_is_not_taken_for_the_quote(page: str, quote: str) -> None:
    assert find_quote(list(page), quote) is None
