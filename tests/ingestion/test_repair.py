"""Tables of real strings: what stands on the page, and what was meant."""

import pytest

from ingestion.quotes import stands_on_page
from ingestion.repair import Vocabulary, readable_text, standing_text


def repaired(raw: str, *others: str) -> tuple[str, str]:
    """Return the standing and the readable text of a page."""
    standing = standing_text(raw, 0, len(raw), vocabulary=Vocabulary.of([raw, *others]))
    return standing.text, readable_text(standing).text


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("un mouvement a I’ceuvre sur", "un mouvement a l’œuvre sur"),
        ("la mise en ceuvre de", "la mise en œuvre de"),
        ("I'intérêt général", "L’intérêt général"),
        ("de I'intérêt général", "de l’intérêt général"),
        ("a I'’émergence d’une", "a l’émergence d’une"),
        ("avec I’ARF", "avec l’ARF"),
        ("Etude sur |'état des lieux", "Etude sur l’état des lieux"),
        ("lls répondent", "Ils répondent"),
        ("lIs partent", "Ils partent"),
        ("doit étre créé", "doit être créé"),
        ("48^{èmes} rencontres", "48èmes rencontres"),
        ("un **laboratoire de recherche** dédié", "un laboratoire de recherche dédié"),
        ("<https://www.coursera.org/essec>", "https://www.coursera.org/essec"),
        (
            "https://coconstructionterritoriale.w\nordpress.com/",
            "https://coconstructionterritoriale.wordpress.com/",
        ),
        ("l' animation", "l'animation"),
        ("deux  espaces\u00a0%", "deux espaces %"),
        ("un \uf0b7 point", "un point"),
        ("par\u00adtenaire", "partenaire"),
        ("l’eﬃcacité ﬁnancière", "l’efficacité financière"),
    ],
)
def test_a_slip_of_the_scan_or_the_typesetting_is_repaired(raw: str, expected: str) -> None:
    assert repaired(raw)[1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "un écosystéme ouvert",  # no general rule: left as it stands
        "la phase I du programme",
        "Napoléon III, article I",
        "76 % des maires, 1,2 million, 50 M€ (2015-2016)",
        "il n’est pas, ni l’un ni l’autre",
        "* Source : Programme PHARE",
        "le concert, la sœur, le cœur",
        "https://a.fr www.b.fr",
    ],
)
def test_what_is_right_or_unknown_is_left_alone(text: str) -> None:
    assert repaired(text) == (text, text)


@pytest.mark.parametrize(
    ("raw", "elsewhere", "expected"),
    [
        ("les partena-\nriats", "", "les partenariats"),
        ("la co-\nconstruction", "", "la co-construction"),
        ("l’inter-\nconnaissance", "la connaissance", "l’inter-connaissance"),
        ("une inter-\nvention", "", "une intervention"),
        ("le co-\nmité", "le comité", "le comité"),
        ("avez-\nvous constaté", "", "avez-vous constaté"),
        ("Peut-\non parler", "", "Peut-on parler"),
        ("c’est-à-\ndire", "", "c’est-à-dire"),
        ("existe-t-\nil un cadre", "existe-t-il", "existe-t-il un cadre"),
        ("les actions territoria-\nles", "", "les actions territoriales"),
        ("en Midi-\nPyrénées", "", "en Midi-Pyrénées"),
        ("en 2015-\n2016", "", "en 2015-2016"),
        ("un chef-\nlieu", "le chef-lieu", "un chef-lieu"),
        ("par\u00ad\ntenaire", "", "partenaire"),
        ("l’action - \nlocale", "", "l’action - locale"),
    ],
)
def test_a_word_cut_at_the_line_end_is_joined(raw: str, elsewhere: str, expected: str) -> None:
    standing, readable = repaired(raw, elsewhere)

    assert (standing, readable) == (expected, expected)
    assert stands_on_page(standing, raw)


def test_the_standing_text_keeps_the_slips_that_the_page_shows() -> None:
    raw = "48^{èmes} **rencontres** : I’ceuvre"

    standing, readable = repaired(raw)

    assert standing == raw
    assert readable == "48èmes rencontres : l’œuvre"


def test_a_repaired_stretch_leads_back_to_what_stands() -> None:
    raw = "un **laboratoire de recherche** dédié"
    standing = standing_text(raw, 0, len(raw), vocabulary=Vocabulary.of([raw]))
    readable = readable_text(standing)

    start = readable.text.index("laboratoire")
    place = readable.source_span(start, start + len("laboratoire de recherche"))

    assert standing.text[slice(*place)] == "laboratoire de recherche"
