"""The report of one run, as data and as `report.json`."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.comparison import Comparison
from evals.errors import BaselineError
from evals.figures import Figure
from evals.gates import GateResult
from evals.scoring import Outcome

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Report:
    """All that one run of `cokit eval` found; `seconds` is the time of the whole run."""

    target: str
    outcomes: tuple[Outcome, ...]
    figures: tuple[Figure, ...]
    gates: tuple[GateResult, ...]
    seconds: float
    comparison: Comparison | None = None

    @property
    def passed(self) -> bool:
        return all(result.passed for result in self.gates)

    @property
    def wrong(self) -> tuple[Outcome, ...]:
        return tuple(outcome for outcome in self.outcomes if not outcome.is_correct)


def report_to_json(report: Report) -> str:
    """The report as JSON, readable by `read_outcomes`; evals/README.md describes it."""
    content: dict[str, Any] = {
        "format": FORMAT,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "target": report.target,
        "seconds": round(report.seconds, 1),
        "passed": report.passed,
        "gates": [_gate(result) for result in report.gates],
        "figures": [_figure(figure) for figure in report.figures],
        "comparison": _comparison(report.comparison),
        "questions": [asdict(outcome) for outcome in report.outcomes],
    }
    return json.dumps(content, ensure_ascii=False, indent=1)


def read_outcomes(path: Path) -> tuple[Outcome, ...]:
    """The questions of an earlier run's `report.json`.

    Raises:
        BaselineError: the file cannot be read, or is no report of this format.
    """
    remedy = "Donnez le report.json écrit par « cokit eval »."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise BaselineError(f"{path.name} : rapport illisible ({error}). {remedy}") from error
    if not isinstance(content, dict) or content.get("format") != FORMAT:
        raise BaselineError(f"{path.name} : ce n'est pas un rapport au format {FORMAT}. {remedy}")
    try:
        return tuple(_outcome(entry) for entry in content["questions"])
    except (KeyError, TypeError) as error:
        raise BaselineError(f"{path.name} : rapport incomplet ({error}). {remedy}") from error


def _outcome(entry: Mapping[str, Any]) -> Outcome:
    return Outcome(**{**entry, "pages": tuple(entry["pages"]), "cited": tuple(entry["cited"])})


def _gate(result: GateResult) -> dict[str, Any]:
    return {
        "measure": result.gate.measure.name,
        "half": result.gate.half,
        "threshold": result.gate.threshold,
        "value": result.value,
        "passed": result.passed,
        "questions": list(result.questions),
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure.name,
        "group": figure.group,
        "n": figure.n,
        "value": round(figure.value, 4),
        "low": round(figure.interval.low, 4),
        "high": round(figure.interval.high, 4),
    }


def _comparison(comparison: Comparison | None) -> dict[str, Any] | None:
    if comparison is None:
        return None
    return {
        "won": [change.after.id for change in comparison.won],
        "lost": [change.after.id for change in comparison.lost],
        "changed_page": [change.after.id for change in comparison.changed_page],
        "added": list(comparison.added),
        "removed": list(comparison.removed),
        "differences": [
            {
                "measure": found.measure.name,
                "n": found.n,
                "value": round(found.difference.value, 4),
                "low": round(found.difference.interval.low, 4),
                "high": round(found.difference.interval.high, 4),
                "p_value": round(found.difference.p_value, 4),
            }
            for found in comparison.differences
        ],
    }
