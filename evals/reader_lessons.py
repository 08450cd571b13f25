"""What the reader is trained on: questions beside the stretches that the assistant would consider for them.

From the taught articles of PIAF's fitted half, asked as they are and with their paragraph, their article or
their subject withheld, and from the taught exercises.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from assistant.blocks import Block
from assistant.candidates import find_candidates
from assistant.choice import choose
from assistant.kinds import asked_kind
from assistant.reader import Stretch
from assistant.reading import different_blocks, stretch_of
from evals.fit import SEED
from evals.fit_exercises import SearchedExercises
from evals.fit_piaf import Searched, passages_of, turned
from evals.taught import is_taught_article, is_taught_exercise
from index.search import Searcher

CONSIDERED = 10  # stretches of a question, the likeliest
_WITHHELD_SHARES = {"paragraph": 0.4, "article": 0.15, "subject": 0.1}  # of PIAF's questions, asked again so
Answers = Collection[tuple[int, int]]  # passage and place of each sentence that answers


@dataclass(frozen=True, slots=True)
class Lesson:
    """A question with its stretches, likeliest first; those marked state the answer, none may."""

    question: str
    stretches: tuple[Stretch, ...]
    right: tuple[bool, ...]


def piaf_lessons(
    corpora: Sequence[Searched], choice: Mapping[str, float], *, step: Callable[[], None]
) -> list[Lesson]:
    """The lessons of the taught articles."""
    drawn = Random(SEED)
    lessons = []
    for here, elsewhere in zip(corpora, turned(corpora), strict=True):
        titles = {document.id: document.title for document in here.piaf.corpus.documents}
        for question in here.piaf.questions:
            step()
            if not is_taught_article(titles[question.article]):
                continue
            answers = [(question.passage, place) for place in question.sentences]
            lessons.append(_lesson(here.searcher, question.text, choice, answers))
            article = passages_of(here.searcher.index, question.article)
            withheld = {
                "paragraph": (here.searcher, [question.passage]),
                "article": (here.searcher, article),
                "subject": (elsewhere.searcher, []),
            }
            for name, (searcher, without) in withheld.items():
                if drawn.random() < _WITHHELD_SHARES[name]:
                    lessons.append(_lesson(searcher, question.text, choice, (), without=without))
    return [lesson for lesson in lessons if lesson.stretches]


def exercise_lessons(corpora: Iterable[SearchedExercises], choice: Mapping[str, float]) -> list[Lesson]:
    """The lessons of the taught exercises."""
    lessons = [
        _lesson(one.searcher, exercise.text, choice, exercise.answers)
        for one in corpora
        if is_taught_exercise(one.name)
        for exercise in one.exercises
    ]
    return [lesson for lesson in lessons if lesson.stretches]


def _lesson(
    searcher: Searcher,
    text: str,
    choice: Mapping[str, float],
    answers: Answers,
    *,
    without: Collection[int] = (),
) -> Lesson:
    """A right stretch that the assistant does not consider is put in front."""
    index = searcher.index
    ranking = searcher.rank(searcher.read(text), without=without)
    kind = asked_kind(ranking.query.text)
    choices = choose(find_candidates(index, ranking, kind), kind, weights=choice)
    blocks = different_blocks(choices, CONSIDERED)
    right = [
        any(block.holds(index.passages[passage], place) for passage, place in answers) for block in blocks
    ]
    if answers and not any(right):
        passage, place = min(answers)
        blocks.insert(0, Block(index.passages[passage], place, place + 1, is_list=False))
        right.insert(0, True)
    stretches = tuple(stretch_of(index, block) for block in blocks)
    return Lesson(ranking.query.text, stretches, tuple(right))
