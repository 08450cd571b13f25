"""Scores of many questions → the figures of the report, each with its 95 % interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from evals.bootstrap import (
    Interval,
    Statistic,
    bootstrap_interval,
    mean,
    median,
    percentile_95,
    value_of,
)
from evals.scoring import Outcome

Unit = Literal["rate", "score", "words", "ms"]
ALL = "ensemble"


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the report: the statistic of one or more scores over the questions that have them."""

    name: str
    label: str
    scores: tuple[str, ...]
    statistic: Statistic = mean
    unit: Unit = "rate"
    higher_is_better: bool = True

    def samples(self, outcomes: Sequence[Outcome]) -> list[list[float]]:
        """The values of each score; a score that no question has gives an empty sample."""
        return [
            [outcome.scores[score] for outcome in outcomes if score in outcome.scores]
            for score in self.scores
        ]

    def shown(self, value: float) -> str:
        """The value as a person reads it."""
        if self.unit == "rate":
            return f"{100 * value:.1f} %".replace(".", ",")
        if self.unit == "score":
            return f"{value:.3f}".replace(".", ",")
        return f"{value:.0f}" + (" ms" if self.unit == "ms" else "")


_lower = partial(Measure, higher_is_better=False)

MEASURES = (
    Measure("recall@1", "bonne page en 1re position", ("recall@1",)),
    Measure("recall@3", "bonne page dans les 3 premières", ("recall@3",)),
    Measure("recall@5", "bonne page dans les 5 premières", ("recall@5",)),
    Measure("recall@10", "bonne page dans les 10 premières", ("recall@10",)),
    Measure("mrr@10", "MRR@10", ("mrr@10",), unit="score"),
    Measure("ndcg@10", "nDCG@10", ("ndcg@10",), unit="score"),
    Measure("fact_accuracy", "réponses justes", ("right",)),
    _lower("wrong_answers", "réponses fausses", ("wrong",)),
    _lower("false_refusals", "refus à tort", ("refused",)),
    Measure("lead_precision", "début de réponse sans nombre faux", ("lead_precision",)),
    Measure("number_faithfulness", "nombres présents dans le passage cité", ("number_faithfulness",)),
    Measure("citation_exactness", "citations exactes", ("citation_exactness",)),
    Measure("citation_support", "citations qui portent le fait", ("citation_support",)),
    Measure("refusals_caught", "refus attendus obtenus", ("caught",)),
    Measure("balanced_accuracy", "exactitude équilibrée des refus", ("caught", "accepted")),
    Measure("conversation_accuracy", "conversations, dernier tour juste", ("last_turn_right",)),
    Measure("situation_ndcg@5", "situations, nDCG@5", ("situation_ndcg@5",), unit="score"),
    Measure("situation_recall@5", "situations, rappel à 5", ("situation_recall@5",)),
    Measure("situation_precision@1", "situations, 1er document utile", ("situation_precision@1",)),
    Measure("situation_first_three", "situations, un document de note 3 en tête", ("situation_first_three",)),
    Measure("off_subject", "situations hors sujet, aucun document", ("off_subject",)),
    _lower("words_median", "mots par réponse, médiane", ("words",), statistic=median, unit="words"),
    _lower("words_p95", "mots par réponse, 95e centile", ("words",), statistic=percentile_95, unit="words"),
    _lower("time_median", "temps par question, médiane", ("milliseconds",), statistic=median, unit="ms"),
    _lower(
        "time_p95", "temps par question, 95e centile", ("milliseconds",), statistic=percentile_95, unit="ms"
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure over one group of questions: all, a half, a slice or a kind of refusal; n values."""

    measure: Measure
    group: str
    n: int
    value: float
    interval: Interval


def figures(outcomes: Sequence[Outcome], measures: Sequence[Measure] = MEASURES) -> tuple[Figure, ...]:
    """Every measure over every group that has values for it."""
    return tuple(
        figure
        for name, members in groups(outcomes)
        for measure in measures
        if (figure := figure_of(measure, name, members)) is not None
    )


def figure_of(measure: Measure, group: str, outcomes: Sequence[Outcome]) -> Figure | None:
    """One measure over one group; None when a score has no value there."""
    samples = measure.samples(outcomes)
    if not all(samples):
        return None
    return Figure(
        measure=measure,
        group=group,
        n=sum(len(sample) for sample in samples),
        value=value_of(measure.statistic, *samples),
        interval=bootstrap_interval(measure.statistic, *samples),
    )


def groups(outcomes: Sequence[Outcome]) -> Iterator[tuple[str, list[Outcome]]]:
    """The groups of the report: all, each half, each slice, each kind of refusal."""
    yield ALL, list(outcomes)
    for half in dict.fromkeys(outcome.half for outcome in outcomes):
        yield half, [outcome for outcome in outcomes if outcome.half == half]
    for name in dict.fromkeys(outcome.slice for outcome in outcomes):
        yield f"tranche {name}", [outcome for outcome in outcomes if outcome.slice == name]
    for kind in dict.fromkeys(outcome.kind for outcome in outcomes if outcome.kind):
        yield f"refus {kind}", [outcome for outcome in outcomes if outcome.kind == kind]


def measure_named(name: str) -> Measure | None:
    """The measure of that name."""
    return next((measure for measure in MEASURES if measure.name == name), None)
