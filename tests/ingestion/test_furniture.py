"""Running lines go, what the page says stays."""

import pytest

from ingestion.furniture import is_contents_entry, running_lines
from ingestion.headings import body_size
from ingestion.pdf import read_pdf


def removed(path) -> list[list[str]]:
    """Return the text of the lines removed from each page."""
    pages = read_pdf(path).pages
    found = running_lines(pages, body_size=body_size(pages))
    return [
        sorted(page.text[line.start : line.end].strip() for line in found.get(page.number, ()))
        for page in pages
    ]


def body(number: int) -> list[tuple[float, float, float, str]]:
    return [
        (60, 600 - 12 * row, 10, f"Le paragraphe {row} de la page numéro {number * 7}.") for row in range(8)
    ]


def test_a_running_foot_and_its_page_number_are_removed(typeset) -> None:
    pages = [[*body(n), (60, 30, 8, "Guide de l’élu"), (500, 30, 8, str(n))] for n in range(1, 5)]

    assert removed(typeset(pages)) == [[str(n), "Guide de l’élu"] for n in range(1, 5)]


def test_heads_of_odd_and_even_pages_are_removed(typeset) -> None:
    pages = [
        [(60, 810, 8, "Édition 2024" if n % 2 else f"Guide – {n + 4} / 90"), *body(n)] for n in range(1, 9)
    ]

    assert [len(lines) for lines in removed(typeset(pages))] == [1] * 8


def test_a_chapter_number_that_does_not_follow_the_pages_stays(typeset) -> None:
    pages = [[(60, 810, 10, f"Chapitre {chapter}"), *body(chapter)] for chapter in (1, 4, 9)]

    assert removed(typeset(pages)) == [[], [], []]


def test_a_repeated_title_in_the_middle_stays(typeset) -> None:
    pages = [[(60, 450, 10, "À retenir"), *body(n)] for n in range(1, 6)]

    assert removed(typeset(pages)) == [[]] * 5


def test_a_slide_title_repeated_on_some_slides_stays(typeset) -> None:
    titles = ["À retenir"] * 3 + [f"Titre {letter}" for letter in "abcde"]
    pages = [[(60, 800, 20, title), *body(n)] for n, title in enumerate(titles)]

    assert removed(typeset(pages)) == [[]] * 8


def test_lines_behind_a_line_that_stays_are_kept(typeset) -> None:
    pages = [
        [(60, 820, 10, f"Titre propre {'abcde'[n]}"), (60, 800, 10, "Les maires agissent."), *body(n)]
        for n in range(5)
    ]

    assert removed(typeset(pages)) == [[]] * 5


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.2 La subvention ........................ 12", True),
        ("Annexe . . . . . . . . 7", True),
        ("ses spécificités...", False),
        ("En 2015... 42", False),
        ("1.2 La subvention 12", False),
    ],
)
def test_dot_leaders_show_a_contents_entry(text: str, expected: bool) -> None:
    assert is_contents_entry(text) is expected
