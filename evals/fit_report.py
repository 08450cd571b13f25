"""What `cokit fit` shows and writes: the weights beside those in force, the figures, the two files."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from assistant.coefficients import coefficients
from evals.fit import SEED
from evals.fit_command import OF_PIAF, Figure, Fit, named_answerability
from evals.tables import Table
from index.search import fusion_weights

LABELS = {
    "recall": "bon passage, rang ≤",
    "sentence": "bonne phrase, rang ≤",
    "unread": "bon extrait parmi ceux qui sont lus, rang ≤",
    "read": "le même, une fois lus, rang ≤",
    "auroc far": "AUROC lointains",
    "auroc near": "AUROC proches",
    "auroc hard": "AUROC difficiles",
    "auroc own": "AUROC de notre jeu",
}
FIGURES_DECIMALS = 4
INDEX_FILE, ASSISTANT_FILE = Path("index/coefficients.json"), Path("assistant/coefficients.json")
Content = dict[str, Any]


def fit_tables(fit: Fit) -> list[Table]:
    """The weights, then what they reach."""
    return [_weight_table(fit), _figure_table((*fit.retrieval, *fit.answers)), _threshold_table(fit)]


def contents(fit: Fit, *, command: str, today: date) -> dict[Path, Content]:
    """What the two files of coefficients hold, by their path in the project."""
    origin = {"command": command, "date": today.isoformat(), "seed": SEED}
    return {
        INDEX_FILE: {
            "fusion": dict(fit.fusion),
            "figures": origin | _figures(fit.retrieval),
        },
        ASSISTANT_FILE: {
            "choice": dict(fit.choice),
            "reading": fit.reading,
            "answerability": {
                "intercept": fit.answerability.intercept,
                "threshold": fit.retained.value,
                "weights": named_answerability(fit.answerability),
            },
            "figures": origin
            | _figures(fit.answers)
            | {
                "threshold": {
                    name: round(rate, FIGURES_DECIMALS)
                    for name, rate in asdict(fit.retained.held_out).items()
                }
            },
        },
    }


def write(files: Mapping[Path, Content], folder: Path) -> list[Path]:
    """Write the files below the project's folder."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
        (folder / path).write_text(text, encoding="utf-8")
    return [folder / path for path in files]


def _figures(figures: Sequence[Figure]) -> Content:
    """By measure, then by half; what was not measured is left out."""
    halves = ("piaf_fitted", "piaf_checked", "development")
    return {
        figure.name: {
            half: round(value, FIGURES_DECIMALS)
            for half, value in zip(halves, (figure.fitted, figure.checked, figure.development), strict=True)
            if value is not None
        }
        for figure in figures
    }


def _weight_table(fit: Fit) -> Table:
    committed = coefficients()
    models: tuple[tuple[str, Mapping[str, float], Mapping[str, float], Mapping[str, float]], ...] = (
        ("fusion", fit.piaf_fusion, fit.fusion, fusion_weights()),
        ("phrase", fit.piaf_choice, fit.choice, committed.choice),
        ("phrase", {}, {"lecture": fit.reading}, {"lecture": committed.reading}),
        (
            "refus",
            named_answerability(fit.piaf_answerability),
            named_answerability(fit.answerability),
            committed.answerability,
        ),
        (
            "refus",
            {"intercept": fit.piaf_answerability.intercept},
            {"intercept": fit.answerability.intercept, "threshold": fit.retained.value},
            {"intercept": committed.intercept, "threshold": committed.threshold},
        ),
    )
    rows = [
        (model, name, _weight(of_piaf.get(name)), _weight(weight), _weight(in_force.get(name)))
        for model, of_piaf, retained, in_force in models
        for name, weight in retained.items()
    ]
    return Table("Poids", ("modèle", "poids", "sans les nôtres", "retenu", "en vigueur"), tuple(rows))


def _figure_table(figures: Sequence[Figure]) -> Table:
    rows = [
        (_label(figure.name), *map(_share, (figure.fitted, figure.checked, figure.development)))
        for figure in figures
    ]
    columns = ("mesure", "PIAF, réglée", "PIAF, vérifiée", "mise au point")
    return Table("Ce que ces poids atteignent", columns, tuple(rows))


def _threshold_table(fit: Fit) -> Table:
    rows = [
        (
            f"{_share(tried.most_false_refusals)}{' *' if tried is fit.retained else ''}",
            _weight(tried.value),
            *(_share(rate) for rates in (tried.held_out, tried.seen) for rate in asdict(rates).values()),
        )
        for tried in fit.thresholds
    ]
    columns = ("permis", "seuil", "à tort", "obtenus", "à tort (vues)", "obtenus (vues)")
    return Table("Seuil de refus, mise au point (* retenu)", columns, tuple(rows))


def _label(name: str) -> str:
    measure, _, rank = name.removesuffix(OF_PIAF).partition("@")
    label = " ".join(filter(None, (LABELS[measure], rank)))
    return f"{label} (sans les nôtres)" if name.endswith(OF_PIAF) else label


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace(".", ",")


def _weight(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}".replace(".", ",")
