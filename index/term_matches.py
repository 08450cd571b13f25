"""How well each sentence says each term of a question: word for word, by a synonym, by a kindred word."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from index.analysis import tokenize
from index.query import SYNONYM_COVERS, Term
from index.sentence_words import SentenceWords
from index.word_vectors import WordVectors, kinship

_KIN_AT_MOST = 0.95  # of a word that is not the same


class TermMatcher:
    """Matches terms with the sentences of one index; safe to call from several threads."""

    def __init__(self, sentences: SentenceWords, vectors: WordVectors | None) -> None:
        """Without `vectors` only the same words and synonyms match."""
        self._sentences, self._vectors = sentences, vectors
        self._vocabulary_vectors = vectors.of(sentences.vocabulary).T if vectors else None
        by_stem: dict[str, list[int]] = {}
        for number, word in enumerate(sentences.vocabulary):
            for term in tokenize(word):
                by_stem.setdefault(term, []).append(number)
        self._numbers = by_stem

    def matches(self, terms: Sequence[Term]) -> NDArray[np.float32]:
        """(terms, sentences) how well each sentence says each term, 0 to 1.

        1 for the same stem, SYNONYM_COVERS for a synonym, else the kinship of the nearest word.
        """
        if not terms:
            return np.zeros((0, len(self._sentences.starts) - 1), dtype=np.float32)
        said = self._kinships(terms)
        for row, term in zip(said, terms, strict=True):
            for synonym in term.alternatives:
                held = self._numbers.get(synonym, [])
                row[held] = np.maximum(row[held], np.float32(SYNONYM_COVERS))
            row[self._numbers.get(term.stem, [])] = 1.0
        return np.maximum.reduceat(said[:, self._sentences.occurrences], self._sentences.starts[:-1], axis=1)

    def _kinships(self, terms: Sequence[Term]) -> NDArray[np.float32]:
        """(terms, vocabulary)"""
        if self._vectors is None or self._vocabulary_vectors is None:
            return np.zeros((len(terms), len(self._sentences.vocabulary)), dtype=np.float32)
        cosines = self._vectors.of([term.written for term in terms]) @ self._vocabulary_vectors
        return np.minimum(kinship(cosines), np.float32(_KIN_AT_MOST))
