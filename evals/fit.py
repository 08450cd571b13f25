"""The mathematics of `cokit fit`: which weights make right alternatives probable, and questions answerable.

A small set of one's own corrects a large one of strangers only where it has something to say: the weights of
the choice start from the strangers' and are held there (ridge on the difference), answerability is learned
from both sets together.
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
LISTING_PENALTY = 1e-4  # of the squared weights: they stay small where the data is silent
LOGISTIC_PENALTY = 1e-3
_ALLOWED = {1.0: (0.0, np.inf), 0.0: (-np.inf, np.inf), -1.0: (-np.inf, 0.0)}  # weights of a sign
_SMALLEST_DEVIATION = 1e-3  # below it a feature is as good as constant


@dataclass(frozen=True, slots=True)
class Listing:
    """Alternatives with their features, of which those marked are right: (n, features), (n,) bool."""

    features: Matrix
    right: Mask


@dataclass(frozen=True, slots=True)
class Labelled:
    """Rows of two classes: (n, features), (n,) bool."""

    rows: Matrix
    positive: Mask


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
    signs: Matrix | None = None,
    penalty: float = LISTING_PENALTY,
) -> Matrix:
    """(features,) weights that make the right alternatives probable: conditional logit (McFadden 1974).

    A listing with several right alternatives counts their probabilities together; one without any says
    nothing. The weights that are `free` (all of them) leave `start` (zero), held by the penalty on the
    squared difference; the others keep it. Where `signs` (features,) is 1 a weight is never negative, where
    it is -1 never positive.
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
    bounds = None
    if signs is not None:
        allowed = [_ALLOWED[sign] for sign in np.sign(signs[free])]
        bounds = [(low - at, high - at) for (low, high), at in zip(allowed, start[free], strict=True)]
    weights[free] += _minimum(loss, int(free.sum()), bounds)
    return weights


def accuracy_at(k: int, listings: Sequence[Listing], weights: Matrix) -> float:
    """Share of the listings with a right alternative among the k best; equal scores keep their order."""
    return float(np.mean([_is_right_at(k, listing, weights) for listing in listings]))


def _is_right_at(k: int, listing: Listing, weights: Matrix) -> bool:
    best = np.argsort(-(listing.features @ weights), kind="stable")[:k]
    return bool(listing.right[best].any())


def fit_logistic(*sets: Labelled, signs: Matrix | None = None, penalty: float = LOGISTIC_PENALTY) -> Logistic:
    """Logistic regression of one or more sets of rows; the intercept returned is that of the first set.

    The weights are common, each set has its own intercept; the sets weigh alike, and in each of them both
    classes. A set of a single class says nothing. The penalty is on the squared weights, measured in the
    features' deviations over all the rows. Where `signs` (features,) is 1 a weight is never negative, where
    it is -1 never positive: what can only speak for an answer must not come to speak against.
    """
    usable = [labelled for labelled in sets if labelled.positive.any() and not labelled.positive.all()]
    rows = np.concatenate([labelled.rows for labelled in usable])
    labels = np.concatenate([np.where(labelled.positive, 1.0, -1.0) for labelled in usable])
    shares = np.concatenate([_shares(labelled.positive) for labelled in usable])
    owner = np.repeat(np.arange(len(usable)), [len(labelled.rows) for labelled in usable])
    deviations = deviations_of(rows)
    scaled = rows / deviations

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        intercepts, slopes = weights[: len(usable)], weights[len(usable) :]
        margins = labels * (scaled @ slopes + intercepts[owner])
        pulls = -shares * labels * np.exp(-np.logaddexp(0, margins))
        value = shares @ np.logaddexp(0, -margins) + penalty * slopes @ slopes
        gradient = (np.bincount(owner, pulls), scaled.T @ pulls + 2 * penalty * slopes)
        return float(value), np.concatenate(gradient)

    free = [(-np.inf, np.inf)] * len(usable)
    bounds = None if signs is None else [*free, *(_ALLOWED[sign] for sign in np.sign(signs))]
    found = _minimum(loss, len(usable) + rows.shape[1], bounds)
    return Logistic(found[len(usable) :] / deviations, float(found[0]))


def _shares(positive: Mask) -> Matrix:
    """(n,) what each row of a set counts: half of the set is for each class."""
    class_sizes = np.where(positive, positive.sum(), (~positive).sum())
    return np.asarray(0.5 / class_sizes, dtype=np.float64)


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


def _minimum(loss: object, width: int, bounds: list[tuple[float, float]] | None = None) -> Matrix:
    options = {"maxiter": 5000, "ftol": 1e-12, "gtol": 1e-7}
    found = minimize(loss, np.zeros(width), jac=True, method="L-BFGS-B", bounds=bounds, options=options)
    return np.asarray(found.x, dtype=np.float64)
