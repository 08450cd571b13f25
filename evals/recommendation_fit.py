"""Fits the recommender on the development half of the situations, and checks it on the test half.

The score is a listwise softmax regression (ListNet: Cao et al., ICML 2007; target 2^grade − 1) drawn towards
equal weights, the refusal a logistic regression. Of the test half only the averages are ever shown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from pathlib import Path
from statistics import mean

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.recommend import Fitted, combined_scores
from assistant.relevance import Relevance, Signals
from assistant.relevance import Situation as ReadSituation
from assistant.subject import FEATURES, SubjectModel, subject_features
from evals.metrics import graded_ndcg_at, highly_relevant_in_first
from evals.situations import Situation

EQUAL_WEIGHT = 0.2  # what the weights are drawn towards
WEIGHT_PENALTY = 0.1
STEPS, STEP_SIZE, MOMENTUM = 400, 0.03, 0.9
COMPANION_SHARES = (0.0, 0.15, 0.3, 0.45)
REFUSAL_PENALTY = 0.3  # scikit-learn's C: the smaller, the more cautious

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Observed:
    """One situation with what the recommender reads of it."""

    situation: Situation
    signals: Signals
    features: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figures:
    """Averages over one half."""

    ndcg_at_5: float
    first_three: float
    off_subject: float
    on_subject: float  # share of the kit's own situations that are not refused


def observe(relevance: Relevance, situations: Sequence[Situation]) -> list[Observed]:
    """Signals and features of every situation."""
    observed = []
    for situation in situations:
        read = ReadSituation.of(situation.text)
        signals = relevance.signals(read)
        observed.append(Observed(situation, signals, subject_features(relevance, read, signals)))
    return observed


def fit(relevance: Relevance, observed: Sequence[Observed]) -> Fitted:
    """The coefficients that suit the given situations (development half only)."""
    graded = [item for item in observed if item.situation.grades]
    weights = _fit_weights(relevance, graded)
    companions = max(
        COMPANION_SHARES,
        key=lambda share: mean(
            _ndcg(relevance, item, Fitted(weights, share, _no_refusal())) for item in graded
        ),
    )
    return Fitted(weights, companions, _fit_subject(observed))


def measure(relevance: Relevance, observed: Sequence[Observed], fitted: Fitted) -> Figures:
    """The averages that the gates look at; ranking is measured whatever the refusal says."""
    graded = [item for item in observed if item.situation.grades]
    others = [item for item in observed if not item.situation.grades]
    return Figures(
        ndcg_at_5=mean(_ndcg(relevance, item, fitted) for item in graded),
        first_three=mean(_first_three(relevance, item, fitted) for item in graded),
        off_subject=mean(not fitted.subject.accepts(item.features) for item in others),
        on_subject=mean(fitted.subject.accepts(item.features) for item in graded),
    )


def ranked(relevance: Relevance, item: Observed, fitted: Fitted) -> list[str]:
    """Ids of all documents, best first."""
    scores = combined_scores(relevance, item.signals, fitted)
    return [relevance.entries[position].id for position in np.argsort(-scores, kind="stable")]


def write(fitted: Fitted, path: Path, *, development: Figures, test: Figures) -> None:
    """Write the coefficients with the figures that they reached."""
    content = {
        "measured": {"development": _rounded(asdict(development)), "test": _rounded(asdict(test))},
        "weights": _rounded(fitted.weights),
        "companions": fitted.companions,
        "subject": {
            "intercept": round(fitted.subject.intercept, 4),
            "weights": _rounded(fitted.subject.weights),
            "threshold": round(fitted.subject.threshold, 4),
        },
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _fit_weights(relevance: Relevance, graded: Sequence[Observed]) -> dict[str, float]:
    names = list(graded[0].signals.values)
    matrices = [np.stack([item.signals.values[name] for name in names], axis=1) for item in graded]
    targets = [_target(relevance, item.situation.grades) for item in graded]
    weights: Floats = np.full(len(names), EQUAL_WEIGHT)
    velocity: Floats = np.zeros(len(names))
    for _ in range(STEPS):
        gradient = 2 * WEIGHT_PENALTY * (weights - EQUAL_WEIGHT)
        for matrix, target in zip(matrices, targets, strict=True):
            gradient = gradient + matrix.T @ (_softmax(matrix @ weights) - target) / len(graded)
        velocity = MOMENTUM * velocity + gradient
        weights = weights - STEP_SIZE * velocity
    return dict(zip(names, weights.tolist(), strict=True))


def _fit_subject(observed: Sequence[Observed]) -> SubjectModel:
    rows = [[item.features[name] for name in FEATURES] for item in observed]
    labels = [bool(item.situation.grades) for item in observed]
    model = LogisticRegression(C=REFUSAL_PENALTY, class_weight="balanced", max_iter=2_000)
    model.fit(rows, labels)
    weights = dict(zip(FEATURES, model.coef_[0].tolist(), strict=True))
    subject = SubjectModel(intercept=float(model.intercept_[0]), weights=weights, threshold=0.5)
    scored = [(subject.probability(item.features), bool(item.situation.grades)) for item in observed]
    return replace(subject, threshold=_best_threshold(scored))


def _best_threshold(scored: Sequence[tuple[float, bool]]) -> float:
    """The middle of the gap between two probabilities where most situations are judged rightly."""
    probabilities = sorted({probability for probability, _ in scored})
    gaps = [(low + high) / 2 for low, high in pairwise(probabilities)]
    return max(gaps, key=lambda gap: sum((probability >= gap) == label for probability, label in scored))


def _no_refusal() -> SubjectModel:
    return SubjectModel(intercept=0.0, weights={}, threshold=0.0)


def _ndcg(relevance: Relevance, item: Observed, fitted: Fitted) -> float:
    return graded_ndcg_at(5, ranked(relevance, item, fitted), item.situation.grades)


def _first_three(relevance: Relevance, item: Observed, fitted: Fitted) -> float:
    return highly_relevant_in_first(3, ranked(relevance, item, fitted), item.situation.grades)


def _target(relevance: Relevance, grades: Mapping[str, int]) -> Floats:
    gains = np.array([2 ** grades.get(entry.id, 0) - 1 for entry in relevance.entries], dtype=float)
    return np.asarray(gains / gains.sum())


def _softmax(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
