"""Intervals are reproducible, hold the figure, and close in with more questions."""

import pytest

from evals.bootstrap import bootstrap_interval, mean, median, paired_difference, percentile_95, value_of


def test_the_same_seed_gives_the_same_interval() -> None:
    sample = [0.0, 1.0, 1.0, 0.0, 1.0]
    assert bootstrap_interval(mean, sample) == bootstrap_interval(mean, sample)
    assert bootstrap_interval(mean, sample, seed=1) != bootstrap_interval(mean, [*sample, 0.0], seed=2)


def test_an_interval_is_close_to_the_normal_one_of_a_proportion() -> None:
    interval = bootstrap_interval(mean, [1.0] * 80 + [0.0] * 20)  # 0.8 ± 1.96 × 0.04
    assert interval.low == pytest.approx(0.72, abs=0.015)
    assert interval.high == pytest.approx(0.88, abs=0.015)


def test_a_constant_sample_has_an_interval_of_one_point() -> None:
    interval = bootstrap_interval(mean, [1.0] * 7)
    assert (interval.low, interval.high) == (1.0, 1.0)


def test_two_samples_weigh_the_same_whatever_their_sizes() -> None:
    assert value_of(mean, [1.0, 1.0, 1.0, 0.0], [0.5]) == pytest.approx(0.625)


def test_a_median_and_a_percentile_are_those_of_the_sample() -> None:
    sample = [float(number) for number in range(1, 102)]
    assert value_of(median, sample) == 51
    assert value_of(percentile_95, sample) == 96


def test_a_paired_difference_is_after_minus_before() -> None:
    difference = paired_difference(mean, [[0.0, 0.0, 1.0, 1.0]], [[1.0, 0.0, 1.0, 1.0]])
    assert difference.value == pytest.approx(0.25)
    assert difference.interval.low == 0.0


def test_no_change_is_no_difference_and_a_change_everywhere_is_certain() -> None:
    same = paired_difference(mean, [[0.0, 1.0] * 20], [[0.0, 1.0] * 20])
    assert (same.value, same.p_value) == (0.0, 1.0)
    better = paired_difference(mean, [[0.0] * 40], [[1.0] * 40])
    assert (better.value, better.p_value) == (1.0, 0.0)
