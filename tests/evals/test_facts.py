"""Facts are found whatever the writing of a text, and only where they really stand."""

import pytest

from evals.facts import figures, group_is_matched, holds, tokens

SAME = [
    ("1 000", "1000"),
    ("1\u202f000 personnes", "1.000 personnes"),
    ("mille", "1000"),
    ("1er", "01"),
    ("la première session", "1ère session"),
    ("3^{èmes} rencontres", "troisième rencontres"),
    ("soixante-seize pour cent", "76%"),
    ("76 %", "76\u00a0pour cent"),
    ("1,5 M€", "1,5 million d'euros"),
    ("1 500 000 €", "1,5 million d’euros"),
    ("un million d'euros", "1 M€"),
    ("07/06/2018", "7 juin 2018"),
    ("2018-06-07", "le 7 juin 2018"),
    ("du 30/11 au 19/01", "30 novembre au 19 janvier"),
    ("Juil-Mars 2018", "juillet – mars 2018"),
    ("2,50", "2,5"),
    ("quatre-vingt-dix-sept", "97"),
    ("soixante et onze", "71"),
    ("vingt et un", "21"),
    ("deux mille dix-huit", "2018"),
    ("mille neuf cent quatre-vingt-quatre", "1984"),
    ("trois cent cinquante", "350"),
    ("cent un", "101"),
    ("L’œuvre des Territoires", "oeuvre territoires"),
    ("ÉCOSYSTÈME  **territorial**", "ecosysteme territorial"),
    ("01.53.66.99.70", "01-53-66-99-70"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_two_writings_of_one_thing_have_the_same_tokens(left: str, right: str) -> None:
    assert tokens(left) == tokens(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("12", "120"), ("76", "7 6"), ("1,5", "15"), ("vingt douze", "32"), ("46 %", "46"), ("7 juin", "7 mai")],
)
def test_two_different_things_have_different_tokens(left: str, right: str) -> None:
    assert tokens(left) != tokens(right)


def test_a_number_is_not_found_inside_another_number() -> None:
    assert not holds(tokens("en 2012, 120 territoires"), tokens("12"))


def test_a_word_is_not_found_inside_another_word() -> None:
    assert not holds(tokens("les partenariats"), tokens("part"))


def test_spacing_inside_a_form_does_not_matter() -> None:
    assert holds(tokens("la co-construction en marche"), tokens("coconstruction"))
    assert holds(tokens("la coconstruction en marche"), tokens("co construction"))


def test_articles_do_not_matter() -> None:
    assert holds(tokens("piloté par le comité de la région"), tokens("comité région"))


def test_a_form_without_content_is_found_nowhere() -> None:
    assert not holds(tokens("un territoire"), tokens("un"))


def test_one_accepted_form_is_enough_for_a_group() -> None:
    text = tokens("Le parcours réunit douze territoires.")
    assert group_is_matched(text, ["treize", "12"])
    assert not group_is_matched(text, ["treize", "13"])


def test_a_day_keeps_its_month_and_a_percentage_its_sign() -> None:
    found = figures(tokens("Le 7 juin 2018, 46 % de 12 territoires"))
    assert found == (("#7", "juin"), ("juin", "#2018"), ("#46", "%"), ("#12",))


def test_two_years_side_by_side_are_not_a_thousand() -> None:
    assert figures(tokens("en 2016 850 expérimentations")) == (("#2016",), ("#850",))


def test_a_letter_and_a_digit_are_a_name_not_a_number() -> None:
    assert figures(tokens("les sessions S1 à S4, question Q14")) == ()
