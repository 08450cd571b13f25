"""Intervals by resampling the questions: how far a figure could move with another draw of the same size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20_161
RESAMPLES = 2_000

Sample = Sequence[float]
Statistic = Callable[..., NDArray[np.float64]]  # one (resamples, n) array per sample, axis=1 → (resamples,)


@dataclass(frozen=True, slots=True)
class Interval:
    """The middle 95 % of the resampled figures."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """After minus before over the same questions; `p_value` is two-sided."""

    value: float
    interval: Interval
    p_value: float


def mean(*samples: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    """The mean of the samples' means: of one sample its mean, of two their balanced mean."""
    return np.asarray(np.mean([np.mean(sample, axis=axis) for sample in samples], axis=0))


def median(sample: NDArray[np.float64], *, axis: int) -> NDArray[np.float64]:
    """The median of one sample."""
    return np.asarray(np.median(sample, axis=axis))


def percentile_95(sample: NDArray[np.float64], *, axis: int) -> NDArray[np.float64]:
    """The 95th percentile of one sample, interpolated linearly."""
    return np.asarray(np.percentile(sample, 95, axis=axis))


def value_of(statistic: Statistic, *samples: Sample) -> float:
    """The figure itself, on the samples as they are."""
    return float(statistic(*(np.asarray([sample], dtype=float) for sample in samples), axis=1)[0])


def bootstrap_interval(statistic: Statistic, *samples: Sample, seed: int = SEED) -> Interval:
    """The 95 % percentile interval of a figure, each sample resampled apart.

    Percentile method: Efron and Tibshirani, An Introduction to the Bootstrap (1993), chapter 13.
    """
    generator = np.random.default_rng(seed)
    drawn = [np.asarray(sample, dtype=float)[_draws(generator, len(sample))] for sample in samples]
    return _middle(statistic(*drawn, axis=1))


def paired_difference(
    statistic: Statistic, before: Sequence[Sample], after: Sequence[Sample], *, seed: int = SEED
) -> Difference:
    """The figure after minus the figure before, the same questions drawn on both sides.

    Each sample of `after` holds the same questions in the same order as its sample of `before`. Paired
    bootstrap test: Koehn, Statistical Significance Tests for Machine Translation Evaluation (2004), two-sided
    here: twice the smaller share of resampled differences on either side of zero.
    """
    generator = np.random.default_rng(seed)
    draws = [_draws(generator, len(sample)) for sample in before]
    resampled = [
        statistic(
            *(np.asarray(sample, dtype=float)[drawn] for sample, drawn in zip(side, draws, strict=True)),
            axis=1,
        )
        for side in (before, after)
    ]
    changes = resampled[1] - resampled[0]
    p_value = min(1.0, 2 * min(float(np.mean(changes <= 0)), float(np.mean(changes >= 0))))
    change = value_of(statistic, *after) - value_of(statistic, *before)
    return Difference(value=change, interval=_middle(changes), p_value=p_value)


def _draws(generator: np.random.Generator, size: int) -> NDArray[np.int64]:
    return generator.integers(size, size=(RESAMPLES, size))


def _middle(figures: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(figures, [2.5, 97.5])
    return Interval(float(low), float(high))
