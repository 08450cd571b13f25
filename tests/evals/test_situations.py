"""Situations are read strictly and scored with their grades."""

from pathlib import Path

import pytest

from evals.commands import SITUATION_FILE
from evals.errors import QuestionFileError
from evals.situations import Situation, load_situations, run_situations
from evals.target import Reply

GOOD = """\
- id: situation-1
  situation: "Une asso cherche un partenaire"
  half: test
  relevant: {guide: 3, note: 1}
- id: hors-1
  situation: "Les nids de poule"
  half: development
  relevant: {}
"""


class Recommends:
    """Always recommends the same documents."""

    def __init__(self, *documents: str) -> None:
        self.documents = documents

    def recommend(self, situation: str, *, limit: int) -> Reply:
        del situation
        return {"recommendations": [{"document_id": document} for document in self.documents[:limit]]}


@pytest.fixture
def situations(tmp_path: Path) -> tuple[Situation, ...]:
    path = tmp_path / "situations.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return load_situations(path)


def test_a_situation_is_scored_with_its_grades(situations: tuple[Situation, ...]) -> None:
    outcome = run_situations(Recommends("autre", "note", "guide"), situations)[0]
    assert outcome.result == "right"
    assert outcome.scores["situation_first_three"] == 1
    assert outcome.scores["situation_precision@1"] == 0
    assert outcome.scores["situation_recall@5"] == 1


@pytest.mark.parametrize(("documents", "result"), [((), "caught"), (("guide",), "missed")])
def test_an_off_subject_situation_must_get_nothing(
    situations: tuple[Situation, ...], documents: tuple[str, ...], result: str
) -> None:
    outcome = run_situations(Recommends(*documents), situations)[1]
    assert (outcome.result, outcome.scores["off_subject"]) == (result, float(result == "caught"))


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field"),
    [
        ("guide: 3", "guide: 4", 4, "relevant.guide"),
        ("guide: 3", "guide: 2", 4, "relevant"),
        ("half: test", "half: essai", 3, "half"),
        ("id: hors-1", "id: situation-1", 5, "id"),
    ],
)
def test_a_wrong_situation_gets_the_line_and_the_field(
    tmp_path: Path, right: str, wrong: str, line: int, field: str
) -> None:
    path = tmp_path / "situations.yaml"
    path.write_text(GOOD.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(QuestionFileError) as failure:
        load_situations(path)
    assert (failure.value.problems[0].line, failure.value.problems[0].field) == (line, field)


def test_the_situations_of_the_kit_are_read() -> None:
    assert len(load_situations(SITUATION_FILE)) >= 60
