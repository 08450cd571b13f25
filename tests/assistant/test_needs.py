"""The needs beside the catalogue: what people come with, and which documents answer it."""

from pathlib import Path

import pytest

from assistant.needs import Need, read_needs
from ingestion.catalogue import CatalogueError, read_catalogue

CORPUS = Path(__file__).parents[2] / "corpus"


def written(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "needs.yaml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_need_has_graded_documents_and_ways_of_saying_it(tmp_path: Path) -> None:
    path = written(tmp_path, "needs:\n- need: se former\n  read: {cours: 3}\n  phrases: [apprendre]\n")

    assert read_needs(path) == (Need("se former", {"cours": 3}, ("apprendre",)),)


def test_a_catalogue_may_stand_without_needs(tmp_path: Path) -> None:
    assert read_needs(tmp_path / "needs.yaml") == ()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[", "YAML illisible"),
        ("besoins: []", "« needs: »"),
        ("needs: [{}]", "pas de nom"),
        ("needs: [{need: évaluer, read: {guide: 4}, phrases: [prouver]}]", "« évaluer » : « read: »"),
        ("needs: [{need: évaluer, read: {guide: 3}, phrases: []}]", "« évaluer » : « phrases: »"),
    ],
)
def test_what_is_wrong_in_the_file_is_said_with_the_needs_name(
    tmp_path: Path, content: str, said: str
) -> None:
    with pytest.raises(CatalogueError, match=said):
        read_needs(written(tmp_path, content))


def test_every_document_of_the_kit_is_the_best_answer_to_some_need() -> None:
    needs = read_needs(CORPUS / "needs.yaml")
    best = {document for need in needs for document, grade in need.grades.items() if grade == 3}

    assert best == {entry.id for entry in read_catalogue(CORPUS / "catalogue.yaml")}
