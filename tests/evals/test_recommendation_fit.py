"""Fitting the recommender on graded situations."""

import json
from pathlib import Path

import pytest

from assistant.recommend import Fitted
from assistant.relevance import Relevance
from evals.recommendation_fit import fit, measure, observe, ranked, write
from evals.situations import Situation
from index.embeddings import E5Embedder, UniversalEmbedder
from ingestion.catalogue import Catalogue, read_catalogue

PATH = Path(__file__).parents[2] / "corpus" / "catalogue.yaml"


@pytest.fixture(scope="module")
def relevance() -> Relevance:
    whole = read_catalogue(PATH)
    part = tuple(entry for entry in whole if entry.kind in ("MOOC", "film", "benchmark", "rapport"))
    return Relevance(Catalogue(whole.path, part), E5Embedder(threads=2), UniversalEmbedder())


def situations(relevance: Relevance) -> list[Situation]:
    graded = [
        Situation(f"s{number}", entry.when[1], "development", {entry.id: 3}, number)
        for number, entry in enumerate(relevance.entries)
    ]
    off_subject = ("recette de gâteau au chocolat", "horaires de la piscine", "changer une roue de voiture")
    return [*graded, *(Situation(text, text, "development", {}, 0) for text in off_subject)]


def test_fitted_coefficients_rank_and_refuse_what_they_were_fitted_on(
    relevance: Relevance, tmp_path: Path
) -> None:
    observed = observe(relevance, situations(relevance))

    fitted = fit(relevance, observed)
    figures = measure(relevance, observed, fitted)

    assert figures.ndcg_at_5 > 0.9
    assert figures.off_subject == 1
    assert figures.on_subject == 1
    assert sorted(ranked(relevance, observed[0], fitted)) == sorted(entry.id for entry in relevance.entries)

    write(fitted, tmp_path / "fitted.json", development=figures, test=figures)
    written = json.loads((tmp_path / "fitted.json").read_text(encoding="utf-8"))
    assert written["weights"] == pytest.approx(dict(fitted.weights), abs=1e-4)
    assert written["measured"]["test"]["off_subject"] == 1


def test_the_committed_coefficients_weigh_the_signals_that_exist(relevance: Relevance) -> None:
    [item] = observe(relevance, situations(relevance)[:1])
    committed = Fitted.read()

    assert set(committed.weights) == set(item.signals.values)
    assert set(committed.subject.weights) == set(item.features)
