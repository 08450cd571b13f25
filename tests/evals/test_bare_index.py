"""An index without headings, and one whose words are as they are written, over four passages."""

from pathlib import Path

import numpy as np
import pytest

from evals.bare_index import indexed_as_written, without_trail
from index.analysis import tokenize, words_as_written
from index.build import build_index
from index.centring import centre_of, centred
from index.embedding_cache import open_embedding_cache
from index.embeddings import E5Embedder, Vectors
from index.opened import StoredIndex, open_index
from ingestion.document import Corpus, Document, Page, Passage, Sentence

PASSAGES = {
    "Le budget": "Chaque commune verse deux euros par habitant.",
    "Le calendrier": "Les élus se réunissent au printemps.",
    "Les lieux": "L’école prête sa salle aux réunions.",
    "Les outils": "Un cahier recueille les idées des habitants.",
}


class Counted(E5Embedder):
    """The real engine, and how many passages it was given."""

    embedded = 0

    def embed_passages(self, texts: list[str]) -> Vectors:  # type: ignore[override]
        self.embedded += len(texts)
        return super().embed_passages(texts)


@pytest.fixture(scope="module")
def engine() -> Counted:
    return Counted(threads=2)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, engine: Counted) -> StoredIndex:
    data_dir = tmp_path_factory.mktemp("index")
    passages = tuple(
        Passage(f"guide:{number}", "guide", ("Le guide", heading), (Sentence(text, text, 1),))
        for number, (heading, text) in enumerate(PASSAGES.items())
    )
    page = Page("guide", 1, "1", "\n".join(PASSAGES.values()))
    documents = (Document("guide", "Le guide", Path("guide.pdf"), "0" * 64, ("1",)),)
    corpus = Corpus(documents, (page,), passages)
    build_index(corpus, data_dir=data_dir, embedder=engine, corpus_hash="abc", tokenize=tokenize)
    return open_index(data_dir, embedder_name=engine.name)


def bare(index: StoredIndex, engine: Counted, folder: Path) -> StoredIndex:
    with open_embedding_cache(folder / "ablation.sqlite") as cache:
        return without_trail(index, engine, cache)


def found(index: StoredIndex, question: str) -> list[int]:
    """Positions of the passages that hold a word of the question."""
    return np.flatnonzero(index.words.scores(tokenize(question))).tolist()


def test_without_its_trail_a_passage_has_the_words_and_the_vectors_of_its_own_text(
    index: StoredIndex, engine: Counted, tmp_path: Path
) -> None:
    own = engine.embed_passages(list(PASSAGES.values()))
    expected = centred(own, centre_of(own))

    stripped = bare(index, engine, tmp_path)

    assert (found(index, "budget"), found(stripped, "budget")) == ([0], [])
    assert found(stripped, "euros") == [0]
    np.testing.assert_allclose(stripped.passage_vectors.rows(np.arange(4)), expected, atol=1e-4)
    assert np.abs(index.passage_vectors.rows(np.arange(4)) - expected).max() > 0.01
    assert stripped.passages == index.passages  # what is read once found keeps its headings


def test_the_texts_without_headings_are_embedded_once(
    index: StoredIndex, engine: Counted, tmp_path: Path
) -> None:
    bare(index, engine, tmp_path)
    engine.embedded = 0

    bare(index, engine, tmp_path)

    assert engine.embedded == 0


def test_as_written_only_the_same_spelling_is_found_and_nothing_is_embedded(
    index: StoredIndex, engine: Counted
) -> None:
    engine.embedded = 0

    with words_as_written():
        written = indexed_as_written(index)
        assert [found(written, word) for word in ("élus", "elus", "l’école", "école")] == [[1], [], [2], []]
        assert "l'école" in written.sentence_words.vocabulary

    assert [found(index, word) for word in ("élus", "elus", "l’école", "école")] == [[1], [1], [2], [2]]
    assert engine.embedded == 0
