"""A question → its vector, in the space of the passages' vectors.

The passages' vectors are those of multilingual-e5-small. This encoder began as that model and went on
learning with them as they are, from questions as people ask them: the index need not change (« query-side
fine-tuning », Lee et al. 2021, « Learning Dense Representations of Phrases at Scale »). Trained by
`cokit fit-questions`; 8-bit weights, run by ONNX Runtime on the processor.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.onnx_models import open_model, read_pieces, revision_of
from index.pieces import END, START, Pieces

ROLE = "query:"  # what e5 reads before a question
LONGEST = 256  # pieces
_NAME = "question_encoder"


class QuestionEncoder:
    """The trained model; safe to call from several threads."""

    dimension = 384

    def __init__(self, *, threads: int = 0) -> None:
        """`threads` of 0 means one per physical core; they sleep while they wait."""
        self._session = open_model("index", _NAME, threads=threads)
        self._pieces = read_pieces("index", _NAME)

    @property
    def revision(self) -> str:
        """Changes whenever the same question would get another vector."""
        return revision_of("index", _NAME)

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, 384) unit rows of n texts, each read alone: 8-bit activations would depend on the others."""
        rows = [self._session.run(None, {"pieces": [in_pieces(text, self._pieces)]})[0] for text in texts]
        return np.array(rows, dtype=np.float32).reshape(-1, self.dimension)


def in_pieces(text: str, pieces: Pieces) -> list[int]:
    """The numbers of a question's pieces, between their marks; what is too long is cut at its start."""
    role = pieces.of(ROLE)
    asked = [piece for word in text.split() for piece in pieces.of(word)]
    return [START, *role, *asked[-(LONGEST - len(role) - 2) :], END]
