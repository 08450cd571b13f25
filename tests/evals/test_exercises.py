"""The exercises in the repository, and what their format refuses."""

import json
from pathlib import Path

import pytest

from evals.errors import ExerciseFileError
from evals.exercises import ExerciseCorpus, read_exercises
from evals.questions import load_questions
from evals.taught import HELD_OUT_EXERCISES, is_taught_article, is_taught_exercise
from index.analysis import words
from ingestion.document import Role

ROOT = Path(__file__).parents[2]
EXERCISES = ROOT / "evals" / "exercises"
DOCUMENT = {
    "title": "La fête du village",
    "passages": [
        {
            "headings": ["Le programme"],
            "sentences": ["Trois temps :", "• le repas ;", "• le bal.", "Fin à 2 h."],
        },
        {"headings": ["L'accès"], "sentences": ["Parking gratuit place Foch."]},
    ],
    "questions": [
        {"q": "c'est quand la fin", "at": [[0, 3]], "slice": "date"},
        {"q": "où se garer ?", "at": [[1, 0]], "slice": "place"},
        {"before": "le repas, c'est où ?", "q": "et son prix ?", "at": [], "slice": "follow-up"},
    ],
}


def written(folder: Path, *documents: object) -> Path:
    lines = (json.dumps(document, ensure_ascii=False) for document in documents)
    (folder / "fetes.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_file_is_a_corpus_with_its_lists_and_its_questions(tmp_path: Path) -> None:
    [found] = read_exercises(written(tmp_path, DOCUMENT, DOCUMENT | {"title": "L'autre fête"}))

    assert found.name == "fetes"
    assert [document.title for document in found.corpus.documents] == ["La fête du village", "L'autre fête"]
    sentences = found.corpus.passages[0].sentences
    assert [sentence.role for sentence in sentences] == [Role.INTRO, Role.ITEM, Role.ITEM, Role.TEXT]
    assert sentences[1].text == "le repas ;"
    assert [exercise.answers for exercise in found.exercises] == [
        *({(0, 3)}, {(1, 0)}, set()),
        *({(2, 3)}, {(3, 0)}, set()),
    ]
    assert found.exercises[2].before == "le repas, c'est où ?"


@pytest.mark.parametrize(
    "broken",
    [
        DOCUMENT | {"questions": [{"q": "où ?", "at": [[1, 7]], "slice": "place"}]},
        DOCUMENT | {"passages": [{"headings": []}]},
        {"title": "Rien"},
        ["une liste"],
    ],
    ids=["no such sentence", "no sentences", "no passages", "no document"],
)
def test_a_line_that_is_no_document_is_named(tmp_path: Path, broken: object) -> None:
    with pytest.raises(ExerciseFileError, match=r"fetes\.jsonl, ligne 2 "):
        read_exercises(written(tmp_path, DOCUMENT, broken))


@pytest.fixture(scope="module")
def corpora() -> tuple[ExerciseCorpus, ...]:
    """Those of the repository."""
    return read_exercises(EXERCISES)


def test_each_file_of_the_repository_asks_what_it_answers_and_what_it_does_not(
    corpora: tuple[ExerciseCorpus, ...],
) -> None:
    assert len(corpora) == 63
    assert {one.name for one in corpora if not is_taught_exercise(one.name)} == HELD_OUT_EXERCISES
    for one in corpora:
        unanswered = sum(not exercise.answers for exercise in one.exercises)
        assert len(one.corpus.documents) >= 16
        assert 0.2 < unanswered / len(one.exercises) < 0.5


def test_no_exercise_is_an_evaluated_question(corpora: tuple[ExerciseCorpus, ...]) -> None:
    files = [ROOT / "evals" / name for name in ("questions.yaml", "conversations.yaml")]
    evaluated = {_bare(*question.previous[-1:], question.text) for question in load_questions(files)}
    exercises = {_bare(one.before, one.question) for corpus in corpora for one in corpus.exercises}

    assert len(exercises) > 33_000
    assert not evaluated & exercises


def _bare(*turns: str) -> str:
    return " ".join(words(" ".join(turns)))


def test_seven_tenths_of_the_articles_are_taught_always_the_same_ones() -> None:
    taught = [is_taught_article(f"Article {number}") for number in range(1_000)]

    assert 0.65 < sum(taught) / len(taught) < 0.75
    assert taught == [is_taught_article(f"Article {number}") for number in range(1_000)]
