"""The report as JUnit XML, so that a CI shows each question and each gate."""

import re
from xml.etree import ElementTree

from evals.gates import GateResult
from evals.report import Report
from evals.scoring import Outcome
from evals.tables import RESULT_LABELS

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit_xml(report: Report) -> bytes:
    """One suite of the gates and one of the questions; a wrong answer and a missed gate are failures."""
    suites = ElementTree.Element("testsuites", name="cokit eval", time=f"{report.seconds:.3f}")
    gates = _suite(suites, "seuils", len(report.gates), sum(not result.passed for result in report.gates))
    for result in report.gates:
        _gate_case(gates, result)
    questions = _suite(suites, "questions", len(report.outcomes), len(report.wrong))
    for outcome in report.outcomes:
        _question_case(questions, outcome)
    document: bytes = ElementTree.tostring(suites, encoding="utf-8", xml_declaration=True)
    return document


def _suite(parent: ElementTree.Element, name: str, tests: int, failures: int) -> ElementTree.Element:
    suite = ElementTree.SubElement(parent, "testsuite", name=name, tests=str(tests))
    suite.attrib |= {"failures": str(failures), "errors": "0"}
    return suite


def _gate_case(suite: ElementTree.Element, result: GateResult) -> None:
    name = result.gate.measure.name
    case = ElementTree.SubElement(suite, "testcase", classname=f"seuils.{result.gate.half}", name=name)
    if not result.passed:
        ElementTree.SubElement(case, "failure", message=_clean(result.message))


def _question_case(suite: ElementTree.Element, outcome: Outcome) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        classname=f"questions.{outcome.half}.{outcome.slice}",
        name=_clean(f"{outcome.id} : {outcome.question}"),
        time=f"{_milliseconds(outcome) / 1000:.3f}",
    )
    if not outcome.is_correct:
        failure = ElementTree.SubElement(case, "failure", message=RESULT_LABELS[outcome.result])
        failure.text = _clean(f"{outcome.answer}\nPages : {', '.join(outcome.pages)}")


def _milliseconds(outcome: Outcome) -> float:
    """The time of a question or of a situation."""
    return next(value for name, value in outcome.scores.items() if name.endswith("milliseconds"))


def _clean(text: str) -> str:
    """The text without the control characters that XML does not admit."""
    return _NOT_XML.sub("", text)
