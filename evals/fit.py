"""The mathematics of `cokit fit`: which weights make right alternatives probable, and questions answerable.

Both models may start from weights that were learned elsewhere and are drawn towards them (ridge on the
difference), so that a small set corrects a large one only where it has something to say.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize  # type: ignore[import-untyped]
from scipy.stats import rankdata  # type: ignore[import-untyped]

Matrix = NDArray[np.float64]
Mask = NDArray[np.bool_]

SEED = 20261121  # of the drawn questions and of the folds
FOLDS = 8
LISTING_PENALTY = 1e-3  # of the squared weights: they stay small where the data is silent
LOGISTIC_PENALTY = 0.05  # the same; the losses of the rows are added up, not averaged
_SMALLEST_DEVIATION = 1e-3  # below it a feature is as good as constant


@dataclass(frozen=True, slots=True)
class Listing:
    """Alternatives with their features, of which those marked are right: (n, features), (n,) bool."""

    features: Matrix
    right: Mask


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression: (features,) weights, and the log-odds of a row of zeros."""

    weights: Matrix
    intercept: float

    def log_odds(self, rows: Matrix) -> Matrix:
        """(n,) for (n, features)."""
        return rows @ self.weights + self.intercept

    def probabilities(self, rows: Matrix) -> Matrix:
        """(n,) for (n, features), 0 to 1."""
        return np.exp(-np.logaddexp(0, -self.log_odds(rows)))


def fit_listings(
    listings: Sequence[Listing],
    *,
    start: Matrix | None = None,
    free: Mask | None = None,
    penalty: float = LISTING_PENALTY,
) -> Matrix:
    """(features,) weights that make the right alternatives probable: conditional logit (McFadden 1974).

    A listing with several right alternatives counts their probabilities together; one without any says
    nothing. The weights that are `free` (all of them) leave `start` (zero), held by the penalty on the
    squared difference; the others keep it.
    """
    usable = [listing for listing in listings if listing.right.any()]
    width = usable[0].features.shape[1]
    start = np.zeros(width) if start is None else start
    free = np.ones(width, dtype=bool) if free is None else free
    features = np.concatenate([listing.features for listing in usable])
    right = np.concatenate([listing.right for listing in usable]).astype(float)
    sizes = [len(listing.right) for listing in usable]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(sizes)), sizes)
    fixed_scores, free_features = features @ start, features[:, free]

    def loss(moved: Matrix) -> tuple[float, Matrix]:
        scores = fixed_scores + free_features @ moved
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        totals = np.add.reduceat(powers, starts)
        rights = np.add.reduceat(powers * right, starts)
        slope = (powers / totals[owner] - powers * right / rights[owner]) @ free_features / len(starts)
        value = -np.log(rights / totals).mean() + penalty * moved @ moved
        return float(value), slope + 2 * penalty * moved

    weights = start.astype(np.float64)
    weights[free] += _minimum(loss, int(free.sum()))
    return weights


def accuracy_at(k: int, listings: Sequence[Listing], weights: Matrix) -> float:
    """Share of the listings with a right alternative among the k best; equal scores keep their order."""
    return float(np.mean([_is_right_at(k, listing, weights) for listing in listings]))


def _is_right_at(k: int, listing: Listing, weights: Matrix) -> bool:
    best = np.argsort(-(listing.features @ weights), kind="stable")[:k]
    return bool(listing.right[best].any())


def fit_logistic(
    rows: Matrix,
    positive: Mask,
    *,
    deviations: Matrix,
    start: Logistic | None = None,
    penalty: float = LOGISTIC_PENALTY,
) -> Logistic:
    """Logistic regression of (n, features) rows, both classes of equal weight.

    The weights leave `start` (zero) held by the penalty on the squared difference, measured in `deviations`
    of the features, (features,); the intercept is free.
    """
    start = start or Logistic(np.zeros(rows.shape[1]), 0.0)
    signs = np.where(positive, 1.0, -1.0)
    class_sizes = np.where(positive, positive.sum(), (~positive).sum())
    shares = len(rows) / (2 * class_sizes)
    fixed_scores, scaled = start.log_odds(rows), rows / deviations

    def loss(moved: Matrix) -> tuple[float, Matrix]:
        margins = signs * (fixed_scores + scaled @ moved[1:] + moved[0])
        slopes = -shares * signs * np.exp(-np.logaddexp(0, margins))
        value = shares @ np.logaddexp(0, -margins) + penalty * moved[1:] @ moved[1:]
        gradient = np.concatenate(([slopes.sum()], scaled.T @ slopes + 2 * penalty * moved[1:]))
        return float(value / len(rows)), gradient / len(rows)

    intercept, *moved = _minimum(loss, rows.shape[1] + 1)
    return Logistic(start.weights + np.array(moved) / deviations, start.intercept + float(intercept))


def deviations_of(rows: Matrix) -> Matrix:
    """(features,) standard deviations; 1 for a feature that is constant there."""
    deviations: Matrix = rows.std(axis=0)
    return np.where(deviations < _SMALLEST_DEVIATION, 1.0, deviations)


def auroc(positive: Matrix, negative: Matrix) -> float:
    """Probability that a positive scores above a negative, equal ones counting half (Mann & Whitney 1947)."""
    ranks = rankdata(np.concatenate([positive, negative]))[: len(positive)]
    pairs = len(positive) * len(negative)
    return float((ranks.sum() - len(positive) * (len(positive) + 1) / 2) / pairs)


def folds(classes: Mask) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Positions to fit on and positions held out, FOLDS times; each class is dealt out evenly."""
    drawn = np.random.default_rng(SEED).permutation(len(classes))
    dealt = np.concatenate([drawn[classes[drawn]], drawn[~classes[drawn]]])
    for fold in range(FOLDS):
        held_out = dealt[fold::FOLDS]
        if len(held_out):
            yield np.setdiff1d(dealt, held_out), held_out


def _minimum(loss: object, width: int) -> Matrix:
    options = {"maxiter": 5000, "ftol": 1e-12, "gtol": 1e-7}
    found = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", options=options)
    return np.asarray(found.x, dtype=np.float64)
