"""Reading the catalogue."""

from pathlib import Path

import pytest

from ingestion.catalogue import NATURES, PARCOURS, Catalogue, CatalogueError, read_catalogue

CORPUS = Path(__file__).parents[2] / "corpus"

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


def test_the_committed_catalogue_holds_the_base_and_every_listed_document_once() -> None:
    catalogue = read_catalogue(CORPUS / "catalogue.yaml")

    assert len({entry.id for entry in catalogue}) == len(catalogue) == 43
    assert sorted(entry.id for entry in catalogue if entry.in_corpus) == [
        "co-construction-territoriale-presentation",
        "etude-etat-des-lieux-co-construction-2016",
        "kit-presentation-mode-d-emploi",
        "parcours-experience-programme",
        "rencontres-rnma-2018-parcours-experience",
    ]
    assert {entry.nature for entry in catalogue} == set(NATURES)
    assert {parcours for entry in catalogue for parcours in entry.parcours} == set(PARCOURS)


def test_every_line_of_the_kits_lists_is_quoted_by_an_entry() -> None:
    catalogue = read_catalogue(CORPUS / "catalogue.yaml")
    by_list = {
        name: sum(listing.list == name for entry in catalogue for listing in entry.listed_on)
        for name in ("contenu", "comprendre", "animer", "accompagner")
    }

    # counted by hand on the four lists; one line of « comprendre » is unreadable and quoted by nobody
    assert by_list == {"contenu": 38, "comprendre": 14, "animer": 19, "accompagner": 17}


def test_a_document_listed_with_two_years_keeps_both() -> None:
    entry = read_catalogue(CORPUS / "catalogue.yaml").find("etat-des-lieux-partenariats-france")

    assert entry is not None
    assert entry.all_years == (2014, 2016)
    assert entry.note is not None
    assert "2014" in entry.note


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  year: 2015\n", "", "catalogue.yaml, ligne 2 : le champ « year » manque."),
        ("year: 2015", "year: bientôt", "catalogue.yaml, ligne 5 : « year » doit être un nombre entier."),
        (
            "authors: [Le RAMEAU]",
            "authors: Le RAMEAU",
            "catalogue.yaml, ligne 4 : « authors » doit être une liste.",
        ),
        ("kind: note", "kind: [note]", "catalogue.yaml, ligne 9 : « kind » doit être un texte."),
        ("kind: note", "genre: note", "catalogue.yaml, ligne 9 : champ inconnu « genre »"),
        (
            "kind: note",
            "kind: note\n  kind: étude",
            "catalogue.yaml, ligne 10 : le champ « kind » est écrit deux fois.",
        ),
        ("list: animer, ", "", "catalogue.yaml, ligne 13 : le champ « list » manque."),
        ("topics: [animer]", "topics: [animer", "YAML illisible"),
        ("documents:", "document:", "champ inconnu « document »"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line_and_field(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    with pytest.raises(CatalogueError) as refusal:
        catalogue_of(tmp_path, (old, new))

    assert message in str(refusal.value)


def test_an_absent_or_empty_catalogue_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="introuvable"):
        read_catalogue(tmp_path / "catalogue.yaml")
    with pytest.raises(CatalogueError, match="à la racine"):
        read_catalogue(write(tmp_path, ""))
