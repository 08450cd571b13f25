"""The assistant with one part switched off, for the ablation."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.assistant import Assistant
from assistant.coefficients import coefficients
from assistant.reader import Reader, Stretch
from assistant.settings import Settings
from evals.bare_index import indexed_as_written, without_trail
from evals.target import EngineTarget, Target
from index.analysis import words_as_written
from index.embedding_cache import open_embedding_cache
from index.embeddings import Embedder, open_embedder
from index.lexicon import Lexicon
from index.opened import StoredIndex, open_index
from index.search import Searcher, fusion_weights

PARTS = {
    "words": "les mots",
    "vectors": "les vecteurs",
    "question_encoder": "le modèle des questions",
    "lexicon": "le lexique",
    "kindred_words": "les mots voisins",
    "heading_trail": "la chaîne des titres",
    "elision_and_accents": "élisions et accents",
    "fusion": "les poids de la fusion (tous égaux)",
    "reader": "le lecteur",
    "answerability": "le modèle de refus",
}
_SCORINGS_OF: dict[str | None, tuple[str, ...]] = {
    "words": ("words", "terms"),
    "vectors": ("passages", "sentences"),
}


@contextmanager
def target_without(settings: Settings, part: str | None) -> Iterator[Target]:
    """The assistant over the current index without one of PARTS, until the block ends; None: whole.

    Raises:
        IndexProblem; OSError when the vectors without headings cannot be kept.
    """
    with words_as_written() if part == "elision_and_accents" else nullcontext():
        yield EngineTarget(_open_without(settings, part))


def _open_without(settings: Settings, part: str | None) -> Assistant:
    embedder = open_embedder(settings.embedder, threads=settings.thread_count)
    if part == "question_encoder":
        embedder = _Unlearned(embedder)
    searcher = Searcher(
        _index(settings, part, embedder),
        embedder,
        Lexicon() if part == "lexicon" else Lexicon.of_corpus(settings.lexicon_path),
        weights=_weights(part),
        kindred_words=part != "kindred_words",
    )
    fitted = coefficients()
    return Assistant(
        searcher,
        _Silent() if part == "reader" else Reader(threads=settings.threads),
        fitted=replace(fitted, threshold=float("-inf")) if part == "answerability" else fitted,
        data_dir=settings.data_dir,
    )


class _Unlearned:
    """An embedding model whose questions are embedded as before their encoder learned."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.dimension, self.revision = embedder.name, embedder.dimension, embedder.revision
        self.question_revision = f"{embedder.revision}, unlearned"
        self.embed_passages = embedder.embed_passages
        self.embed_questions = self.embed_for_question_centre = embedder.embed_for_question_centre


class _Silent:
    """A reader that has no opinion."""

    def log_odds(self, _question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        """(n,) zeros for n stretches."""
        return np.zeros(len(stretches), dtype=np.float32)


def _index(settings: Settings, part: str | None, embedder: Embedder) -> StoredIndex:
    index = open_index(settings.data_dir, embedder_name=settings.embedder)
    if part == "elision_and_accents":
        return indexed_as_written(index)
    if part == "heading_trail":
        with open_embedding_cache(settings.data_dir / "cache" / "ablation.sqlite") as cache:
            return without_trail(index, embedder, cache)
    return index


def _weights(part: str | None) -> dict[str, float]:
    """The weight of each scoring."""
    weights = fusion_weights()
    if part == "fusion":
        return dict.fromkeys(weights, 1.0)
    return weights | dict.fromkeys(_SCORINGS_OF.get(part, ()), 0.0)
