"""Checking the catalogue against the pages of the base."""

from pathlib import Path

import pytest

from ingestion.catalogue import Catalogue, read_catalogue
from ingestion.catalogue_check import KIT, check_catalogue
from ingestion.document import Page

ENTRY = """documents:
- id: note
  title: "Une note"
  authors: [Le RAMEAU]
  year: 2015
  nature: méthode
  section: ""
  parcours: [animer]
  kind: note
  abstract: "Une note."
  topics: [animer]
  listed_on:
    - {page: 2, list: animer, quote: "Une  note (LR)"}
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "catalogue.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def catalogue_of(folder: Path, *changes: tuple[str, str]) -> Catalogue:
    text = ENTRY
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_catalogue(write(folder, text))


def kit_pages(*texts: str) -> list[Page]:
    return [Page(KIT, number, str(number), text) for number, text in enumerate(texts, start=1)]


def messages(catalogue: Catalogue, pages: list[Page]) -> list[str]:
    return [
        f"{finding.document_id} {finding.message}"
        for finding in check_catalogue(catalogue, pages)
        if finding.document_id != KIT
    ]


def test_a_quote_on_its_page_is_accepted_whatever_its_white_space(tmp_path: Path) -> None:
    assert messages(catalogue_of(tmp_path), kit_pages("rien", "• Une\nnote (LR)")) == []


def test_a_quote_on_another_page_is_reported_with_that_page(tmp_path: Path) -> None:
    found = messages(catalogue_of(tmp_path), kit_pages("Une note (LR)", "rien"))

    assert found == ["note page 2 du kit : citation « Une  note (LR) » absente ; elle se trouve page 1"]


def test_a_quote_on_no_page_is_reported(tmp_path: Path) -> None:
    assert "elle ne se trouve sur aucune page" in messages(catalogue_of(tmp_path), kit_pages("a", "b"))[0]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("nature: méthode", "nature: méthodes", "nature inconnue « méthodes »"),
        ("parcours: [animer]", "parcours: [anime]", "parcours inconnu « anime »"),
        ("list: animer", "list: sommaire", "liste inconnue « sommaire »"),
        ("parcours: [animer]", "parcours: [animer, comprendre]", "parcours et listes diffèrent : comprendre"),
        ("year: 2015", "year: 2051", "année invraisemblable : 2051"),
        ("year: 2015", "year: 2015\n  years: [2014, 2016]", "l'année 2015 n'est pas parmi celles des listes"),
        ('title: "Une note"', 'title: ""', "le champ « title » est vide"),
        ("topics: [animer]", "topics: []", "aucun sujet"),
        ("kind: note", "kind: note\n  file: documents/absent.pdf", "fichier absent : documents/absent.pdf"),
    ],
)
def test_what_an_entry_says_wrongly_is_reported(tmp_path: Path, old: str, new: str, message: str) -> None:
    found = messages(catalogue_of(tmp_path, (old, new)), kit_pages("", "Une note (LR)"))

    assert any(message in line for line in found), found


def test_a_repeated_id_and_a_repeated_title_are_reported(tmp_path: Path) -> None:
    second = ENTRY.removeprefix("documents:\n")
    same_title = second.replace("id: note", "id: autre")
    catalogue = read_catalogue(write(tmp_path, ENTRY + second + same_title))

    found = messages(catalogue, kit_pages("", "Une note (LR)"))

    assert "note l'identifiant est porté par 2 entrées" in found
    assert any(line.startswith("autre même titre que « note »") for line in found)


def test_an_entry_that_nothing_lists_and_no_file_holds_is_reported(tmp_path: Path) -> None:
    text = ENTRY.split("  listed_on:")[0]

    assert any(
        "ni dans la base, ni listé" in line for line in messages(read_catalogue(write(tmp_path, text)), [])
    )


def test_a_document_of_the_base_without_entry_is_worth_knowing(tmp_path: Path) -> None:
    pages = [*kit_pages("", "Une note (LR)"), Page("ajout", 1, "1", "texte")]

    assert "ajout dans la base, mais pas au catalogue" in messages(catalogue_of(tmp_path), pages)


def test_disagreeing_years_are_worth_knowing_and_no_error(tmp_path: Path) -> None:
    catalogue = catalogue_of(
        tmp_path, ("year: 2015", "year: 2015\n  years: [2013, 2015]\n  note: deux listes")
    )

    findings = [
        finding
        for finding in check_catalogue(catalogue, kit_pages("", "Une note (LR)"))
        if finding.document_id == "note"
    ]

    assert [(finding.severity, finding.message) for finding in findings] == [
        ("à savoir", "plusieurs années : 2013, 2015 (deux listes)")
    ]
