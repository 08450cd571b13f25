import pytest

from ui.catalogue_screen import grouped, matches
from ui.responses import KitDocument


def document(
    title: str, *, nature: str = "méthode", parcours: tuple[str, ...] = (), held: bool = False
) -> KitDocument:
    return KitDocument(title, title, (), (2016,), nature, "guide", parcours, held, 0, "", None)


@pytest.mark.parametrize(
    ("words", "found"), [("", True), ("REFERENTIEL", True), ("territoire référ", True), ("guide", False)]
)
def test_a_title_matches_all_words_whatever_case_and_accents(words: str, found: bool) -> None:
    assert matches("Référentiel sur la co-construction en territoire", words) is found


def test_a_document_stands_below_each_of_its_parcours_and_those_without_come_last() -> None:
    documents = [document("B"), document("C"), document("A", parcours=("animer", "comprendre"))]

    groups = grouped(documents, by_parcours=True)

    assert {name: [d.title for d in group] for name, group in groups.items()} == {
        "animer": ["A"],
        "comprendre": ["A"],
        "hors parcours": ["B", "C"],
    }
    assert list(groups)[-1] == "hors parcours"


def test_documents_of_the_base_come_first_then_titles_without_their_accents() -> None:
    documents = [document("Zone", held=True), document("Étude"), document("Film")]

    (group,) = grouped(documents, by_parcours=False).values()

    assert [d.title for d in group] == ["Zone", "Étude", "Film"]
