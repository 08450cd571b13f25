"""Two runs compared question by question."""

from collections.abc import Callable

import pytest

from evals.comparison import compare
from evals.scoring import Outcome

MakeOutcome = Callable[..., Outcome]


def test_each_changed_question_is_won_lost_or_on_another_page(make_outcome: MakeOutcome) -> None:
    before = [
        make_outcome("won", "wrong"),
        make_outcome("lost", "right"),
        make_outcome("moved", "right"),
        make_outcome("same", "right"),
        make_outcome("removed", "right"),
    ]
    after = [
        make_outcome("won", "right"),
        make_outcome("lost", "refused"),
        make_outcome("moved", "right", page="programme p. 2"),
        make_outcome("same", "right"),
        make_outcome("added", "right"),
    ]
    comparison = compare(before, after)
    assert [change.after.id for change in comparison.won] == ["won"]
    assert [change.after.id for change in comparison.lost] == ["lost"]
    assert [change.after.id for change in comparison.changed_page] == ["moved"]
    assert (comparison.added, comparison.removed) == (("added",), ("removed",))


def test_the_paired_difference_is_over_the_questions_of_both_runs(make_outcome: MakeOutcome) -> None:
    before = [make_outcome("a", "wrong"), make_outcome("b", "right"), make_outcome("gone", "wrong")]
    after = [make_outcome("a", "right"), make_outcome("b", "right"), make_outcome("new", "wrong")]
    found = {d.measure.name: d for d in compare(before, after).differences}
    assert found["fact_accuracy"].n == 2
    assert found["fact_accuracy"].difference.value == pytest.approx(0.5)
    assert found["wrong_answers"].difference.value == pytest.approx(-0.5)
    assert "recall@1" not in found  # no question has it
