"""A gate that fails says which, by how much and which questions."""

from collections.abc import Callable
from pathlib import Path

import pytest

from evals.errors import GateError
from evals.gates import COMMITTED_GATES, Gate, GateResult, check_gates, parse_gate, read_gates
from evals.scoring import Outcome

FLOORS = COMMITTED_GATES.with_name("floors.toml")

MakeOutcome = Callable[..., Outcome]


def test_the_committed_gates_are_those_of_the_project() -> None:
    gates = {gate.measure.name: gate.threshold for gate in read_gates(COMMITTED_GATES)}
    assert gates == {
        "recall@5": 0.95,
        "recall@1": 0.75,
        "fact_accuracy": 0.88,
        "citation_exactness": 1.0,
        "refusals_caught": 0.90,
        "false_refusals": 0.05,
        "conversation_accuracy": 0.85,
        "situation_ndcg@5": 0.80,
        "situation_first_three": 0.92,
        "off_subject": 0.90,
        "words_median": 60,
        "words_p95": 140,
    }
    assert {gate.half for gate in read_gates(COMMITTED_GATES)} == {"test"}


def test_each_goal_has_a_floor_that_asks_no_more_than_it_but_every_citation_is_exact() -> None:
    goals = {gate.measure.name: gate for gate in read_gates(COMMITTED_GATES)}
    floors = {gate.measure.name: gate for gate in read_gates(FLOORS)}

    assert floors.keys() == goals.keys()
    assert {floor.half for floor in floors.values()} == {"test"}
    assert floors["citation_exactness"].threshold == 1.0
    for name, floor in floors.items():
        assert GateResult(floor, goals[name].threshold).passed


def test_a_gate_holds_at_its_threshold_and_fails_below(make_outcome: MakeOutcome) -> None:
    outcomes = [make_outcome("a"), make_outcome("b", "wrong")]
    held, missed = check_gates([parse_gate("fact_accuracy=0.5"), parse_gate("fact_accuracy=0,51")], outcomes)
    assert held.passed
    assert not missed.passed


def test_a_rate_that_should_be_low_fails_above_its_threshold(make_outcome: MakeOutcome) -> None:
    outcomes = [make_outcome("a"), make_outcome("b", "refused")]
    held, missed = check_gates(
        [parse_gate("false_refusals=50%"), parse_gate("false_refusals=49 %")], outcomes
    )
    assert (held.passed, missed.passed, missed.questions) == (True, False, ("b",))


def test_a_failed_gate_names_the_shortfall_and_the_questions(make_outcome: MakeOutcome) -> None:
    outcomes = [make_outcome(f"q-{n}", "right" if n < 8 else "wrong") for n in range(10)]
    (result,) = check_gates([parse_gate("fact_accuracy=0.88")], outcomes)
    assert result.questions == ("q-8", "q-9")
    assert "80,0 %, demandé ≥ 88,0 %, il s'en faut de 8,0 points" in result.message
    assert "q-8, q-9" in result.message


def test_a_gate_on_lengths_names_the_longest_answers(make_outcome: MakeOutcome) -> None:
    outcomes = [make_outcome("a", words=200), make_outcome("b", words=50), make_outcome("c", words=300)]
    (result,) = check_gates([parse_gate("words_p95=140")], outcomes)
    assert result.questions == ("c", "a")


def test_a_gate_looks_at_its_half_only(make_outcome: MakeOutcome) -> None:
    outcomes = [make_outcome("a"), make_outcome("b", "wrong", half="development")]
    assert check_gates([parse_gate("fact_accuracy=1")], outcomes)[0].passed
    everywhere = Gate(parse_gate("fact_accuracy=1").measure, 1.0, "ensemble")
    assert not check_gates([everywhere], outcomes)[0].passed


def test_a_gate_that_nothing_measures_fails(make_outcome: MakeOutcome) -> None:
    (result,) = check_gates([parse_gate("refusals_caught=0.9")], [make_outcome("a")])
    assert not result.passed
    assert "aucune question" in result.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[test]\nrecall = 0.9", "la mesure « recall » n'existe pas"),
        ('[test]\n"recall@5" = "haut"', "un nombre est attendu"),
        ('[essai]\n"recall@5" = 0.9', "tables admises"),
        ("[test", "seuils illisibles"),
    ],
)
def test_a_wrong_gates_file_says_what_is_wrong(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "seuils.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GateError, match=message):
        read_gates(path)


@pytest.mark.parametrize("option", ["recall@5", "recall@5=", "recall@5=beaucoup", "rappel=0.9"])
def test_a_wrong_fail_under_option_is_refused(option: str) -> None:
    with pytest.raises(GateError, match="--fail-under"):
        parse_gate(option)
