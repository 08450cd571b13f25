"""Which candidate sentence answers the question: a linear model over what is measured of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.candidates import FEATURES, VALUE_KINDS, Candidate, feature_rows
from assistant.expectation import Kind


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate with its score and the probability that it is the one, among the candidates."""

    candidate: Candidate
    score: float
    probability: float


# Share of the best one's probability from which what offers the value that is asked goes before it. A phone
# number or an address is so rare a thing in a text that it goes first however improbable.
OFFERING = dict.fromkeys(VALUE_KINDS, 0.15) | {Kind.CONTACT: 0.0}


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


def offering_first(choices: Sequence[Choice], kind: Kind) -> list[Choice]:
    """The choices as they are shown: where a value is asked, the likeliest that offers one goes in front."""
    if not choices or kind not in VALUE_KINDS:
        return list(choices)
    allowed = OFFERING[kind] * choices[0].probability
    first = next(
        (one for one in choices if one.candidate.offers_expected and one.probability >= allowed), choices[0]
    )
    return [first, *(one for one in choices if one is not first)]
