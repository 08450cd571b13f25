import pytest

from ui import markup
from ui.responses import Reply, Source


def reply(text: str, *numbers: int) -> Reply:
    sources = tuple(Source(number, "doc", "Titre", 3, "3", "Une citation.") for number in numbers)
    return Reply("answered", text, "Question ?", sources, ())


def test_a_reference_becomes_a_link_to_its_source_only_if_the_source_exists() -> None:
    block = markup.answer_block(reply("Oui. [1] Non. [2]", 1), turn=4)

    assert '<a href="#source-4-1"' in block
    assert "[1]" not in block
    assert "[2]" in block


def test_lines_with_dashes_or_bullets_become_one_list_between_paragraphs() -> None:
    block = markup.answer_block(reply("Trois :\n• un\n- deux\n– trois\nFin."), turn=1)

    assert "<p>Trois\u00a0:</p><ul><li>un</li><li>deux</li><li>trois</li></ul><p>Fin.</p>" in block


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Une citation.", "«\u202fUne citation.\u202f»"),
        ("« Déjà entre guillemets »", "« Déjà entre guillemets »"),
        ("« un » et « deux »", "«\u202f« un » et « deux »\u202f»"),
        ("coupée\n  par la ligne", "«\u202fcoupée par la ligne\u202f»"),
    ],
)
def test_a_quote_stands_between_french_marks_once(text: str, shown: str) -> None:
    assert markup.quoted(text) == shown


@pytest.mark.parametrize(
    ("label", "years", "phrase"),
    [
        ("3", (2016,), "2016 · page 3"),
        ("i", (2016, 2015), "2015, 2016 · page 3 (numérotée i)"),
        (None, (), "page 3"),
    ],
)
def test_a_page_is_named_with_its_year_and_its_printed_number_where_it_differs(
    label: str | None, years: tuple[int, ...], phrase: str
) -> None:
    assert markup.page_phrase(3, page_label=label, years=years) == phrase


def test_the_pdf_address_holds_any_id_in_one_path_segment() -> None:
    assert markup.pdf_address("a/../b c", 2) == "/kit/documents/a%2F..%2Fb%20c.pdf#page=2"


def test_the_bars_are_as_long_as_the_counts_and_readable_without_them() -> None:
    block = markup.coverage_block([("Méthode", 1, 4), ("Guides", 0, 8)], caption="1 sur 12")

    assert 'style="width:50.0%"' in block
    assert 'style="width:25.0%"' in block
    assert "1 / 4" in block
    assert "0 / 8" in block
