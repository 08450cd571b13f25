"""The PDFs of corpus/documents read back as their transcriptions, and are rebuilt byte for byte."""

import os
import re
import subprocess
import sys
import zlib
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
import yaml
from pypdf import PageObject, PdfReader
from reportlab.pdfbase.ttfonts import TTFontFile

CORPUS = Path(__file__).parents[2] / "corpus"
TYPESETTING = (CORPUS / "typesetting.yaml").read_text(encoding="utf-8")
DESCRIBED: dict[str, dict[str, Any]] = yaml.safe_load(TYPESETTING)
IDS = sorted(DESCRIBED)
ETUDE = "etude-etat-des-lieux-co-construction-2016"
KIT = "kit-presentation-mode-d-emploi"
SHEETS_OF_THE_KIT = [1, 1, 1, 1, 1, 4, 2, 2]  # its pages 6 to 8 are too long for one sheet


def fold(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def transcribed_pages(document: str) -> list[str]:
    transcription = (CORPUS / "transcriptions" / f"{document}.txt").read_text(encoding="utf-8")
    return [fold(page) for page in transcription.split("\f")]


def read(document: str) -> PdfReader:
    return PdfReader(CORPUS / "documents" / f"{document}.pdf")


def text_above_the_foot(reader: PdfReader, document: str) -> list[str]:
    """The folded text of each sheet without its running foot, which must be there."""
    texts = []
    for page, label in zip(reader.pages, reader.page_labels, strict=True):
        text, foot = fold(page.extract_text()), f"{DESCRIBED[document]['short_title']} {label}"
        assert text.endswith(foot)
        texts.append(text.removesuffix(foot).strip())
    return texts


def build(folder: Path, *, hash_seed: str) -> dict[str, str]:
    """The sha256 of each PDF of a build in a process of its own."""
    command = [sys.executable, str(CORPUS / "typeset.py"), "--output", str(folder)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": hash_seed})
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in sorted(folder.glob("*.pdf"))}


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return build(tmp_path_factory.mktemp("rebuilt"), hash_seed="1")


def test_each_transcription_has_its_pdf() -> None:
    assert sorted(path.stem for path in (CORPUS / "transcriptions").glob("*.txt")) == IDS
    assert sorted(path.stem for path in (CORPUS / "documents").glob("*.pdf")) == IDS


@pytest.mark.parametrize("document", IDS)
def test_each_transcription_page_reads_back_exactly_and_in_order(document: str) -> None:
    wanted = transcribed_pages(document)
    sheets = SHEETS_OF_THE_KIT if document == KIT else [1] * len(wanted)
    found = iter(text_above_the_foot(read(document), document))

    for page, count in zip(wanted, sheets, strict=True):
        assert fold(" ".join(next(found) for _ in range(count))) == page
    assert next(found, None) is None


@pytest.mark.parametrize("character", ["❑", "▪", "œ", "€", "’", "«", "…", "®", "™", "ﬁ", "\uf0b7", "\uf0a7"])
def test_rare_characters_are_given_back_by_the_pdf(character: str) -> None:
    assert any(character in page.extract_text() for document in IDS for page in read(document).pages)


@pytest.mark.parametrize("document", IDS)
def test_every_font_is_embedded(document: str) -> None:
    for page in read(document).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            assert "/FontFile2" in font["/FontDescriptor"]


@pytest.mark.parametrize("font", sorted((CORPUS / "fonts").glob("*.ttf")), ids=lambda path: path.stem)
def test_the_fonts_can_draw_every_character_but_the_private_bullets(font: Path) -> None:
    drawn = set("".join(page for document in IDS for page in transcribed_pages(document)))

    missing = drawn - {chr(code) for code in TTFontFile(str(font)).charToGlyph}

    assert missing == {"\uf0b7", "\uf0a7"}


@pytest.mark.parametrize("document", IDS)
def test_title_author_and_language_are_in_the_pdf(document: str) -> None:
    reader = read(document)

    assert reader.metadata is not None
    assert reader.metadata.title == DESCRIBED[document]["title"]
    assert reader.metadata.author == DESCRIBED[document]["author"]
    assert reader.trailer["/Root"]["/Lang"] == "fr"  # type: ignore[index]


def test_the_etude_has_a_cover_so_its_labels_lag_behind_the_viewer() -> None:
    assert read(ETUDE).page_labels == ["i", *map(str, range(1, 32))]
    assert all(read(document).page_labels[0] == "1" for document in IDS if document != ETUDE)


def printed_lines(page: PageObject) -> list[tuple[str, float, bool]]:
    """Text, size in points and boldness of each line of a sheet; only headings are bold."""
    lines: list[tuple[str, float, bool]] = []

    def note(text: str, _matrix: Any, _text_matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            lines.append((fold(text), size, "Bold" in font["/BaseFont"]))

    page.extract_text(visitor_text=note)
    return lines


@pytest.mark.parametrize("document", IDS)
def test_every_heading_is_printed_larger_than_the_text_of_its_page(document: str) -> None:
    described = [*DESCRIBED[document]["titles"], *DESCRIBED[document]["subtitles"]]
    wanted = {fold(heading.replace("|", " ")) for heading in described}
    found = set()
    for page in read(document).pages:
        lines = printed_lines(page)
        assert min((size for _, size, bold in lines if bold), default=99) > max(
            size for _, size, bold in lines if not bold
        )
        large = fold(" ".join(text for text, _, bold in lines if bold))
        found |= {heading for heading in wanted if heading in large}
    assert found == wanted


def test_two_builds_give_the_same_bytes(rebuilt: dict[str, str], tmp_path: Path) -> None:
    assert build(tmp_path, hash_seed="2") == rebuilt


@pytest.mark.skipif("zlib-ng" in zlib.ZLIB_RUNTIME_VERSION, reason="zlib-ng compresses to other bytes")
def test_the_committed_pdfs_are_what_the_typesetter_builds(rebuilt: dict[str, str]) -> None:
    committed = sorted((CORPUS / "documents").glob("*.pdf"))

    assert {path.name: sha256(path.read_bytes()).hexdigest() for path in committed} == rebuilt


def test_the_pdfs_are_small() -> None:
    assert sum(path.stat().st_size for path in (CORPUS / "documents").glob("*.pdf")) < 400_000
