"""The answerability model learned from sets of rows, each weight with the sign that its feature may have."""

import numpy as np

from assistant import answerability
from evals.fit import Labelled, Logistic, fit_logistic

_SIGNS = np.array([answerability.SIGNS[name] for name in answerability.FEATURES], dtype=np.float64)


def fit_answerability(*sets: Labelled) -> Logistic:
    """Rows of `assistant.answerability`; positive are those that are to be answered."""
    return fit_logistic(*sets, signs=_SIGNS)
