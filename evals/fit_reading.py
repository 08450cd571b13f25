"""How much the reader's word moves the choice of the sentence."""

from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import find_candidates
from assistant.choice import Choice, choose
from assistant.kinds import asked_kind
from assistant.reader import Stretch
from assistant.reading import READ, Reading, first_of_blocks, stretch_of
from evals.fit import LISTING_PENALTY, Listing, Matrix
from evals.fit_exercises import SearchedExercises
from evals.fit_own import asked, is_right, refit
from evals.fit_piaf import Judging, Searched, Step
from evals.questions import Question
from index.search import Ranking, Searcher

_ONLY_READING = np.array([False, True])  # of the two features: the score of the choice, and what is said
_START = np.array([1.0, 0.0])


class RememberedReadings:
    """A reader that reads each question and its stretches once: a fit asks for them twice."""

    def __init__(self, reader: Reading) -> None:
        self._reader = reader
        self._said: dict[tuple[str, tuple[Stretch, ...]], NDArray[np.float32]] = {}

    def log_odds(self, question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        """(n,) of n stretches."""
        key = question, tuple(stretches)
        if key not in self._said:
            self._said[key] = self._reader.log_odds(question, stretches)
        return self._said[key]


def read_listings(corpora: Iterable[Searched], judging: Judging, *, step: Step) -> list[Listing]:
    """For each question of PIAF the blocks that are read; right are those that hold the answer's span."""
    listings = []
    for one in corpora:
        for question in one.piaf.questions:
            answers = [(question.passage, place) for place in question.sentences]
            listings.append(_listing(one.searcher, question.text, answers, judging))
            step()
    return listings


def read_exercises(corpora: Iterable[SearchedExercises], judging: Judging) -> list[Listing]:
    """The same for each answered exercise."""
    return [
        _listing(one.searcher, exercise.text, exercise.answers, judging)
        for one in corpora
        for exercise in one.exercises
        if exercise.answers
    ]


def read_questions(searcher: Searcher, questions: Iterable[Question], judging: Judging) -> list[Listing]:
    """The same for our questions; right is what says all the facts from a right page."""
    listings = []
    for question in questions:
        ranking, _ = asked(searcher, question)
        first = _first(searcher, ranking, judging)
        right = [is_right(choice.candidate, question) for choice in first]
        listings.append(_listing_of(searcher, ranking, first, right, judging))
    return listings


def fit_reading(listings: Sequence[Listing]) -> Matrix:
    """(2,) weights of a choice's score, which stays 1, and of the log-odds of its block, never negative."""
    return refit(listings, start=_START, free=_ONLY_READING, signs=np.ones(2), penalty=LISTING_PENALTY)


def _listing(
    searcher: Searcher, text: str, answers: Collection[tuple[int, int]], judging: Judging
) -> Listing:
    ranking = searcher.rank(searcher.read(text))
    passages = searcher.index.passages
    first = _first(searcher, ranking, judging)
    right = [
        any(choice.candidate.block.holds(passages[passage], place) for passage, place in answers)
        for choice in first
    ]
    return _listing_of(searcher, ranking, first, right, judging)


def _first(searcher: Searcher, ranking: Ranking, judging: Judging) -> list[Choice]:
    kind = asked_kind(ranking.query.text)
    choices = choose(find_candidates(searcher.index, ranking, kind), kind, weights=judging.choice)
    return first_of_blocks(choices, READ)


def _listing_of(
    searcher: Searcher, ranking: Ranking, first: Sequence[Choice], right: Sequence[bool], judging: Judging
) -> Listing:
    stretches = [stretch_of(searcher.index, choice.candidate.block) for choice in first]
    said = judging.reader.log_odds(ranking.query.text, stretches)
    scores = np.array([choice.score for choice in first])
    return Listing(np.stack([scores, said.astype(float)], axis=1), np.array(right, dtype=bool))
