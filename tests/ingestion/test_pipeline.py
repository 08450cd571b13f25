"""Batches: files, folders, failures, ids; and the five documents of the base."""

from pathlib import Path

import pytest

from ingestion.document import Corpus
from ingestion.errors import EmptyFolderError, PathNotFoundError
from ingestion.pipeline import DocumentMetadata, fingerprint, ingest
from ingestion.quotes import stands_on_page

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
LINES = [(60.0, 700.0, 10.0, "Les maires animent le dialogue entre les organisations du territoire.")]


@pytest.fixture(scope="module")
def base() -> Corpus:
    return ingest([DOCUMENTS])


def test_one_file_failing_leaves_the_others_alone(typeset, tmp_path: Path) -> None:
    typeset([LINES], "a.pdf")
    (tmp_path / "b.pdf").write_text("pas un PDF")
    typeset([LINES], "c.pdf")

    corpus = ingest([tmp_path])

    assert [document.id for document in corpus.documents] == ["a", "c"]
    assert [(failure.path.name, failure.message[:27]) for failure in corpus.failures] == [
        ("b.pdf", "b.pdf : ce n’est pas un PDF")
    ]


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PathNotFoundError, match="ce chemin n’existe pas"):
        ingest([tmp_path / "rien"])


def test_a_folder_without_pdf_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(EmptyFolderError, match="ce dossier ne contient aucun PDF"):
        ingest([tmp_path])


def test_a_file_that_is_no_pdf_is_listed(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("bonjour")

    (failure,) = ingest([tmp_path / "notes.txt"]).failures

    assert "ce n’est pas un PDF" in failure.message


def test_an_unknown_document_is_named_after_its_file(typeset) -> None:
    (document,) = ingest([typeset([LINES], "Étude n° 2 – Cœur de ville.PDF")]).documents

    assert (document.id, document.title) == ("etude-n-2-coeur-de-ville", "Étude n° 2 – Cœur de ville")


def test_the_catalogue_wins_over_the_file(typeset) -> None:
    path = typeset([LINES], title="Autre", author="Jean Untel")
    known = DocumentMetadata("guide", "Le guide", ("Le RAMEAU",), 2016)

    (document,) = ingest([path], metadata={path.name: known}).documents

    assert (document.id, document.title, document.authors, document.year) == (
        "guide",
        "Le guide",
        ("Le RAMEAU",),
        2016,
    )


def test_the_same_name_twice_gives_two_ids_always_in_the_same_order(typeset, tmp_path: Path) -> None:
    (tmp_path / "un").mkdir()
    (tmp_path / "deux").mkdir()
    paths = [typeset([LINES], "un/guide.pdf"), typeset([LINES], "deux/guide.pdf")]

    one, other = ingest(paths), ingest(paths[::-1])

    assert [(d.id, d.path.parent.name) for d in one.documents] == [("guide", "deux"), ("guide-2", "un")]
    assert one == other


def test_a_file_given_twice_is_read_once(typeset, tmp_path: Path) -> None:
    path = typeset([LINES])

    assert len(ingest([path, tmp_path]).documents) == 1


def test_progress_is_told_of_each_file(typeset, tmp_path: Path) -> None:
    typeset([LINES], "a.pdf")
    typeset([LINES], "b.pdf")
    told: list[tuple[str, int, int]] = []

    ingest([tmp_path], progress=lambda path, position, count: told.append((path.name, position, count)))

    assert told == [("a.pdf", 1, 2), ("b.pdf", 2, 2)]


def test_the_fingerprint_changes_with_content_and_name_only(typeset, tmp_path: Path) -> None:
    path = typeset([LINES])
    before = fingerprint([tmp_path])
    path.touch()

    assert fingerprint([tmp_path]) == before
    path.rename(tmp_path / "autre.pdf")
    renamed = fingerprint([tmp_path])
    assert renamed != before
    typeset([LINES * 2], "autre.pdf")
    assert fingerprint([tmp_path]) != renamed


def test_every_quote_of_the_base_stands_on_its_page(base: Corpus) -> None:
    texts = {(page.document_id, page.number): page.text for page in base.pages}
    sentences = [(passage, one) for passage in base.passages for one in passage.sentences]

    assert not base.failures
    assert len(sentences) > 500
    assert [
        one.quote
        for passage, one in sentences
        if not stands_on_page(one.quote, texts[passage.document_id, one.page])
    ] == []


def test_a_repair_never_changes_a_digit(base: Corpus) -> None:
    for passage in base.passages:
        for one in passage.sentences:
            assert [c for c in one.text if c.isdigit()] == [c for c in one.quote if c.isdigit()]


def test_no_running_foot_is_left_in_a_passage(base: Corpus) -> None:
    feet = {"Le RAMEAU – La co-construction territoriale", "Rencontres du RNMA 2018 – Parcours d’expérience"}

    assert not {one.text for passage in base.passages for one in passage.sentences} & feet


def test_a_passage_of_the_base_is_neither_a_label_nor_a_chapter(base: Corpus) -> None:
    lengths = sorted(len(passage.text.split()) for passage in base.passages)

    assert lengths[-1] <= 240
    assert sum(60 <= length <= 180 for length in lengths) >= 0.7 * len(lengths)
    assert len({passage.id for passage in base.passages}) == len(base.passages)


@pytest.mark.parametrize(
    ("introduction", "items"),
    [
        ("Compétences clés :", 4),
        ("Le parcours d’expérience « co-construction territoriale » abordera différentes thématiques :", 8),
        ("Expérience collective entre catalyseurs territoriaux, alliant :", 3),
    ],
)
def test_a_list_of_the_base_stands_whole_below_its_introduction(
    base: Corpus, introduction: str, items: int
) -> None:
    (passage,) = (p for p in base.passages if introduction in {one.text for one in p.sentences})
    roles = [one.role.value for one in passage.sentences]
    start = [one.text for one in passage.sentences].index(introduction)

    assert roles[start : start + items + 1] == ["intro", *["item"] * items]
