"""The report's tables, once as rows of text: the terminal and the Markdown summary show the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.comparison import Change, Comparison
from evals.figures import ALL, MEASURES, Figure, Measure
from evals.questions import HALVES
from evals.report import Report
from evals.scoring import Outcome

SLICE_MEASURES = ("recall@1", "recall@5", "fact_accuracy", "false_refusals", "refusals_caught")
HALF_LABELS = {ALL: ALL, "development": "mise au point", "test": "test"}
RESULT_LABELS = {
    "right": "juste",
    "wrong": "fausse",
    "refused": "refus à tort",
    "caught": "refus attendu",
    "missed": "aurait dû refuser",
}
EXCERPT = 110  # characters of an answer in a list


@dataclass(frozen=True, slots=True)
class Table:
    """A title, the columns' names and the rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def report_tables(report: Report) -> list[Table]:
    """The gates, the figures of each half, the slices, and what changed since the baseline."""
    tables = [gate_table(report)] if report.gates else []
    tables += [half_table(report.figures), slice_table(report.figures)]
    if report.comparison:
        tables += [difference_table(report.comparison), change_table(report.comparison)]
    return [table for table in tables if table.rows]


def gate_table(report: Report) -> Table:
    """Each gate with its figure, and whether it holds."""
    rows = []
    for result in report.gates:
        measure = result.gate.measure
        sign = "≥" if measure.higher_is_better else "≤"
        got = "non mesuré" if result.value is None else measure.shown(result.value)
        asked = f"{sign} {measure.shown(result.gate.threshold)}"
        rows.append((measure.name, measure.label, asked, got, "tenu" if result.passed else "MANQUÉ"))
    return Table("Seuils", ("mesure", "ce que c'est", "demandé", "obtenu", ""), tuple(rows))


def half_table(figures: Sequence[Figure]) -> Table:
    """Every measure over all questions and over each half, with its interval."""
    groups = (ALL, *HALVES)
    found = {(figure.measure.name, figure.group): figure for figure in figures}
    rows = [
        (measure.name, *(_cell(found.get((measure.name, group))) for group in groups))
        for measure in MEASURES
        if (measure.name, ALL) in found
    ]
    columns = ("mesure", *(HALF_LABELS[group] for group in groups))
    return Table("Mesures [intervalle à 95 %]", columns, tuple(rows))


def slice_table(figures: Sequence[Figure]) -> Table:
    """The main measures of each slice and each kind of refusal."""
    measures = [measure for measure in MEASURES if measure.name in SLICE_MEASURES]
    found = {(figure.measure.name, figure.group): figure for figure in figures}
    groups = [group for group in dict.fromkeys(f.group for f in figures) if group not in HALF_LABELS]
    rows = []
    for group in groups:
        cells = [found.get((measure.name, group)) for measure in measures]
        size = max((cell.n for cell in cells if cell), default=0)
        rows.append((group, str(size), *(_cell(cell) for cell in cells)))
    return Table("Tranches", ("tranche", "n", *(measure.label for measure in measures)), tuple(rows))


def difference_table(comparison: Comparison) -> Table:
    """Each measure's paired difference since the baseline."""
    rows = [
        (
            found.measure.label,
            str(found.n),
            _signed(found.measure, found.difference.value),
            f"{_signed(found.measure, found.difference.interval.low)} à "
            f"{_signed(found.measure, found.difference.interval.high)}",
            f"{found.difference.p_value:.3f}".replace(".", ","),
        )
        for found in comparison.differences
    ]
    columns = ("mesure", "n", "écart", "intervalle à 95 %", "p")
    return Table("Écarts avec la référence (bootstrap apparié)", columns, tuple(rows))


def change_table(comparison: Comparison) -> Table:
    """Each question that changed since the baseline."""
    kinds = (("gagnée", comparison.won), ("perdue", comparison.lost), ("autre page", comparison.changed_page))
    rows = [_change_row(kind, change) for kind, changes in kinds for change in changes]
    rows += [("nouvelle", identifier, "", "", "") for identifier in comparison.added]
    rows += [("retirée", identifier, "", "", "") for identifier in comparison.removed]
    columns = ("", "question", "texte", "avant", "après")
    return Table("Questions qui ont changé", columns, tuple(rows))


def wrong_table(outcomes: Sequence[Outcome]) -> Table:
    """Each question that went wrong, with the beginning of what was answered."""
    rows = [
        (outcome.id, RESULT_LABELS[outcome.result], shortened(outcome.question), shortened(outcome.answer))
        for outcome in outcomes
        if not outcome.is_correct
    ]
    return Table("Questions manquées", ("question", "résultat", "texte", "réponse"), tuple(rows))


def shortened(text: str) -> str:
    """The beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1] + "…"


def _cell(figure: Figure | None) -> str:
    if figure is None:
        return "–"
    low, high = figure.measure.shown(figure.interval.low), figure.measure.shown(figure.interval.high)
    return f"{figure.measure.shown(figure.value)} [{low.removesuffix(' %').removesuffix(' ms')} – {high}]"


def _signed(measure: Measure, value: float) -> str:
    shown = measure.shown(abs(value)).replace(" %", " pt")
    return f"{'−' if value < 0 else '+'}{shown}"


def _change_row(kind: str, change: Change) -> tuple[str, ...]:
    return (
        kind,
        change.after.id,
        shortened(change.after.question),
        _state(change.before),
        _state(change.after),
    )


def _state(outcome: Outcome) -> str:
    first = outcome.pages[0] if outcome.pages else "aucune page"
    return f"{RESULT_LABELS[outcome.result]}, {first}"
