"""Values that documents give for the same thing."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from assistant.candidates import find_candidates
from assistant.choice import Choice
from assistant.disagreement import Quantity, counts, disagreeing, holding_each_number, quantities
from assistant.expectation import Kind
from index.opened import StoredIndex
from index.search import Ranking

Rank = Callable[..., Ranking]


def choices(index: StoredIndex, ranking: Ranking, wanted: Sequence[str]) -> list[Choice]:
    """The sentences whose text holds each wanted string, in that order."""
    candidates = find_candidates(index, ranking, Kind.NUMBER)
    return [
        Choice(next(one for one in candidates if text in one.sentence.text), 1.0, 1 / len(wanted))
        for text in wanted
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,5 M€ de budget", [("1,5M€", "budget")]),
        ("52 répondants, soit 25 %", [("52", "repond"), ("25%", "%")]),
        ("1 200 associations", [("1200", "associ")]),
        ("1 000 € par an", [("1000€", "€")]),
        ("en 2018 120 territoires", [("120", "territoir")]),
        ("les 12 prochains mois", [("12", "mois")]),
        ("12 ou 13", []),
        ("aucun chiffre", []),
    ],
)
def test_a_quantity_is_a_value_with_what_it_counts(text: str, expected: list[tuple[str, str]]) -> None:
    assert list(quantities(text)) == [Quantity(*pair) for pair in expected]


def test_a_sentence_counts_what_follows_combien(rank: Rank) -> None:
    query = rank("Combien de répondants ?").query

    assert counts("L’étude compte 52 répondants.", query)
    assert counts("Soit 25 % d’entre eux.", query)
    assert not counts("L’étude compte 52 pages sur les répondants.", query)


def test_a_share_counts_when_it_is_of_what_is_asked(rank: Rank) -> None:
    query = rank("Quelle part des répondants est favorable ?").query

    assert counts("76 % des répondants sont favorables.", query)
    assert counts("76 % des maires et 12 % des répondants sont favorables.", query)
    assert not counts("76 % des maires sont favorables.", query)


def test_two_pages_with_two_values_disagree(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Quel est le budget du laboratoire ?")

    found = disagreeing(choices(tiny_index, ranking, ["1,5 M€", "52", "1 M€"]), ranking.query)

    assert [choice.candidate.passage.document_id for choice in found] == ["programme", "etude"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Quel est le budget du laboratoire ?", ["1,5 M€", "52"]),
        ("Quel est le budget du laboratoire ?", ["1,5 M€", "1,5 M€"]),
        ("Quel est le budget du laboratoire ?", ["maires", "1 M€", "1,5 M€"]),
        ("Combien de maires au laboratoire ?", ["1,5 M€", "1 M€"]),
    ],
    ids=[
        "other things are counted",
        "the same sentence",
        "the best one has no value",
        "budgets are not asked for",
    ],
)
def test_other_values_are_no_disagreement(
    tiny_index: StoredIndex, rank: Rank, question: str, wanted: list[str]
) -> None:
    ranking = rank(question)

    assert disagreeing(choices(tiny_index, ranking, wanted), ranking.query) == []


def test_two_values_of_one_page_are_no_disagreement(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Quel est le budget du laboratoire ?")
    first, other = choices(tiny_index, ranking, ["1,5 M€", "1 M€"])
    beside = replace(
        other.candidate,
        passage=first.candidate.passage,
        sentence=replace(other.candidate.sentence, page=first.candidate.sentence.page),
    )

    assert disagreeing([first, replace(other, candidate=beside)], ranking.query) == []


def test_each_number_of_the_question_gets_its_sentence(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Le budget est-il de 1 ou 1,5 million, ou bien 52 répondants ?")
    sentences = choices(tiny_index, ranking, ["maires", "52"])

    assert holding_each_number(sentences, ranking.query) == [sentences[1]]


def test_one_number_in_the_question_forces_nothing(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Pourquoi 52 répondants ?")

    assert holding_each_number(choices(tiny_index, ranking, ["52"]), ranking.query) == []
