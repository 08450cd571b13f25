"""The committed coefficients fit the features that the code measures."""

import math

from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.coefficients import coefficients


def test_every_feature_has_a_weight_and_every_weight_its_feature() -> None:
    fitted = coefficients()

    assert set(fitted.choice) == set(CHOICE_FEATURES)
    assert set(fitted.answerability) == set(ANSWERABILITY_FEATURES)


def test_the_coefficients_can_refuse_and_can_answer() -> None:
    fitted = coefficients()

    assert 0 < fitted.threshold < 1
    assert any(fitted.answerability.values())
    assert fitted.reading >= 0
    assert all(
        math.isfinite(number)
        for number in (*fitted.choice.values(), *fitted.answerability.values(), fitted.intercept)
    )
