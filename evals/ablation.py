"""What each part is worth: the same questions with the parts switched off one at a time."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from evals.figures import ALL, Figure, figure_of, measure_named
from evals.metrics import PageReference
from evals.questions import Question
from evals.runner import run
from evals.tables import Table
from evals.target import Target

MEASURES = (
    "recall@1",
    "recall@5",
    "ndcg@10",
    "fact_accuracy",
    "refusals_caught",
    "false_refusals",
    "balanced_accuracy",
)

# The assistant without a part, until the block ends; None: whole.
OpenTarget = Callable[[str | None], AbstractContextManager[Target]]


@dataclass(frozen=True, slots=True)
class AblationRow:
    """The figures of the assistant without a part (None: whole)."""

    without: str | None
    figures: tuple[Figure | None, ...]  # one for each of MEASURES


def ablate(
    open_target: OpenTarget,
    questions: Sequence[Question],
    *,
    page_texts: Mapping[PageReference, str],
    parts: Sequence[str],
    progress: Callable[[str | None, int, int], None] | None = None,
) -> tuple[AblationRow, ...]:
    """One row for the whole assistant, then one without each part."""
    rows = []
    for part in (None, *parts):
        report = (lambda done, total, part=part: progress(part, done, total)) if progress else None
        with open_target(part) as target:
            outcomes = run(target, questions, page_texts=page_texts, progress=report)
        measures = [measure for name in MEASURES if (measure := measure_named(name))]
        rows.append(AblationRow(part, tuple(figure_of(measure, ALL, outcomes) for measure in measures)))
    return tuple(rows)


def ablation_table(rows: Sequence[AblationRow], *, labels: Mapping[str, str]) -> Table:
    """The rows as text, with the difference to the whole assistant beside each figure."""
    whole = rows[0].figures
    measures = [measure for name in MEASURES if (measure := measure_named(name))]
    columns = ("sans", *(measure.label for measure in measures))
    lines = tuple(
        (_label(row, labels), *(_cell(figure, base) for figure, base in zip(row.figures, whole, strict=True)))
        for row in rows
    )
    return Table("Parties retirées une à une", columns, lines)


def _label(row: AblationRow, labels: Mapping[str, str]) -> str:
    return "(rien : tout est là)" if row.without is None else labels[row.without]


def _cell(figure: Figure | None, base: Figure | None) -> str:
    if figure is None or base is None:
        return "–"
    shown = figure.measure.shown(figure.value)
    if figure is base:
        return shown
    change = figure.value - base.value
    return f"{shown} ({'−' if change < 0 else '+'}{figure.measure.shown(abs(change)).removesuffix(' %')})"
