"""Examples → a regression → which documents a situation calls for, with the real encoder."""

from pathlib import Path

import numpy as np
import pytest

from assistant.needs import Need
from assistant.outside import outside_phrases
from assistant.relevance import Features, Relevance, Setting, kernel
from index.embedding_cache import open_embedding_cache
from index.embeddings import E5Embedder
from ingestion.catalogue import Catalogue, read_catalogue

PATH = Path(__file__).parents[2] / "corpus" / "catalogue.yaml"
SETTING = Setting(meaning=1.0, words=1.0, concepts=0.3, conjunctions=2.0, ridge=2.0)


@pytest.fixture(scope="module")
def relevance(pytestconfig: pytest.Config) -> Relevance:
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings") / "part-of-the-catalogue.sqlite"
    whole = read_catalogue(PATH)
    films = tuple(entry for entry in whole if entry.kind in ("film", "benchmark"))
    [film] = [entry for entry in films if entry.kind == "film"]
    needs = (Need("voyager", {film.id: 2, "inconnu": 3}, ("prendre le large en voilier",)),)
    with open_embedding_cache(kept) as cache:
        part = Catalogue(whole.path, films)
        return Relevance(part, needs, E5Embedder(threads=2), embed=cache.embed_passages)


def test_examples_carry_the_gains_of_their_documents(relevance: Relevance) -> None:
    examples = relevance.examples
    film = [entry.kind for entry in relevance.entries].index("film")

    assert examples.from_needs == 1
    assert examples.targets[0, film] == pytest.approx(3 / 7)
    assert examples.outside.sum() == len(outside_phrases())
    assert not examples.targets[examples.outside, :-1].any()


def test_both_sides_of_the_subject_weigh_the_same(relevance: Relevance) -> None:
    importance, outside = relevance.examples.importance, relevance.examples.outside

    if outside.sum() < (~outside).sum():
        assert importance[outside].sum() == pytest.approx(importance[~outside].sum(), rel=1e-4)
    assert (importance >= 1).all()


def test_rows_have_length_one_or_less_and_unknown_words_shorten_them(relevance: Relevance) -> None:
    known = relevance.read("un film à projeter")
    strange = relevance.read("un film à projeter, xyzzyx et plughplugh")

    assert np.linalg.norm(known.meaning) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(known.words) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(strange.words) < 0.95


def test_the_score_left_out_is_that_of_a_regression_without_the_example(relevance: Relevance) -> None:
    alike = kernel(relevance.features, relevance.features, SETTING)
    others = np.arange(len(alike)) != 2
    penalty = np.diag(SETTING.ridge / relevance.examples.importance[others])
    alphas = np.linalg.solve(alike[np.ix_(others, others)] + penalty, relevance.examples.targets[others])

    np.testing.assert_allclose(
        relevance.left_out(SETTING)[2],
        alike[2, others] @ alphas,
        rtol=1e-2,
        atol=1e-3,
    )


def test_a_need_said_otherwise_brings_its_document_first(relevance: Relevance) -> None:
    gains, subject = relevance.solve(SETTING).scores(
        relevance.read("on voudrait montrer une vidéo au public")
    )

    assert relevance.entries[int(gains[0].argmax())].kind == "film"
    assert subject[0] > 0


def test_the_kernel_is_the_weighted_mean_of_the_cosines_and_its_square() -> None:
    def features(*rows: tuple[float, float]) -> Features:
        return Features(*(np.array([row], dtype=np.float32) for row in rows))

    some = features((1.0, 0.0), (1.0, 0.0), (1.0, 0.0))
    other = features((0.6, 0.8), (0.3, 0.0), (0.0, 1.0))
    mean = (1.0 * 0.6 + 1.0 * 0.3) / 2.3

    assert kernel(some, other, SETTING)[0, 0] == pytest.approx(mean + 2 * mean**2)


def test_reading_words_alone_gives_no_meaning(relevance: Relevance) -> None:
    features = relevance.read_words(["un film", "une vidéo"])

    assert features.meaning.shape == (2, 384)
    assert not features.meaning.any()
    assert features.words.any()
