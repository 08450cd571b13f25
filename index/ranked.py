"""Positions with their scores, best first."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Ranked(NamedTuple):
    """`positions` (k,) int64 in the order of `scores` (k,) float32, best first."""

    positions: NDArray[np.int64]
    scores: NDArray[np.float32]


def best(scores: NDArray[np.float32], k: int, *, above: float = -np.inf) -> Ranked:
    """The k best positions whose score is above a bound; equal scores keep the positions' order."""
    order = np.argsort(-scores, kind="stable")[: max(k, 0)]
    order = order[scores[order] > above]
    return Ranked(order.astype(np.int64), scores[order])
