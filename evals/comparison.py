"""Two runs over the same questions: what was won, what was lost, and whether it is more than chance."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.bootstrap import Difference, paired_difference
from evals.figures import MEASURES, Measure
from evals.scoring import Outcome


@dataclass(frozen=True, slots=True)
class Change:
    """A question whose outcome or first page is no longer the same."""

    before: Outcome
    after: Outcome


@dataclass(frozen=True, slots=True)
class MeasureDifference:
    """A measure's paired difference, after minus before, over the n questions that have it in both runs."""

    measure: Measure
    n: int
    difference: Difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every question that changed, and every measure's paired difference."""

    won: tuple[Change, ...]
    lost: tuple[Change, ...]
    changed_page: tuple[Change, ...]  # neither won nor lost, but another page comes first
    added: tuple[str, ...]
    removed: tuple[str, ...]
    differences: tuple[MeasureDifference, ...]


def compare(before: Sequence[Outcome], after: Sequence[Outcome]) -> Comparison:
    """What changed from one run to the next; questions are matched by their id."""
    earlier = {outcome.id: outcome for outcome in before}
    changes = [Change(earlier[outcome.id], outcome) for outcome in after if outcome.id in earlier]
    same = [change for change in changes if change.before.is_correct == change.after.is_correct]
    present = {outcome.id for outcome in after}
    return Comparison(
        won=tuple(c for c in changes if c.after.is_correct and not c.before.is_correct),
        lost=tuple(c for c in changes if c.before.is_correct and not c.after.is_correct),
        changed_page=tuple(c for c in same if c.before.pages[:1] != c.after.pages[:1]),
        added=tuple(outcome.id for outcome in after if outcome.id not in earlier),
        removed=tuple(outcome.id for outcome in before if outcome.id not in present),
        differences=tuple(found for measure in MEASURES if (found := _difference(measure, changes))),
    )


def _difference(measure: Measure, changes: Sequence[Change]) -> MeasureDifference | None:
    before: list[list[float]] = []
    after: list[list[float]] = []
    for score in measure.scores:
        pairs = [
            (change.before.scores[score], change.after.scores[score])
            for change in changes
            if score in change.before.scores and score in change.after.scores
        ]
        if not pairs:
            return None
        before.append([pair[0] for pair in pairs])
        after.append([pair[1] for pair in pairs])
    difference = paired_difference(measure.statistic, before, after)
    return MeasureDifference(measure, sum(len(sample) for sample in before), difference)
