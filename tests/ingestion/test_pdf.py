"""PDF files as they come, hostile ones included."""

import random
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib import pdfencrypt
from reportlab.pdfgen.canvas import Canvas

from ingestion.errors import CorruptPdfError, DocumentError, EncryptedPdfError, NotAPdfError, NoTextError
from ingestion.pdf import read_pdf

TEXT = "Le dialogue territorial permet la mobilisation des acteurs."


def outcome(path: Path) -> str:
    """Read a file that may be damaged; anything but pages or a refusal of ours is raised."""
    try:
        pages = read_pdf(path).pages
    except DocumentError as error:
        return "refused" if str(error).startswith(f"{path.name} : ") else str(error)
    return "read" if pages else "nothing"


@pytest.fixture
def sound(typeset) -> Path:
    return typeset([[(60, 700, 10, TEXT), (60, 650, 16, "Un titre")], [(60, 700, 10, TEXT)]], title="Guide")


def test_a_page_text_is_what_the_library_extracts(sound: Path) -> None:
    file = read_pdf(sound)

    assert [page.text for page in file.pages] == [page.extract_text() for page in PdfReader(sound).pages]
    assert file.title == "Guide"


def test_a_line_knows_its_place_and_size(sound: Path) -> None:
    page = read_pdf(sound).pages[0]

    assert [(page.text[line.start : line.end].strip(), line.y, line.size) for line in page.lines] == [
        (TEXT, 700, 10),
        ("Un titre", 650, 16),
    ]
    assert not page.is_slide


def test_printed_labels_are_kept_beside_the_numbers(sound: Path, tmp_path: Path) -> None:
    writer = PdfWriter(clone_from=sound)
    writer.set_page_label(0, 0, style="/r")
    writer.set_page_label(1, 1, style="/D", start=1)
    labelled = tmp_path / "labels.pdf"
    writer.write(labelled)

    assert [(page.number, page.label) for page in read_pdf(labelled).pages] == [(1, "i"), (2, "1")]


def test_text_with_a_pdf_name_is_not_a_pdf(tmp_path: Path) -> None:
    path = tmp_path / "lettre.pdf"
    path.write_text("Monsieur le maire,")

    with pytest.raises(NotAPdfError, match=r"lettre\.pdf : ce n’est pas un PDF\. Enregistrez le document au"):
        read_pdf(path)


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    path = tmp_path / "vide.pdf"
    path.touch()

    with pytest.raises(NotAPdfError, match=r"vide\.pdf : le fichier est vide\."):
        read_pdf(path)


def test_random_bytes_behind_a_header_are_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "bruit.pdf"
    path.write_bytes(b"%PDF-1.7\n" + random.Random(7).randbytes(20_000))

    with pytest.raises(
        CorruptPdfError, match=r"bruit\.pdf : fichier PDF endommagé ou incomplet\. Téléchargez"
    ):
        read_pdf(path)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.6, 0.9])
def test_a_truncated_file_is_read_or_refused(sound: Path, tmp_path: Path, share: float) -> None:
    content = sound.read_bytes()
    path = tmp_path / "coupe.pdf"
    path.write_bytes(content[: int(len(content) * share)])

    assert outcome(path) in ("read", "refused")


@pytest.mark.parametrize("seed", range(30))
def test_changed_bytes_never_raise_anything_else(sound: Path, tmp_path: Path, seed: int) -> None:
    content = bytearray(sound.read_bytes())
    generator = random.Random(seed)
    for _ in range(25):
        content[generator.randrange(8, len(content))] = generator.randrange(256)
    path = tmp_path / "abime.pdf"
    path.write_bytes(content)

    assert outcome(path) in ("read", "refused")


def test_a_password_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "secret.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("mot de passe", strength=40))
    canvas.drawString(60, 700, TEXT)
    canvas.save()

    with pytest.raises(EncryptedPdfError) as caught:
        read_pdf(path)

    assert str(caught.value) == (
        "secret.pdf : protégé par un mot de passe. Enregistrez une copie sans mot de passe."
    )


def test_a_file_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lecture.pdf"
    canvas = Canvas(str(path), encrypt=pdfencrypt.StandardEncryption("", ownerPassword="x", strength=40))
    canvas.drawString(60, 700, TEXT)
    canvas.save()

    assert TEXT in read_pdf(path).pages[0].text


def test_a_scan_without_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path))
    canvas.rect(60, 60, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()

    with pytest.raises(NoTextError, match=r"scan\.pdf : aucun texte lisible .*\(OCR\)"):
        read_pdf(path)
