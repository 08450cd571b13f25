"""Repaired characters know where they come from."""

import re

from ingestion.traced import TracedText


def test_a_replacement_comes_from_all_that_it_replaces() -> None:
    text = TracedText.of("xx le territoi-\nre", start=3).sub(re.compile(r"-\n"), "")

    assert text.text == "le territoire"
    assert text.source_span(3, 13) == (6, 18)


def test_replacements_can_follow_one_another() -> None:
    text = TracedText.of("**a**  b").sub(re.compile(r"\*\*"), "").sub(re.compile(r"\s+"), " ")

    assert text.text == "a b"
    assert text.source_span(0, 1) == (2, 3)
    assert text.source_span(0, 3) == (2, 8)


def test_stripping_keeps_the_places() -> None:
    text = TracedText.of("  mot ").strip()

    assert (text.text, text.source_span(0, 3)) == ("mot", (2, 5))


def test_white_space_alone_strips_to_nothing() -> None:
    assert TracedText.of("  ").strip().text == ""
