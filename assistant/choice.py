"""Which candidate sentence answers the question: a linear model over what is measured of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.candidates import FEATURES, Candidate, feature_rows
from assistant.expectation import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its score and the probability that it is the one, among the candidates."""

    candidate: Candidate
    score: float
    probability: float


def choose(candidates: Sequence[Candidate], kind: Kind, *, weights: Mapping[str, float]) -> list[Choice]:
    """Every candidate, most probable first; the probabilities add up to 1."""
    if not candidates:
        return []
    scores = feature_rows(candidates, kind) @ np.array([weights[name] for name in FEATURES])
    probabilities = np.exp(scores - scores.max())
    probabilities /= probabilities.sum()
    return [
        Choice(candidates[position], float(scores[position]), float(probabilities[position]))
        for position in np.argsort(-scores, kind="stable")
    ]
