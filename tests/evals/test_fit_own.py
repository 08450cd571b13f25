"""What the development half corrects and chooses, with values by hand."""

import numpy as np
import pytest

from assistant.answerability import FEATURES
from evals.errors import EvaluationError
from evals.fit import Labelled, Listing, folds
from evals.fit_answerability import fit_answerability
from evals.fit_own import (
    Judged,
    Rates,
    choose_threshold,
    development_half,
    held_out_accuracy,
    held_out_probabilities,
    rates_at,
    refit,
)
from evals.questions import Expected, Half, Question

PROBABILITIES = np.array([0.0, 0.2, 0.4, 0.6, 0.3, 0.5, 0.7, 0.9])
ANSWERED = np.arange(8) >= 4


def question(number: int, half: Half, *, refuse: bool) -> Question:
    return Question(f"q{number}", "nombre", half, Expected("Combien ?", refuse=refuse), "questions.yaml", 1)


def questions(half: Half, *, to_answer: int, to_refuse: int) -> list[Question]:
    return [question(number, half, refuse=number < to_refuse) for number in range(to_answer + to_refuse)]


def test_only_the_development_half_is_learned_from() -> None:
    development = questions("development", to_answer=2, to_refuse=2)
    test = questions("test", to_answer=5, to_refuse=5)
    assert development_half([*test, *development]) == development


@pytest.mark.parametrize("counts", [{"to_answer": 1, "to_refuse": 9}, {"to_answer": 9, "to_refuse": 0}])
def test_a_development_half_of_one_class_is_refused_with_what_it_lacks(counts: dict[str, int]) -> None:
    with pytest.raises(EvaluationError, match="au moins 2"):
        development_half([*questions("development", **counts), *questions("test", to_answer=9, to_refuse=9)])


@pytest.mark.parametrize(
    ("most_false", "threshold", "rates"),
    [
        (0.0, 0.3, Rates(false_refusals=0.0, caught=0.5)),
        (0.25, 0.5, Rates(false_refusals=0.25, caught=0.75)),
        (0.5, 0.7, Rates(false_refusals=0.5, caught=1.0)),
    ],
)
def test_the_threshold_catches_most_within_the_false_refusals_allowed(
    most_false: float, threshold: float, rates: Rates
) -> None:
    chosen = choose_threshold(PROBABILITIES, ANSWERED, most_false=most_false)
    assert chosen == threshold
    assert rates_at(chosen, PROBABILITIES, ANSWERED) == rates


def test_of_thresholds_that_catch_alike_the_lowest_is_chosen() -> None:
    assert choose_threshold(np.array([0.1, 0.5, 0.6]), np.array([False, True, True]), most_false=1.0) == 0.5


def test_what_never_reaches_the_model_is_refused() -> None:
    judged = Judged(np.zeros((1, 2)), reaches=np.array([False, True]), answered=np.array([False, True]))
    assert judged.probabilities(np.array([0.8])).tolist() == [0.0, 0.8]


@pytest.fixture
def listings() -> list[Listing]:
    """Right is what has the second feature, though the first one speaks for the other alternative."""
    features = np.array([[1.0, 0.0], [0.0, 1.0]])
    return [Listing(features, np.array([False, True]))] * 16


def test_the_choice_is_drawn_from_piafs_weights_towards_our_questions(listings: list[Listing]) -> None:
    start = np.array([2.0, 0.0])
    first, second = refit(listings, start=start, penalty=0.2)
    assert second > first
    assert abs(first - 2.0) + abs(second) > 0.5
    unsure = [Listing(listing.features, np.zeros(2, dtype=bool)) for listing in listings]
    assert refit(unsure, start=start, penalty=0.2).tolist() == [2.0, 0.0]


def test_held_out_listings_are_judged_by_what_the_others_teach(listings: list[Listing]) -> None:
    start = np.array([0.5, 0.0])
    assert held_out_accuracy(1, listings, start=start, penalty=0.2) == 1.0
    lonely = Listing(np.array([[0.0, 5.0], [0.0, 0.0]]), np.array([False, True]))
    assert held_out_accuracy(1, [*listings[:15], lonely], start=start, penalty=0.2) == pytest.approx(15 / 16)


def rows(*, count: int, feature: str) -> Labelled:
    """As many rows of each class, told apart by one feature."""
    answered = np.arange(2 * count) < count
    found = np.zeros((2 * count, len(FEATURES)))
    found[:, FEATURES.index(feature)] = np.where(answered, 1.0, -1.0)
    return Labelled(found, answered)


def test_a_question_is_judged_by_a_model_that_has_not_seen_it() -> None:
    own, piaf = rows(count=20, feature="matched_by_block"), rows(count=30, feature="common_covered")
    odd = np.zeros((1, len(FEATURES)))  # one that must be refused and looks as if it had an answer
    odd[0, FEATURES.index("matched_by_block")] = 1.0
    values, answered = np.vstack([own.rows, odd]), np.append(own.positive, False)
    judged = Judged(values, reaches=np.ones(41, dtype=bool), answered=answered)

    held_out = held_out_probabilities(judged, piaf)

    [others] = [fitted for fitted, held in folds(answered) if 40 in held]
    unseeing = fit_answerability(Labelled(values[others], answered[others]), piaf)
    assert held_out[40] == pytest.approx(unseeing.probabilities(values[40:])[0])
    assert (held_out[answered] > 0.5).all()


def test_only_what_reaches_the_model_teaches_it() -> None:
    judged = Judged(
        np.zeros((1, 2)), reaches=np.array([False, True]), answered=np.array([False, True])
    ).labelled
    assert judged.positive.tolist() == [True]
