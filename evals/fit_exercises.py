"""What the exercises say of the choice of the sentence, and of answerability."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Turn
from assistant.answerability import FEATURES
from assistant.blocks import Block
from assistant.candidates import feature_rows, find_candidates
from assistant.conversation import standalone
from assistant.kinds import asked_kind
from assistant.outside import OutsideMatters
from evals.exercises import Exercise, ExerciseCorpus
from evals.fit import Labelled, Listing, Matrix
from evals.fit_piaf import Judging, answerability_row
from index.lexicon import Lexicon
from index.search import Searcher


@dataclass(frozen=True, slots=True)
class AskedExercise:
    """An exercise as it is searched: a follow-up with what it leans on."""

    text: str
    answers: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class SearchedExercises:
    """A corpus of exercises with what searches it."""

    name: str
    exercises: Sequence[AskedExercise]
    searcher: Searcher
    outside: OutsideMatters


def searched_exercises(
    corpora: Sequence[ExerciseCorpus], searchers: Sequence[Searcher]
) -> list[SearchedExercises]:
    """Each corpus with its searcher."""
    return [
        SearchedExercises(
            one.name,
            [_asked(exercise, searcher.lexicon) for exercise in one.exercises],
            searcher,
            OutsideMatters(searcher),
        )
        for one, searcher in zip(corpora, searchers, strict=True)
    ]


def _asked(exercise: Exercise, lexicon: Lexicon) -> AskedExercise:
    history = [Turn("user", exercise.before)] if exercise.before else []
    return AskedExercise(standalone(exercise.question, history, lexicon), exercise.answers)


def exercise_listings(corpora: Sequence[SearchedExercises]) -> list[Listing]:
    """For each answered exercise its candidates; right are those whose block holds all that is to be said."""
    listings = []
    for one in corpora:
        index = one.searcher.index
        for exercise in (asked for asked in one.exercises if asked.answers):
            ranking = one.searcher.rank(one.searcher.read(exercise.text))
            kind = asked_kind(ranking.query.text)
            candidates = find_candidates(index, ranking, kind)
            if not candidates:
                continue
            places: dict[str, list[int]] = {}
            for passage, place in exercise.answers:
                places.setdefault(index.passages[passage].id, []).append(place)
            right = [_holds(candidate.block, places) for candidate in candidates]
            listings.append(Listing(feature_rows(candidates, kind), np.array(right)))
    return listings


def _holds(block: Block, places: Mapping[str, Sequence[int]]) -> bool:
    return block.passage.id in places and all(
        block.holds(block.passage, place) for place in places[block.passage.id]
    )


def exercise_rows(corpora: Sequence[SearchedExercises], judging: Judging) -> Labelled:
    """The answerability rows of the exercises that reach the model; positive are those with an answer."""
    rows: list[Matrix] = []
    answered = []
    for one in corpora:
        for exercise in one.exercises:
            row = answerability_row(one, exercise.text, without=(), judging=judging)
            if row is not None:
                rows.append(row)
                answered.append(bool(exercise.answers))
    return Labelled(np.array(rows).reshape(-1, len(FEATURES)), np.array(answered, dtype=bool))
