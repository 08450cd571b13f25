"""Vectors less their mean: what all texts of a corpus share says nothing of any of them.

Embedding models crowd all texts into a narrow cone (e5's cosines lie between 0.75 and 0.9). Less the mean
vector, and to unit length again, they spread: Mu & Viswanath, « All-but-the-Top » (ICLR 2018), whose further
step, removing the first components, brought nothing here. Questions have a mean of their own, since they have
their own role in the model; it is estimated without any real question, from question forms and from the
corpus's sentences read as questions.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.embeddings import Embedder

Vectors = NDArray[np.float32]

SAMPLED_SENTENCES = 200
QUESTION_FORMS = (
    "Qu’est-ce que c’est ?",
    "Combien y en a-t-il ?",
    "Qui s’en occupe ?",
    "Où cela se passe-t-il ?",
    "Quand cela a-t-il eu lieu ?",
    "Comment faire ?",
    "Pourquoi ?",
    "Quels sont les exemples ?",
    "Quel est le but ?",
    "À quoi cela sert-il ?",
    "Quelle est la différence ?",
    "Avec qui ?",
)


def centred(vectors: Vectors, centre: Vectors) -> Vectors:
    """(n, d) unit rows in the direction from the (d,) centre; a row that is the centre stays zero."""
    moved = vectors - centre
    lengths = np.linalg.norm(moved, axis=1, keepdims=True)
    unit: Vectors = (moved / np.maximum(lengths, 1e-9)).astype(np.float32)
    return unit


def centre_of(vectors: Vectors) -> Vectors:
    """(d,) mean of (n, d) vectors; zero for a single one, which would otherwise vanish."""
    if len(vectors) < 2:
        return np.zeros(vectors.shape[1], dtype=np.float32)
    centre: Vectors = vectors.mean(axis=0, dtype=np.float32)
    return centre


def question_centre(embedder: Embedder, sentences: Sequence[str]) -> Vectors:
    """(d,) where the questions on a corpus lie: midway of question forms and sentences read as such."""
    places = np.linspace(0, len(sentences) - 1, min(len(sentences), SAMPLED_SENTENCES)).astype(int)
    forms = embedder.embed_for_question_centre(QUESTION_FORMS).mean(axis=0)
    subjects = embedder.embed_for_question_centre([sentences[place] for place in places]).mean(axis=0)
    centre: Vectors = ((forms + subjects) / 2).astype(np.float32)
    return centre
