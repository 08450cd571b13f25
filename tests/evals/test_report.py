"""The report in its four forms: JSON, Markdown, JUnit, tables."""

import json
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from evals.comparison import compare
from evals.errors import BaselineError
from evals.figures import figures
from evals.gates import check_gates, parse_gate
from evals.junit import junit_xml
from evals.markdown_summary import markdown_summary
from evals.report import Report, read_outcomes, report_to_json
from evals.scoring import Outcome
from evals.tables import half_table, slice_table


@pytest.fixture
def report(make_outcome: Callable[..., Outcome]) -> Report:
    before = (make_outcome("a", "wrong"), make_outcome("b", "right"))
    outcomes = (
        make_outcome("a", "right"),
        make_outcome("b", "wrong"),
        make_outcome("c", "caught", slice_name="refus", kind="voisin", half="development"),
    )
    gates = [parse_gate("fact_accuracy=0.88"), parse_gate("wrong_answers=0.5")]
    return Report(
        target="moteur sur place",
        outcomes=outcomes,
        figures=figures(outcomes),
        gates=check_gates(gates, outcomes),
        seconds=1.5,
        comparison=compare(before, outcomes),
    )


def test_the_json_report_gives_back_its_questions(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(report_to_json(report), encoding="utf-8")
    assert read_outcomes(path) == report.outcomes


def test_the_json_report_holds_gates_figures_and_changes(report: Report) -> None:
    content = json.loads(report_to_json(report))
    assert content["passed"] is False
    assert content["gates"][0] == {
        "measure": "fact_accuracy",
        "half": "test",
        "threshold": 0.88,
        "value": 0.5,
        "passed": False,
        "questions": ["b"],
    }
    accuracy = next(f for f in content["figures"] if (f["measure"], f["group"]) == ("fact_accuracy", "test"))
    assert (accuracy["n"], accuracy["value"], accuracy["low"], accuracy["high"]) == (2, 0.5, 0.0, 1.0)
    comparison = content["comparison"]
    assert (comparison["won"], comparison["lost"], comparison["added"]) == (["a"], ["b"], ["c"])


@pytest.mark.parametrize(
    ("text", "message"),
    [("pas du json", "illisible"), ("[]", "format 1"), ('{"format": 1}', "incomplet")],
)
def test_a_baseline_that_is_no_report_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "report.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=message):
        read_outcomes(path)


def test_junit_counts_questions_and_gates_and_their_failures(report: Report) -> None:
    suites = {suite.get("name"): suite for suite in ElementTree.fromstring(junit_xml(report))}
    assert (suites["seuils"].get("tests"), suites["seuils"].get("failures")) == ("2", "1")
    assert (suites["questions"].get("tests"), suites["questions"].get("failures")) == ("3", "1")
    failed = [case.get("name") for case in suites["questions"] if case.find("failure") is not None]
    assert failed == ["b : Question b <b>|</b> ?"]
    gate = suites["seuils"].find("testcase/failure")
    assert gate is not None
    assert "38,0 points" in str(gate.get("message"))


def test_junit_survives_control_characters(make_outcome: Callable[..., Outcome]) -> None:
    outcome = make_outcome("a\x00\x1b", "wrong")
    report = Report("moteur", (outcome,), figures([outcome]), (), 1.0)
    assert b"\x00" not in junit_xml(report)
    ElementTree.fromstring(junit_xml(report))


def test_the_markdown_summary_says_what_failed_and_what_changed(report: Report) -> None:
    summary = markdown_summary(report)
    assert "# Évaluation : seuils manqués" in summary
    assert "il s'en faut de 38,0 points. Questions en cause : b." in summary
    assert "| gagnée | a |" in summary
    assert "| perdue | b |" in summary


def test_a_question_cannot_break_the_markdown_table(report: Report) -> None:
    assert "<b>" not in markdown_summary(report)
    assert r"\<b\>\|\</b\>" in markdown_summary(report)


def test_both_halves_stand_side_by_side(report: Report) -> None:
    table = half_table(report.figures)
    row = next(row for row in table.rows if row[0] == "refusals_caught")
    assert table.columns[1:] == ("ensemble", "mise au point", "test")
    assert row[2].startswith("100,0 %")
    assert row[3] == "–"


def test_each_slice_and_kind_of_refusal_has_a_row(report: Report) -> None:
    assert [row[0] for row in slice_table(report.figures).rows] == [
        "tranche nombre",
        "tranche refus",
        "refus voisin",
    ]
