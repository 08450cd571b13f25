"""Several scorings of the same passages → one: standardised scores, weighted and added."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def fuse(scorings: Mapping[str, Scores], *, weights: Mapping[str, float], allowed: NDArray[np.bool_]) -> Scores:
    """(n,) weighted sum of standardised scores; passages that are not allowed get -inf.

    Standardised: less the mean, by the standard deviation, over the allowed passages (Lee 1995, « Combining
    multiple evidence from different properties of weighting schemes », as z-score in ranx).
    """
    total = np.zeros(len(allowed), dtype=np.float32)
    for name, scores in scorings.items():
        total += np.float32(weights[name]) * standardised(scores, allowed)
    return np.where(allowed, total, -np.inf).astype(np.float32)


def standardised(scores: Scores, allowed: NDArray[np.bool_]) -> Scores:
    """(n,) scores with mean 0 and deviation 1 over the allowed passages; all 0 where they are all equal."""
    among = scores[allowed]
    deviation = float(among.std()) if len(among) else 0.0
    if deviation < 1e-6:
        return np.zeros_like(scores)
    return ((scores - among.mean()) / deviation).astype(np.float32)
