"""What counts as standing on a page."""

import pytest

from ingestion.quotes import find_on_page, stands_on_page

PAGE = (
    "Le dialogue  territorial est une dynamique\nd’animation collective. Les partena-\nriats avancent ;"
    " la co-\nconstruction aussi.\nL’eﬃcacité n’est pas mesurée : 1,2 million en 2015 (42 %)."
    " Un rendez-vous, un par\u00adtenaire."
)


@pytest.mark.parametrize(
    "quote",
    [
        "Le dialogue territorial est une dynamique d’animation collective.",
        "Les partenariats avancent",
        "la co-construction aussi.",
        "la coconstruction aussi.",  # a hyphen at a line end may belong to the line
        "L’efficacité n’est pas mesurée",
        "1,2 million en 2015 (42\u00a0%).",
        "un partenaire.",
        "Un rendez-vous",
    ],
)
def test_white_space_hyphenation_and_ligatures_are_folded(quote: str) -> None:
    assert stands_on_page(quote, PAGE)


@pytest.mark.parametrize(
    "quote",
    [
        "L’efficacité est mesurée",  # the negation
        "1,3 million en 2015",  # the number
        "12 million en 2015",
        "Un rendezvous",  # a hyphen within a line belongs to the word
        "la co--construction",
        "le dialogue territorial",  # capitals
        "L'efficacité",  # the apostrophe
        "animation - collective",
        "",
        "   ",
    ],
)
def test_nothing_else_is_folded(quote: str) -> None:
    assert not stands_on_page(quote, PAGE)


def test_the_place_of_a_quote_is_that_of_the_raw_text() -> None:
    place = find_on_page("Les partenariats avancent", PAGE)

    assert place is not None
    assert PAGE[slice(*place)] == "Les partena-\nriats avancent"


def test_a_decomposed_accent_is_its_letter() -> None:
    assert stands_on_page("Étude économique", "E\u0301tude e\u0301conomique")


def test_a_quote_may_begin_and_end_with_a_hyphen() -> None:
    assert stands_on_page("- un point -", "avant - un point - après")
