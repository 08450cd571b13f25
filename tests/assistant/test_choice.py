"""The linear model that chooses a sentence, with weights given by hand."""

from collections.abc import Callable

import numpy as np
import pytest

from assistant.candidates import FEATURES, find_candidates
from assistant.choice import choose
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

    choices = choose(candidates, Kind.NUMBER, weights=NONE)

    assert [choice.candidate for choice in choices] == candidates
    assert [choice.probability for choice in choices] == pytest.approx(
        [1 / len(candidates)] * len(candidates)
    )


def test_nothing_is_chosen_among_nothing() -> None:
    assert choose([], Kind.NUMBER, weights=NONE) == []


def test_a_great_score_does_not_overflow(tiny_index: StoredIndex, rank: Rank) -> None:
    candidates = find_candidates(tiny_index, rank("Combien ?"), Kind.NUMBER)

    choices = choose(candidates, Kind.NUMBER, weights=NONE | {"offers nombre": 5000.0})

    assert sum(choice.probability for choice in choices) == pytest.approx(1.0)
