"""The fitted numbers of the answer step, as `cokit fit` wrote them with the figures they reached."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Weights by feature name; `intercept` and `threshold` belong to the answerability model.

    `reading` is what a unit of the reader's log-odds adds to the score of a choice.
    """

    choice: Mapping[str, float]
    reading: float
    answerability: Mapping[str, float]
    intercept: float
    threshold: float


@lru_cache(maxsize=1)
def coefficients() -> Coefficients:
    """The coefficients of `coefficients.json`."""
    content = json.loads(files("assistant").joinpath("coefficients.json").read_text(encoding="utf-8"))
    answerability = content["answerability"]
    return Coefficients(
        choice=content["choice"],
        reading=content["reading"],
        answerability=answerability["weights"],
        intercept=answerability["intercept"],
        threshold=answerability["threshold"],
    )
