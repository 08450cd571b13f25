"""The linear model that chooses a sentence, with weights given by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from assistant.candidates import FEATURES, find_candidates
from assistant.choice import OFFERING, choose, offering_first
from assistant.expectation import Kind
from index.opened import StoredIndex
from index.search import Ranking

NONE = dict.fromkeys(FEATURES, 0.0)
Rank = Callable[..., Ranking]


def test_the_heaviest_sentence_comes_first_with_its_probability(tiny_index: StoredIndex, rank: Rank) -> None:
    candidates = find_candidates(tiny_index, rank("Combien de répondants ?"), Kind.NUMBER, passages=1)

    choices = choose(candidates, Kind.NUMBER, weights=NONE | {"offers nombre": 2.0, "heading": 1.0})

    assert [choice.candidate.place for choice in choices] == [1, 0, 2]
    assert [choice.score for choice in choices] == pytest.approx([2, 1, 0])
    exponentials = np.exp([2, 1, 0])
    assert [choice.probability for choice in choices] == pytest.approx(exponentials / exponentials.sum())


def test_equal_sentences_keep_the_order_of_the_passages(tiny_index: StoredIndex, rank: Rank) -> None:
    candidates = find_candidates(tiny_index, rank("Combien ?"), Kind.NUMBER)

    choices = choose(candidates, Kind.MANNER, weights=NONE)

    assert [choice.candidate for choice in choices] == candidates
    assert [choice.probability for choice in choices] == pytest.approx(
        [1 / len(candidates)] * len(candidates)
    )


@pytest.mark.parametrize(
    ("kind", "weight", "offers"),
    [(Kind.NUMBER, -1.0, True), (Kind.NUMBER, -3.0, False), (Kind.MANNER, -1.0, False)],
    ids=["nearly as likely", "much less likely", "no value is asked"],
)
def test_the_value_that_is_asked_goes_first_when_it_is_nearly_as_likely(
    tiny_index: StoredIndex, rank: Rank, kind: Kind, weight: float, offers: bool
) -> None:
    candidates = find_candidates(tiny_index, rank("Combien de répondants ?"), kind)

    weights = NONE | {"offers nombre": weight, "heading": -0.5}
    choices = offering_first(choose(candidates, kind, weights=weights), kind)

    assert choices[0].candidate.offers_expected is offers
    assert {choice.candidate.row for choice in choices} == {candidate.row for candidate in candidates}


def test_a_contact_goes_first_however_improbable() -> None:
    assert OFFERING[Kind.CONTACT] == 0 < OFFERING[Kind.NUMBER]


def test_nothing_is_chosen_among_nothing() -> None:
    assert choose([], Kind.NUMBER, weights=NONE) == offering_first([], Kind.NUMBER) == []


def test_a_great_score_does_not_overflow(tiny_index: StoredIndex, rank: Rank) -> None:
    candidates = find_candidates(tiny_index, rank("Combien ?"), Kind.NUMBER)

    choices = choose(candidates, Kind.NUMBER, weights=NONE | {"offers nombre": 5000.0})

    assert sum(choice.probability for choice in choices) == pytest.approx(1.0)
