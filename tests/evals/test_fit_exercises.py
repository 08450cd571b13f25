"""What two exercises teach, on an index of two passages searched with the real engine and read for real."""

import json

import numpy as np
import pytest

from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.outside import OutsideMatters
from assistant.reader import Reader
from evals.exercises import read_exercises
from evals.fit_exercises import (
    SearchedExercises,
    exercise_listings,
    exercise_rows,
    searched_exercises,
)
from evals.fit_piaf import Judging, open_corpora
from evals.reader_lessons import exercise_lessons
from evals.taught import HELD_OUT_EXERCISES
from index.embeddings import E5Embedder
from index.lexicon import Lexicon
from index.search import SCORINGS, Searcher

DOCUMENT = {
    "title": "La crèche des Tilleuls",
    "passages": [
        {
            "headings": ["Les places"],
            "sentences": ["La crèche compte 24 berceaux.", "Elle a ouvert en 2009."],
        },
        {"headings": ["Les repas"], "sentences": ["Les repas sont livrés par la cuisine centrale."]},
    ],
    "questions": [
        {"q": "Combien de berceaux compte la crèche ?", "at": [[0, 0]], "slice": "number"},
        {"q": "Qui livre les repas de la crèche ?", "at": [[1, 0]], "slice": "who"},
        {"q": "Combien coûtent les repas de la crèche ?", "at": [], "slice": "neighbour"},
        {"q": "et alors ?", "at": [], "slice": "far"},
        {
            "before": "Qui livre les repas de la crèche ?",
            "q": "Elle a ouvert quand ?",
            "at": [[0, 1]],
            "slice": "follow-up",
        },
    ],
}
CHOICE = {name: float(name in ("covered", "similarity")) for name in CHOICE_FEATURES}


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> SearchedExercises:
    folder = tmp_path_factory.mktemp("exercises")
    (folder / "creche.jsonl").write_text(json.dumps(DOCUMENT), encoding="utf-8")
    corpora = read_exercises(folder)
    engine = E5Embedder(threads=2)
    indexes = open_corpora(
        {one.name: one.corpus for one in corpora}, data_dir=folder, embedder=engine, progress=lambda *_: None
    )
    weights = dict.fromkeys(SCORINGS, 1.0)
    [found] = searched_exercises(
        corpora, [Searcher(one, engine, Lexicon(), weights=weights) for one in indexes]
    )
    return found


@pytest.fixture(scope="module")
def judging() -> Judging:
    return Judging(Reader(threads=2), CHOICE)


def test_what_reaches_the_model_has_a_row(searched: SearchedExercises, judging: Judging) -> None:
    labelled = exercise_rows([searched], judging)

    assert labelled.rows.shape == (4, len(ANSWERABILITY_FEATURES))  # « et alors » has no term
    assert labelled.positive.tolist() == [True, True, False, True]
    read = labelled.rows[:, ANSWERABILITY_FEATURES.index("read_best")]
    assert len(np.unique(read)) == 4


def test_a_sentence_is_right_when_what_is_shown_with_it_holds_the_answer(
    searched: SearchedExercises,
) -> None:
    listings = exercise_listings([searched])

    assert len(listings) == sum(bool(one.answers) for one in searched.exercises)
    for listing, exercise in zip(listings, (one for one in searched.exercises if one.answers), strict=True):
        assert listing.features.shape == (len(listing.right), len(CHOICE_FEATURES))
        assert 0 < listing.right.sum() < len(listing.right), exercise.text


def test_a_lesson_shows_the_stretches_that_are_considered(searched: SearchedExercises) -> None:
    lessons = exercise_lessons([searched], CHOICE)

    assert [any(lesson.right) for lesson in lessons[:3]] == [True, True, False]
    assert {stretch.heading for stretch in lessons[0].stretches} <= {"Les places", "Les repas"}
    right = lessons[0].stretches[lessons[0].right.index(True)]
    assert "24 berceaux" in right.text


def test_what_is_held_out_gives_no_lesson(searched: SearchedExercises) -> None:
    held_out = SearchedExercises(
        min(HELD_OUT_EXERCISES), searched.exercises, searched.searcher, OutsideMatters(searched.searcher)
    )
    assert exercise_lessons([held_out], CHOICE) == []


def test_a_follow_up_is_searched_with_what_it_leans_on(searched: SearchedExercises) -> None:
    assert searched.exercises[-1].text == (
        "Elle a ouvert quand ? (à propos de : Qui livre les repas de la crèche)"
    )
