import numpy as np
import pytest

from index.fusion import standardised


def scores(*values):
    return np.array(values, dtype=np.float32)


def allowed(*values):
    return np.array(values, dtype=bool)


def test_scores_become_deviations_from_their_mean():
    found = standardised(scores(1, 3, 5), allowed(1, 1, 1))

    np.testing.assert_allclose(found, scores(-np.sqrt(1.5), 0, np.sqrt(1.5)), rtol=1e-6)
    assert found.dtype == np.float32


def test_what_is_left_out_counts_for_neither_the_mean_nor_the_deviation():
    found = standardised(scores(1, 3, 100), allowed(1, 1, 0))

    np.testing.assert_allclose(found, scores(-1, 1, 98), rtol=1e-6)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ((2, 2, 2), (1, 1, 1)),
        ((1, 2, 3), (0, 1, 0)),
        ((1, 2, 3), (0, 0, 0)),
        ((0.7, 0.7 + 1e-7, 0.7), (1, 1, 1)),
    ],
)
def test_scores_that_do_not_differ_say_nothing(values, kept):
    assert standardised(scores(*values), allowed(*kept)).tolist() == [0, 0, 0]


def test_adding_a_constant_or_changing_the_scale_changes_nothing():
    values, kept = np.random.default_rng(5).random(50, dtype=np.float32), np.ones(50, dtype=bool)

    np.testing.assert_allclose(standardised(3 * values + 7, kept), standardised(values, kept), atol=1e-4)
