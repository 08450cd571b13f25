"""The mathematics of the fit, with values worked out by hand or by scikit-learn."""

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from evals.fit import (
    FOLDS,
    Labelled,
    Listing,
    Logistic,
    accuracy_at,
    auroc,
    deviations_of,
    fit_listings,
    fit_logistic,
    folds,
)


def listing(features: list[list[float]], *right: int) -> Listing:
    marked = np.zeros(len(features), dtype=bool)
    marked[list(right)] = True
    return Listing(np.array(features), marked)


def two_choices(first_right: int, second_right: int) -> list[Listing]:
    """Two alternatives that one feature tells apart, the one that has it being right so many times."""
    features = [[1.0], [0.0]]
    return [listing(features, 0)] * first_right + [listing(features, 1)] * second_right


def test_a_feature_weighs_the_log_odds_of_being_right_with_it() -> None:
    [weight] = fit_listings(two_choices(3, 1), penalty=0.0)
    assert weight == pytest.approx(np.log(3), abs=1e-4)


def test_several_right_alternatives_share_their_probability() -> None:
    features = [[1.0], [0.0], [0.0]]
    [weight] = fit_listings([listing(features, 0), listing(features, 1, 2)], penalty=0.0)
    assert weight == pytest.approx(np.log(2), abs=1e-4)  # e^w / (e^w + 2) = 1/2


def test_a_listing_without_a_right_alternative_teaches_nothing() -> None:
    lost = listing([[5.0], [-5.0]])
    assert fit_listings([*two_choices(3, 1), lost]) == pytest.approx(fit_listings(two_choices(3, 1)))


def test_only_free_weights_move() -> None:
    rows = [listing([[1.0, 1.0], [0.0, 0.0]], 0)] * 3 + [listing([[1.0, 1.0], [0.0, 0.0]], 1)]
    fixed, moved = fit_listings(rows, start=np.array([0.5, 0.0]), free=np.array([False, True]), penalty=0.0)
    assert fixed == 0.5
    assert fixed + moved == pytest.approx(np.log(3), abs=1e-4)


def test_a_weight_of_the_choice_keeps_the_sign_that_it_is_told() -> None:
    against = Listing(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([False, True]))
    signs = np.array([1.0, 0.0])

    free = fit_listings([against], start=np.array([2.0, 0.0]), penalty=0.01)
    bound = fit_listings([against], start=np.array([2.0, 0.0]), penalty=0.01, signs=signs)

    assert free[0] < 0
    assert bound[0] == pytest.approx(0)
    assert bound[1] > free[1] > 0


def test_a_large_penalty_keeps_the_weights_where_they_start() -> None:
    start = np.array([-0.7])
    assert fit_listings(two_choices(3, 1), start=start, penalty=1e6) == pytest.approx(start, abs=1e-5)


def test_accuracy_counts_a_right_one_among_the_best_and_a_lost_one_as_missed() -> None:
    three = listing([[3.0], [2.0], [1.0]], 1)
    nothing = listing([[1.0]])
    empty = Listing(np.empty((0, 1)), np.empty(0, dtype=bool))
    assert [accuracy_at(k, [three, nothing], np.ones(1)) for k in (1, 2)] == [0.0, 0.5]
    assert accuracy_at(3, [empty], np.ones(1)) == 0.0


def test_equal_scores_keep_the_order_of_the_listing() -> None:
    assert accuracy_at(1, [listing([[1.0], [1.0]], 1)], np.ones(1)) == 0.0
    assert accuracy_at(1, [listing([[1.0], [1.0]], 0)], np.ones(1)) == 1.0


@pytest.fixture
def labelled() -> tuple[np.ndarray, np.ndarray]:
    """Rows of which the first column says something, 40 of one class and 20 of the other."""
    draw = np.random.default_rng(7)
    answered = np.arange(60) < 40
    return draw.normal(size=(60, 3)) + answered[:, None] * np.array([1.5, 0.0, 0.0]), answered


