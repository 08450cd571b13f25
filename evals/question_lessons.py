"""What the question encoder is trained on: the taught exercises beside all passages of their corpus."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.fit_exercises import SearchedExercises
from evals.taught import is_taught_exercise
from index.opened import StoredIndex
from index.search import EMBEDDED_CHARACTERS

FIXED = ("words", "terms")  # the scorings that no vector has a part in


@dataclass(frozen=True, slots=True)
class QuestionLesson:
    """A question that its corpus answers: which of its n passages and m sentences do.

    `by_words` (n,) is what the words alone give each passage in the fused score.
    """

    question: str
    by_words: NDArray[np.float32]
    passages: frozenset[int]
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class TaughtCorpus:
    """The vectors of a corpus, which stay as they are, and its lessons.

    `passages` (n, d) and `sentences` (m, d) are centred unit rows; sentence m is of passage `owner[m]`;
    `centre` (d,) is that of its questions.
    """

    passages: NDArray[np.float32]
    sentences: NDArray[np.float32]
    owner: NDArray[np.int64]
    centre: NDArray[np.float32]
    lessons: tuple[QuestionLesson, ...]


def question_lessons(corpora: Iterable[SearchedExercises], fusion: Mapping[str, float]) -> list[TaughtCorpus]:
    """The corpora of the taught exercises that have lessons; `fusion` are the weights of the scorings."""
    taught = []
    for one in corpora:
        if not is_taught_exercise(one.name):
            continue
        lessons = []
        index = one.searcher.index
        for exercise in one.exercises:
            query = one.searcher.read(exercise.text)
            if not exercise.answers or not query.terms:
                continue
            scorings = one.searcher.rank(query).scorings
            lessons.append(
                QuestionLesson(
                    query.text[-EMBEDDED_CHARACTERS:],
                    np.sum([np.float32(fusion[name]) * scorings[name] for name in FIXED], axis=0),
                    frozenset(passage for passage, _ in exercise.answers),
                    frozenset(int(index.sentence_starts[p]) + place for p, place in exercise.answers),
                )
            )
        if lessons:
            taught.append(_taught(index, tuple(lessons)))
    return taught


def _taught(index: StoredIndex, lessons: tuple[QuestionLesson, ...]) -> TaughtCorpus:
    return TaughtCorpus(
        passages=index.passage_vectors.rows(np.arange(len(index.passage_vectors))),
        sentences=index.sentence_vectors.rows(np.arange(len(index.sentence_vectors))),
        owner=index.sentence_owner,
        centre=index.question_centre,
        lessons=lessons,
    )
