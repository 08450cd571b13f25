"""What is read from small pages: sentences, roles, trails."""

from pathlib import Path

import pytest

from ingestion.document import Role
from ingestion.pdf import read_pdf
from ingestion.quotes import stands_on_page
from ingestion.reading import read_sentences

BODY = [
    "Le dialogue territorial est une dynamique d’animation collective des acteurs du",
    "territoire, qui partagent leurs connaissances et leurs projets.",
]


def read(path: Path) -> list[tuple[str, str]]:
    return [
        (located.sentence.role.value, located.sentence.text)
        for located in read_sentences(read_pdf(path).pages)
    ]


def test_a_wrapped_line_goes_on_with_its_sentence(typeset, paragraph) -> None:
    assert read(typeset([paragraph(*BODY)])) == [("text", " ".join(BODY))]


def test_a_sentence_set_with_blank_lines_is_one(typeset, paragraph) -> None:
    assert read(typeset([paragraph(*BODY, leading=24)])) == [("text", " ".join(BODY))]


def test_labels_of_a_diagram_are_not_glued(typeset, paragraph) -> None:
    labels = ["Chaîne de", "valeur", "Dispositif", "Modèle économique"]

    assert [text for _, text in read(typeset([paragraph(*BODY) + paragraph(*labels, top=500, leading=22)]))][
        1:
    ] == [
        "Chaîne de valeur",
        "Dispositif",
        "Modèle économique",
    ]


def test_a_list_has_its_introduction_and_whole_items_without_bullets(typeset, paragraph) -> None:
    rows = paragraph(
        *BODY,
        "Il répond à deux objectifs :",
        "• Comprendre les enjeux, identifier les solutions existantes pour initier une",
        "démarche,",
        "- Innover.",
        "Et rien d’autre.",
    )

    assert read(typeset([rows]))[1:] == [
        ("intro", "Il répond à deux objectifs :"),
        ("item", "Comprendre les enjeux, identifier les solutions existantes pour initier une démarche,"),
        ("item", "Innover."),
        ("text", "Et rien d’autre."),
    ]


@pytest.mark.parametrize("bullet", ["•", "-", "–", "o", "e", "\u00a2"])
def test_a_bullet_is_no_part_of_its_item(typeset, paragraph, bullet: str) -> None:
    rows = paragraph(*BODY, f"{bullet} Les associations", f"{bullet} Les entreprises")

    assert read(typeset([rows]))[-2:] == [("item", "Les associations"), ("item", "Les entreprises")]


def test_an_enumeration_keeps_its_numbers(typeset, paragraph) -> None:
    items = ["1- Phase de validation", "a. Constitution du comité", "2- Phase de test"]
    rows = paragraph(*BODY, "Trois temps :", *items)

    assert read(typeset([rows]))[-4:] == [
        ("intro", "Trois temps :"),
        *(("item", item) for item in items),
    ]


def test_figures_below_a_heading_are_items(typeset, paragraph) -> None:
    figures = ["Association créée en 2006", "12 ans de recherche", "500 organisations", "1,5 M€ de budget"]
    rows = [(60, 760, 18, "En chiffres"), *paragraph(*figures, leading=22), *paragraph(*BODY * 3, top=400)]

    assert read(typeset([rows]))[:5] == [
        ("heading", "En chiffres"),
        *(("item", figure) for figure in figures),
    ]


def test_each_item_that_introduces_a_lower_list_is_an_introduction(typeset, paragraph) -> None:
    lists = ["• Enseignements :", "- Expérimenter", "- Échanger", "• Objectifs :", "- Concevoir", "- Évaluer"]

    roles = [role for role, _ in read(typeset([paragraph(*BODY, *lists)]))]

    assert roles[1:] == ["intro", "item", "item", "intro", "item", "item"]


def test_headings_open_a_trail_by_size(typeset, paragraph) -> None:
    rows = [
        (60, 800, 20, "Financer"),
        (60, 770, 14, "La subvention"),
        *paragraph(*BODY * 4, top=740),
        (60, 600, 14, "La convention"),
        *paragraph(*BODY * 4, top=570),
    ]

    located = read_sentences(read_pdf(typeset([rows])).pages)

    assert [one.headings for one in located if one.sentence.role is Role.HEADING] == [
        ("Financer",),
        ("Financer", "La subvention"),
        ("Financer", "La convention"),
    ]


def test_a_numbered_line_of_the_text_size_is_a_heading(typeset, paragraph) -> None:
    rows = [*paragraph(*BODY), *paragraph("1.2 La convention pluriannuelle", *BODY, top=600)]

    assert ("heading", "1.2 La convention pluriannuelle") in read(typeset([rows]))


def test_a_line_of_the_text_size_in_capitals_is_a_heading(typeset, paragraph) -> None:
    rows = paragraph(
        "4. DÉPOSER UNE CANDIDATURE", *BODY, "POUR NOUS ÉCRIRE", *BODY, "SNCF, ADEME", leading=14
    )

    read_roles = read(typeset([rows]))

    assert [text for role, text in read_roles if role == "heading"] == [
        "4. DÉPOSER UNE CANDIDATURE",
        "POUR NOUS ÉCRIRE",
    ]


def test_a_title_of_the_text_size_introduces_the_list_below_it(typeset, paragraph) -> None:
    rows = paragraph(*BODY, "Les pièces à fournir", "• les statuts ;", "• le budget.", *BODY, leading=14)

    assert ("intro", "Les pièces à fournir") in read(typeset([rows]))


@pytest.mark.parametrize("line", ["(suite de la page 3", "voir ci-dessous", "Ville | 2020 | 2023"])
def test_no_other_line_does(typeset, paragraph, line: str) -> None:
    rows = paragraph(*BODY, line, "• les statuts ;", "• le budget.", leading=14)

    assert "intro" not in [role for role, _ in read(typeset([rows]))]


def test_a_repeated_heading_does_not_stack(typeset, paragraph) -> None:
    rows = [(60, 780, 16, "À retenir"), *paragraph(*BODY * 3, top=750)]

    located = read_sentences(read_pdf(typeset([rows, rows])).pages)

    assert {one.headings for one in located} == {("À retenir",)}


def test_a_contents_page_gives_no_sentence(typeset, paragraph) -> None:
    contents = paragraph("1.1 La subvention " + "." * 40 + " 3", "La convention", "." * 50 + " 4")

    assert read(typeset([contents, paragraph(*BODY)])) == [("text", " ".join(BODY))]


def test_the_quote_keeps_what_the_page_shows(typeset, paragraph) -> None:
    path = typeset([paragraph("• Le **laboratoire** : I'intérêt du parte-", "nariat en 2015.")])
    (located,) = read_sentences(read_pdf(path).pages)

    assert located.sentence.text == "Le laboratoire : l’intérêt du partenariat en 2015."
    assert located.sentence.quote == "Le **laboratoire** : I'intérêt du partenariat en 2015."
    assert stands_on_page(located.sentence.quote, read_pdf(path).pages[0].text)
