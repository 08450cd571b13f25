"""Situations with graded documents, read from YAML strictly, and scored from the API's JSON."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Protocol

from evals import metrics
from evals.errors import Problem, QuestionFileError
from evals.questions import HALVES
from evals.scoring import Outcome, Result
from evals.target import Reply
from evals.yaml_fields import Fields, Value, read_entries

FIELDS = ("id", "situation", "half", "relevant")
SLICE, OFF_SUBJECT_SLICE = "situation", "situation hors sujet"
LIMIT = 5
HIGHLY_RELEVANT = 3  # the best grade


class RecommendingTarget(Protocol):
    """Recommends as `POST /api/recommend` does."""

    def recommend(self, situation: str, *, limit: int) -> Reply:
        """The body of the recommendation; raises TargetError when there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation and the grade, 1 to 3, of each relevant document; off subject when there is none."""

    id: str
    text: str
    half: str
    grades: Mapping[str, int]
    line: int


def load_situations(path: Path) -> tuple[Situation, ...]:
    """The situations of a file, in order.

    Raises:
        QuestionFileError: every wrong entry, with line and field.
    """
    found: dict[str, Situation] = {}
    for situation in read_entries(path, _read_situation):
        if situation.id in found:
            earlier = found[situation.id].line
            message = f"« {situation.id} » est déjà le nom de l'entrée de la ligne {earlier}."
            raise QuestionFileError(path.name, (Problem(situation.line, "id", message),))
        found[situation.id] = situation
    return tuple(found.values())


def run_situations(
    target: RecommendingTarget,
    situations: Sequence[Situation],
    *,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """What each situation got, in order."""
    outcomes = []
    for situation in situations:
        started = perf_counter()
        reply = target.recommend(situation.text, limit=LIMIT)
        outcomes.append(score_situation(situation, reply, seconds=perf_counter() - started))
        if progress:
            progress(len(outcomes), len(situations))
    return tuple(outcomes)


def score_situation(situation: Situation, reply: Reply, *, seconds: float) -> Outcome:
    """Every score of one situation; right when a grade-3 document is in the first three."""
    ranked = [found["document_id"] for found in reply["recommendations"]]
    scores = {"situation_milliseconds": seconds * 1000}
    result: Result
    if situation.grades:
        in_first_three = metrics.highly_relevant_in_first(3, ranked, situation.grades)
        scores |= {
            "situation_ndcg@5": metrics.graded_ndcg_at(5, ranked, situation.grades),
            "situation_recall@5": metrics.graded_recall_at(5, ranked, situation.grades),
            "situation_precision@1": metrics.precision_at_1(ranked, situation.grades),
            "situation_first_three": in_first_three,
        }
        result = "right" if in_first_three else "wrong" if ranked else "refused"
    else:
        scores["off_subject"] = metrics.off_subject_accuracy(ranked)
        result = "missed" if ranked else "caught"
    return Outcome(
        id=situation.id,
        question=situation.text,
        slice=SLICE if situation.grades else OFF_SUBJECT_SLICE,
        half=situation.half,
        kind="",
        result=result,
        answer=", ".join(ranked),
        pages=tuple(ranked),
        cited=(),
        scores=scores,
    )


def _read_situation(entry: Value) -> Situation:
    fields = Fields(entry, FIELDS)
    grades = {name: value.whole_number(low=1, high=3) for name, value in fields.required("relevant").pairs()}
    if grades and HIGHLY_RELEVANT not in grades.values():
        message = "au moins un document doit avoir la note 3 (ou aucun document : hors sujet)."
        raise fields.required("relevant").wrong(message)
    return Situation(
        id=fields.required("id").text(),
        text=fields.required("situation").text(),
        half=fields.required("half").choice(HALVES),
        grades=grades,
        line=entry.line,
    )
