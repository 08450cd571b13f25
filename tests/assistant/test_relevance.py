"""Examples → a regression → which documents a situation calls for, with the real encoder."""

from pathlib import Path

import numpy as np
import pytest

from assistant.needs import Need
from assistant.outside import outside_phrases
from assistant.relevance import Relevance, Setting, kernel
from index.embeddings import E5Embedder
from ingestion.catalogue import Catalogue, read_catalogue

PATH = Path(__file__).parents[2] / "corpus" / "catalogue.yaml"
SETTING = Setting(meaning=1.0, words=1.0, concepts=0.3, conjunctions=2.0, ridge=2.0)


@pytest.fixture(scope="module")
def relevance() -> Relevance:
    whole = read_catalogue(PATH)
    films = tuple(entry for entry in whole if entry.kind in ("film", "benchmark"))
    [film] = [entry for entry in films if entry.kind == "film"]
    needs = (Need("voyager", {film.id: 2, "inconnu": 3}, ("prendre le large en voilier",)),)
    return Relevance(Catalogue(whole.path, films), needs, E5Embedder(threads=2))


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
    rows = relevance.features.weighted(SETTING)
    others = np.arange(len(rows)) != 2
    penalty = np.diag(SETTING.ridge / relevance.examples.importance[others])
    alphas = np.linalg.solve(
        kernel(rows[others], rows[others], SETTING) + penalty, relevance.examples.targets[others]
    )

    np.testing.assert_allclose(
        relevance.left_out(SETTING)[2],
        (kernel(rows[2:3], rows[others], SETTING) @ alphas)[0],
        rtol=1e-2,
        atol=1e-3,
    )


def test_a_need_said_otherwise_brings_its_document_first(relevance: Relevance) -> None:
    gains, subject = relevance.solve(SETTING).scores(
        relevance.read("on voudrait montrer une vidéo au public")
    )

    assert relevance.entries[int(gains[0].argmax())].kind == "film"
    assert subject[0] > 0


def test_the_kernel_adds_the_square_of_the_similarity() -> None:
    some, other = np.array([[1.0, 0.0]], dtype=np.float32), np.array([[0.5, 0.2]], dtype=np.float32)

    assert kernel(some, other, SETTING)[0, 0] == pytest.approx(0.5 + 2 * 0.25)


def test_reading_words_alone_gives_no_meaning(relevance: Relevance) -> None:
    features = relevance.read_words(["un film", "une vidéo"])

    assert features.meaning.shape == (2, 384)
    assert not features.meaning.any()
    assert features.words.any()