def test_the_logistic_regression_is_scikit_learn_s(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    rows, answered = labelled
    rows /= rows.std(axis=0)
    expected = LogisticRegression(C=10, class_weight="balanced", tol=1e-10).fit(rows, answered)

    model = fit_logistic(Labelled(rows, answered), penalty=1 / (2 * 10 * len(rows)))

    assert model.weights == pytest.approx(expected.coef_[0], abs=1e-4)
    assert model.intercept == pytest.approx(expected.intercept_[0], abs=1e-4)
    assert model.probabilities(rows) == pytest.approx(expected.predict_proba(rows)[:, 1], abs=1e-4)


def test_two_sets_share_their_weights_and_keep_their_own_intercepts(
    labelled: tuple[np.ndarray, np.ndarray],
) -> None:
    rows, answered = labelled
    alone, moved = Labelled(rows, answered), Labelled(rows + 5.0, answered)

    single, both = fit_logistic(alone), fit_logistic(moved, alone)

    assert both.weights == pytest.approx(single.weights, rel=0.15)
    assert both.probabilities(moved.rows) == pytest.approx(single.probabilities(rows), abs=0.05)


def test_a_small_set_speaks_as_loud_as_a_large_one() -> None:
    answered = np.arange(20) < 10
    rows = np.where(answered, 1.0, -1.0)[:, None]
    agreed, opposed = Labelled(rows, answered), Labelled(np.tile(rows, (10, 1)), np.tile(~answered, 10))
    assert fit_logistic(agreed, opposed).weights == pytest.approx(0, abs=1e-3)


def test_a_set_of_a_single_class_says_nothing(labelled: tuple[np.ndarray, np.ndarray]) -> None:
    told = Labelled(*labelled)
    silent = Labelled(np.ones((5, 3)), np.zeros(5, dtype=bool))
    assert fit_logistic(silent, told).weights.tolist() == fit_logistic(told).weights.tolist()


def test_both_classes_weigh_alike_however_many_they_are() -> None:
    rows = np.zeros((10, 1))
    model = fit_logistic(Labelled(rows, np.arange(10) < 9))
    assert model.probabilities(rows) == pytest.approx(0.5)


def test_probabilities_do_not_overflow() -> None:
    model = Logistic(np.array([1.0]), 0.0)
    assert model.probabilities(np.array([[-2000.0], [0.0], [2000.0]])).tolist() == [0.0, 0.5, 1.0]


def test_auroc_is_the_share_of_pairs_in_order_with_ties_half() -> None:
    positive, negative = np.array([3.0, 1.0]), np.array([2.0, 1.0])
    assert auroc(positive, negative) == pytest.approx((1 + 1 + 0 + 0.5) / 4)
    assert auroc(positive, negative) == roc_auc_score([1, 1, 0, 0], [3, 1, 2, 1])


def test_a_constant_feature_is_measured_in_ones() -> None:
    assert deviations_of(np.array([[1.0, 4.0], [1.0, 8.0]])).tolist() == [1.0, 2.0]


def test_each_fold_holds_out_its_own_rows_and_some_of_each_class() -> None:
    classes = np.arange(48) < 16

    dealt = list(folds(classes))

    assert sorted(np.concatenate([held_out for _, held_out in dealt])) == list(range(48))
    assert all(not set(fitted) & set(held_out) for fitted, held_out in dealt)
    assert {int(classes[held_out].sum()) for _, held_out in dealt} == {16 // FOLDS}


def test_fewer_rows_than_folds_are_each_held_out_once() -> None:
    assert [len(held_out) for _, held_out in folds(np.array([True, False, True]))] == [1, 1, 1]


def test_a_weight_keeps_the_sign_that_it_is_told() -> None:
    answered = np.arange(20) < 10
    told = Labelled(
        np.stack([np.where(answered, -1.0, 1.0), np.where(answered, 1.0, -1.0)], axis=1), answered
    )

    free, bound = fit_logistic(told), fit_logistic(told, signs=np.array([1.0, 0.0]))

    assert free.weights[0] < 0
    assert bound.weights[0] == pytest.approx(0)
    assert bound.weights[1] > 0
