"""Figures over groups of questions, computed by hand."""

from collections.abc import Callable

import pytest

from evals.figures import MEASURES, figures, measure_named
from evals.scoring import Outcome


@pytest.fixture
def outcomes(make_outcome: Callable[..., Outcome]) -> list[Outcome]:
    return [
        make_outcome("a", "right", words=10),
        make_outcome("b", "right", half="development", words=30),
        make_outcome("c", "wrong", words=20),
        make_outcome("d", "refused"),
        make_outcome("e", "caught", slice_name="refus", kind="voisin"),
        make_outcome("f", "missed", slice_name="refus", kind="voisin"),
    ]


def value(outcomes: list[Outcome], name: str, group: str = "ensemble") -> float:
    return next(f.value for f in figures(outcomes) if (f.measure.name, f.group) == (name, group))


def test_right_wrong_and_refused_add_up(outcomes: list[Outcome]) -> None:
    rates = [value(outcomes, name) for name in ("fact_accuracy", "wrong_answers", "false_refusals")]
    assert rates == [0.5, 0.25, 0.25]


def test_a_half_and_a_slice_have_their_own_figures(outcomes: list[Outcome]) -> None:
    assert value(outcomes, "fact_accuracy", "test") == pytest.approx(1 / 3)
    assert value(outcomes, "fact_accuracy", "development") == 1
    assert value(outcomes, "refusals_caught", "tranche refus") == 0.5
    assert value(outcomes, "refusals_caught", "refus voisin") == 0.5


def test_balanced_accuracy_weighs_both_classes_the_same(outcomes: list[Outcome]) -> None:
    assert value(outcomes, "balanced_accuracy") == (0.5 + 0.75) / 2


def test_answer_lengths_are_a_median_and_a_percentile(outcomes: list[Outcome]) -> None:
    assert value(outcomes, "words_median") == 20
    assert value(outcomes, "words_p95") == pytest.approx(29)


def test_a_measure_without_values_in_a_group_is_left_out(outcomes: list[Outcome]) -> None:
    assert not [
        f for f in figures(outcomes) if f.group == "tranche refus" and f.measure.name == "fact_accuracy"
    ]


def test_every_figure_lies_in_its_interval(outcomes: list[Outcome]) -> None:
    for figure in figures(outcomes):
        assert figure.interval.low <= figure.value <= figure.interval.high


@pytest.mark.parametrize(
    ("name", "number", "shown"),
    [
        ("recall@5", 0.956, "95,6 %"),
        ("mrr@10", 0.8, "0,800"),
        ("words_p95", 99.6, "100"),
        ("time_p95", 41.2, "41 ms"),
    ],
)
def test_a_value_is_shown_in_its_unit(name: str, number: float, shown: str) -> None:
    measure = measure_named(name)
    assert measure is not None
    assert measure.shown(number) == shown


def test_every_measure_has_a_name_and_a_label_of_its_own() -> None:
    assert len({measure.name for measure in MEASURES}) == len({m.label for m in MEASURES}) == len(MEASURES)
