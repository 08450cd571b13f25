"""Gates: the figures that the command refuses to see fall below."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.errors import GateError
from evals.figures import ALL, MEASURES, Measure, figure_of, measure_named
from evals.scoring import Outcome

COMMITTED_GATES = Path(__file__).with_name("gates.toml")


@dataclass(frozen=True, slots=True)
class Gate:
    """A measure over one half (`ensemble`: all questions) and the least, or the most, that it may be."""

    measure: Measure
    threshold: float
    half: str = "test"


@dataclass(frozen=True, slots=True)
class GateResult:
    """A gate with the figure it got (None: no question to measure it on) and the questions that cost it."""

    gate: Gate
    value: float | None
    questions: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        if self.value is None:
            return False
        if self.gate.measure.higher_is_better:
            return self.value >= self.gate.threshold
        return self.value <= self.gate.threshold

    @property
    def message(self) -> str:
        """Which gate, by how much, which questions."""
        measure, threshold = self.gate.measure, self.gate.threshold
        asked = f"{'≥' if measure.higher_is_better else '≤'} {measure.shown(threshold)}"
        name = f"{measure.name} ({measure.label}), moitié {self.gate.half}"
        if self.value is None:
            return f"{name} : aucune question ne permet de la mesurer (demandé : {asked})."
        if self.passed:
            return f"{name} : {measure.shown(self.value)} (demandé : {asked})."
        missing = measure.shown(abs(self.value - threshold)).replace(" %", " points")
        return (
            f"{name} : {measure.shown(self.value)}, demandé {asked}, il s'en faut de {missing}. "
            f"Questions en cause : {', '.join(self.questions) or 'aucune'}."
        )


def read_gates(path: Path) -> tuple[Gate, ...]:
    """The gates of a TOML file: a table for each half, `"recall@5" = 0.95`.

    Raises:
        GateError: the file cannot be read, a measure does not exist, a threshold is no number.
    """
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise GateError(f"{path.name} : seuils illisibles ({error}).") from error
    gates = []
    for half, thresholds in tables.items():
        if half not in ("test", "development", ALL) or not isinstance(thresholds, dict):
            raise GateError(f"{path.name} : « {half} » : tables admises : [test], [development], [{ALL}].")
        for name, threshold in thresholds.items():
            if isinstance(threshold, bool) or not isinstance(threshold, int | float):
                raise GateError(f"{path.name}, « {name} » : un nombre est attendu, pas « {threshold} ».")
            gates.append(Gate(_measure(name, where=path.name), float(threshold), half))
    return tuple(gates)


def parse_gate(option: str) -> Gate:
    """A gate on the test half from `--fail-under NAME=VALUE`; VALUE is a rate (0.95 or 95 %) or a number.

    Raises:
        GateError: not NAME=VALUE, no such measure, no number.
    """
    name, _, value = option.partition("=")
    measure = _measure(name.strip(), where="--fail-under")
    number = value.strip().replace(",", ".")
    try:
        threshold = float(number.removesuffix("%")) / (100 if number.endswith("%") else 1)
    except ValueError as error:
        raise GateError(f"--fail-under {option} : écrivez NOM=VALEUR, par exemple recall@5=0.95.") from error
    return Gate(measure, threshold)


def check_gates(gates: Sequence[Gate], outcomes: Sequence[Outcome]) -> tuple[GateResult, ...]:
    """Every gate with its figure and, where it fails, the questions that cost it, worst first."""
    return tuple(_check(gate, outcomes) for gate in gates)


def _check(gate: Gate, outcomes: Sequence[Outcome]) -> GateResult:
    members = [outcome for outcome in outcomes if gate.half in (ALL, outcome.half)]
    figure = figure_of(gate.measure, gate.half, members)
    if figure is None:
        return GateResult(gate, None)
    result = GateResult(gate, figure.value)
    return result if result.passed else GateResult(gate, figure.value, _costly(gate, members))


def _costly(gate: Gate, outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The questions whose score is short of the best, or above the most that the gate allows."""
    better = 1.0 if gate.measure.higher_is_better else -1.0
    bounds = {"rate": 1.0 if better > 0 else 0.0, "score": 1.0}
    bound = bounds.get(gate.measure.unit, gate.threshold)
    costs = [
        (better * value, outcome.id)
        for outcome in outcomes
        for value in [outcome.scores.get(score) for score in gate.measure.scores]
        if value is not None and better * value < better * bound
    ]
    return tuple(identifier for _, identifier in sorted(costs, key=lambda cost: cost[0]))


def _measure(name: str, *, where: str) -> Measure:
    measure = measure_named(name)
    if measure is None:
        known = ", ".join(known.name for known in MEASURES)
        raise GateError(f"{where} : la mesure « {name} » n'existe pas. Mesures : {known}.")
    return measure
