"""Choosing the recommender's settings on graded situations."""

import json
import shutil
from pathlib import Path

import pytest
import typer
import yaml
from typer.testing import CliRunner

from assistant.needs import Need
from assistant.recommend import NEEDS_FILE, Fitted
from assistant.relevance import Relevance, Setting
from evals.commands import register
from evals.recommendation_fit import Figures, fit, left_out_ndcg, measure, observe, write
from evals.situations import Situation
from index.embedding_cache import open_embedding_cache
from index.embeddings import E5Embedder
from ingestion.catalogue import Catalogue, read_catalogue

PATH = Path(__file__).parents[2] / "corpus" / "catalogue.yaml"
ON_SUBJECT = {
    "film": "quelque chose de visuel à projeter avant un débat",
    "MOOC": "je voudrais suivre un cours à distance",
}
OFF_SUBJECT = ("recette de gâteau au chocolat", "horaires de la piscine", "changer une roue de voiture")


@pytest.fixture(scope="module")
def relevance(pytestconfig: pytest.Config) -> Relevance:
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings") / "part-of-the-catalogue.sqlite"
    whole = read_catalogue(PATH)
    part = tuple(entry for entry in whole if entry.kind in ("MOOC", "film"))
    [film] = [entry.id for entry in part if entry.kind == "film"]
    needs = (Need("montrer un film", {film: 3}, ("une vidéo à montrer", "projeter un film en réunion")),)
    with open_embedding_cache(kept) as cache:
        catalogue = Catalogue(whole.path, part)
        return Relevance(catalogue, needs, E5Embedder(threads=2), embed=cache.embed_passages)


@pytest.fixture(scope="module")
def situations(relevance: Relevance) -> list[Situation]:
    graded = [
        Situation(kind, text, "development", {e.id: 3 for e in relevance.entries if e.kind == kind}, 1)
        for kind, text in ON_SUBJECT.items()
    ]
    return [*graded, *(Situation(text, text, "development", {}, 0) for text in OFF_SUBJECT)]


def test_fitted_settings_rank_and_refuse_what_they_were_fitted_on(
    relevance: Relevance, situations: list[Situation]
) -> None:
    observed = observe(relevance, situations)

    figures = measure(relevance, observed, fit(relevance, observed))

    assert figures.ndcg_at_5 == pytest.approx(1)
    assert (figures.first_three, figures.off_subject, figures.on_subject) == (1, 1, 1)


def test_a_refused_situation_counts_nothing(relevance: Relevance, situations: list[Situation]) -> None:
    figures = measure(
        relevance, observe(relevance, situations), Fitted(Setting(1.0, 1.0, 0.3, 2.0, 2.0), threshold=9.0)
    )

    assert figures == Figures(ndcg_at_5=0, first_three=0, off_subject=1, on_subject=0)


def test_a_phrase_is_ranked_by_the_other_examples_of_its_document(relevance: Relevance) -> None:
    assert left_out_ndcg(relevance, Setting(1.0, 1.0, 0.3, 2.0, 2.0)) == pytest.approx(1)


def test_what_is_written_is_what_the_recommender_reads(tmp_path: Path) -> None:
    fitted = Fitted(Setting(1.0, 0.5, 0.3, 1.0, 4.0), threshold=0.25)
    figures = Figures(0.9, 0.9, 0.9, 1.0)

    write(fitted, tmp_path / "fitted.json", development=figures, test=figures)
    written = json.loads((tmp_path / "fitted.json").read_text(encoding="utf-8"))

    assert Fitted(Setting(**written["setting"]), written["threshold"]) == fitted
    assert written["measured"]["test"]["ndcg_at_5"] == 0.9


def test_the_committed_settings_hold_back_the_regression() -> None:
    committed = Fitted.read()

    assert committed.setting.ridge >= 1
    assert -0.5 < committed.threshold < 0.5


@pytest.fixture
def brief_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kit's catalogue with two phrases for each need, so that the settings are tried in seconds."""
    shutil.copy(PATH, tmp_path)
    needs = yaml.safe_load(PATH.with_name(NEEDS_FILE).read_text("utf-8"))["needs"]
    brief = {"needs": [need | {"phrases": need["phrases"][:2]} for need in needs]}
    (tmp_path / NEEDS_FILE).write_text(yaml.safe_dump(brief, allow_unicode=True), "utf-8")
    monkeypatch.setenv("COKIT_CORPUS_DIR", str(tmp_path))


@pytest.mark.usefixtures("brief_corpus")
def test_the_command_shows_what_it_chose_and_writes_it_only_when_told(
    tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings")
    arguments = ["fit-situations", "--data-dir", str(kept), "--output", str(tmp_path)]
    (tmp_path / "assistant").mkdir()
    app = typer.Typer()
    register(app)
    shown = CliRunner().invoke(app, arguments)
    assert shown.exit_code == 0, shown.output
    assert "seuil" in shown.output
    assert not list((tmp_path / "assistant").iterdir())
    assert CliRunner().invoke(app, [*arguments, "--write"]).exit_code == 0
    written = json.loads((tmp_path / "assistant" / "recommend_coefficients.json").read_text("utf-8"))
    assert set(written) == {"measured", "setting", "threshold"}
