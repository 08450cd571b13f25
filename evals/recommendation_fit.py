"""Chooses the recommender's few settings on the development half of the situations; checks them on the other.

The regression itself never sees a situation: it is solved from the catalogue and the needs. What is chosen is
how much meaning, words, concepts and their conjunctions count and how strongly the regression is held back,
by nDCG@5 on the development half and on the needs' own phrases, each left out of the regression that ranks
for it; then the threshold of refusal. Of the test half only the averages are ever shown.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import product
from pathlib import Path
from statistics import mean

import numpy as np

from assistant.recommend import Fitted, Recommender
from assistant.relevance import BEST_GAIN, Features, Relevance, Scores, Setting
from evals.metrics import graded_ndcg_at, highly_relevant_in_first
from evals.situations import Situation

WORDS = (0.7, 1.0)  # meaning counts 1
CONCEPTS = (0.3, 0.5)
CONJUNCTIONS = (1.0, 4.0, 8.0)
RIDGES = (0.6, 1.0, 2.0)
KEPT = 0.985  # share of what the kit treats that must not be refused


@dataclass(frozen=True, slots=True)
class Observed:
    """One situation as the recommender reads it."""

    situation: Situation
    features: Features


@dataclass(frozen=True, slots=True)
class Figures:
    """Averages over one half; a refused situation counts 0."""

    ndcg_at_5: float
    first_three: float
    off_subject: float
    on_subject: float  # share of the kit's own situations that are not refused


def observe(relevance: Relevance, situations: Sequence[Situation]) -> list[Observed]:
    """The features of every situation."""
    return [Observed(situation, relevance.read(situation.text)) for situation in situations]


def fit(relevance: Relevance, development: Sequence[Observed]) -> Fitted:
    """The settings that suit the development half and the needs' phrases left out one by one."""
    settings = [Setting(1.0, *values) for values in product(WORDS, CONCEPTS, CONJUNCTIONS, RIDGES)]
    setting = max(settings, key=lambda tried: _suits(relevance, development, tried))
    return Fitted(setting, _threshold(relevance, development, setting))


def measure(relevance: Relevance, observed: Sequence[Observed], fitted: Fitted) -> Figures:
    """The averages that the gates look at."""
    recommender = Recommender(relevance, fitted=fitted)
    model = relevance.solve(fitted.setting)
    everything = np.ones(len(relevance.entries), dtype=bool)
    ndcg, first_three, kept, caught = [], [], [], []
    for item in observed:
        gains, subject = model.scores(item.features)
        refused = bool(subject[0] < fitted.threshold)
        grades = item.situation.grades
        if not grades:
            caught.append(refused)
            continue
        order = [] if refused else recommender.order(gains[0], everything)
        ranked = [relevance.entries[position].id for position in order]
        kept.append(not refused)
        ndcg.append(graded_ndcg_at(5, ranked, grades))
        first_three.append(highly_relevant_in_first(3, ranked, grades))
    return Figures(mean(ndcg), mean(first_three), off_subject=mean(caught), on_subject=mean(kept))


def left_out_ndcg(relevance: Relevance, setting: Setting) -> float:
    """Mean nDCG@5 of the needs' phrases, each ranked by the regression of all the other examples."""
    examples = relevance.examples
    predicted = relevance.left_out(setting)[: examples.from_needs, :-1]
    return mean(
        graded_ndcg_at(5, _ranked(relevance, gains), _grades(relevance, target))
        for gains, target in zip(predicted, examples.targets, strict=False)
    )


def write(fitted: Fitted, path: Path, *, development: Figures, test: Figures) -> None:
    """Write the settings with the figures that they reached."""
    content = {
        "measured": {"development": _rounded(asdict(development)), "test": _rounded(asdict(test))},
        "setting": asdict(fitted.setting),
        "threshold": round(fitted.threshold, 4),
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _suits(relevance: Relevance, development: Sequence[Observed], setting: Setting) -> float:
    model = relevance.solve(setting)
    ndcg = mean(
        graded_ndcg_at(5, _ranked(relevance, model.scores(item.features)[0][0]), item.situation.grades)
        for item in development
        if item.situation.grades
    )
    return (ndcg + left_out_ndcg(relevance, setting)) / 2 if relevance.examples.from_needs else ndcg


def _threshold(relevance: Relevance, development: Sequence[Observed], setting: Setting) -> float:
    """The highest threshold that keeps nearly all examples left out, and every development situation.

    No higher than half way between the medians of what is the kit's subject and what is not.
    """
    examples = relevance.examples
    subject = relevance.left_out(setting)[:, -1]
    model = relevance.solve(setting)
    given = [(bool(item.situation.grades), float(model.scores(item.features)[1][0])) for item in development]
    kept = subject[: examples.from_needs] if examples.from_needs else subject[~examples.outside]
    lowest_kept = min([float(np.quantile(kept, 1 - KEPT)), *(score for on, score in given if on)])
    outside = [*subject[examples.outside].tolist(), *(score for on, score in given if not on)]
    between = (float(np.median(kept)) + float(np.median(outside))) / 2
    return min(lowest_kept, between)


def _ranked(relevance: Relevance, gains: Scores) -> list[str]:
    return [relevance.entries[position].id for position in np.argsort(-gains, kind="stable")]


def _grades(relevance: Relevance, target: Scores) -> dict[str, int]:
    """The grades that an example's gains stand for."""
    grades = np.rint(np.log2(1 + BEST_GAIN * target[:-1])).astype(int).tolist()
    return {entry.id: grade for entry, grade in zip(relevance.entries, grades, strict=True) if grade}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 4) for name, value in values.items()}
