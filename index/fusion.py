"""Scores that are made comparable before they are added."""

import numpy as np
from numpy.typing import NDArray


def standardised(scores: NDArray[np.float32], allowed: NDArray[np.bool_]) -> NDArray[np.float32]:
    """(n,) scores with mean 0 and deviation 1 over the allowed passages; all 0 where they are all equal.

    The z-score of ranx; Lee, « Combining multiple evidence from different properties of weighting schemes »
    (SIGIR 1995).
    """
    among = scores[allowed]
    deviation = float(among.std()) if len(among) else 0.0
    if deviation < 1e-6:
        return np.zeros_like(scores)
    z_scores: NDArray[np.float32] = ((scores - among.mean()) / deviation).astype(np.float32)
    return z_scores
