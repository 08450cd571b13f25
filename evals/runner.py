"""Every question is asked for real, conversations turn by turn, and scored."""

from collections.abc import Callable, Mapping, Sequence
from time import perf_counter

from evals.metrics import PageReference
from evals.questions import Question
from evals.scoring import Outcome, score
from evals.target import Message, Target


def run(
    target: Target,
    questions: Sequence[Question],
    *,
    page_texts: Mapping[PageReference, str],
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Outcome, ...]:
    """What each question got, in order; `progress` is told (done, total) after each.

    Raises:
        TargetError: the target cannot be asked.
    """
    outcomes = []
    for question in questions:
        outcomes.append(_ask(target, question, page_texts))
        if progress:
            progress(len(outcomes), len(questions))
    return tuple(outcomes)


def _ask(target: Target, question: Question, page_texts: Mapping[PageReference, str]) -> Outcome:
    history: list[Message] = list(question.history)
    for earlier in question.previous:
        reply = target.ask(earlier, history=history)
        history += [("user", earlier), ("assistant", reply["answer"])]
    started = perf_counter()
    reply = target.ask(question.text, history=history)
    return score(question, reply, page_texts=page_texts, seconds=perf_counter() - started)
