import numpy as np

from index.ranked import best


def test_the_best_come_first_and_equal_scores_keep_their_order():
    ranked = best(np.array([0.5, 2, 0.5, 3, 0.5], dtype=np.float32), 4)

    assert ranked.positions.tolist() == [3, 1, 0, 2]
    assert ranked.scores.tolist() == [3, 2, 0.5, 0.5]


def test_a_score_at_the_bound_is_left_out():
    assert best(np.array([0, 1, -1], dtype=np.float32), 3, above=0.0).positions.tolist() == [1]


def test_none_are_asked_for_and_none_are_given():
    assert best(np.ones(3, dtype=np.float32), 0).positions.tolist() == []
