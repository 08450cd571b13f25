"""BM25 over terms (bm25s): which passages share a question's words, and how rare those words are."""

import math
from collections.abc import Mapping, Sequence
from pathlib import Path

import bm25s  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

from index.ranked import Ranked, best

K1, B = 1.5, 0.75  # bm25s's defaults, which are Lucene's formula: Kamphuis et al., ECIR 2020

Terms = Sequence[str] | Mapping[str, float]


class WordIndex:
    """Texts as bags of terms; positions are those of the texts it was built from."""

    def __init__(self, engine: bm25s.BM25) -> None:
        self._engine = engine
        self._vocabulary: dict[str, int] = engine.vocab_dict

    @classmethod
    def build(cls, token_lists: Sequence[Sequence[str]]) -> "WordIndex":
        """Index of the terms of each text, in the texts' order."""
        numbered: dict[str, int] = {}
        numbers = [[numbered.setdefault(term, len(numbered)) for term in tokens] for tokens in token_lists]
        if not numbered:  # bm25s cannot index texts without a single term
            numbered[""] = 0
        engine = bm25s.BM25(k1=K1, b=B, method="lucene", backend="numpy")
        with np.errstate(invalid="ignore"):  # the mean length is 0 where no text has a term
            engine.index((numbers, numbered), create_empty_token=False, show_progress=False)
        return cls(engine)

    def __len__(self) -> int:
        return int(self._engine.scores["num_docs"])

    def __contains__(self, term: str) -> bool:
        return term in self._vocabulary

    def search(self, terms: Terms, k: int) -> Ranked:
        """The k best texts, best first, equal scores in the texts' order; none that shares no term."""
        return best(self.scores(terms), k, above=0.0)

    def scores(self, terms: Terms) -> NDArray[np.float32]:
        """(n,) BM25 score of every text; a term that is repeated counts each time, or as its weight says."""
        weights = terms if isinstance(terms, Mapping) else _counted(terms)
        scores = np.zeros(len(self), dtype=np.float32)
        for term, weight in weights.items():
            texts, contributions = self._postings(term)
            scores[texts] += np.float32(weight) * contributions
        return scores

    def idf(self, term: str) -> float:
        """ln(1 + (n - f + ½) / (f + ½)) where f of the n texts hold the term; greatest for an unknown one."""
        held = len(self._postings(term)[0])
        return math.log(1 + (len(self) - held + 0.5) / (held + 0.5))

    def holders(self, term: str) -> NDArray[np.int32]:
        """Positions of the texts that hold the term."""
        return self._postings(term)[0]

    def write(self, folder: Path) -> None:
        """Write arrays and JSON, no pickle."""
        self._engine.save(folder, show_progress=False, allow_pickle=False)

    @classmethod
    def read(cls, folder: Path) -> "WordIndex":
        """The index that `write` wrote."""
        return cls(bm25s.BM25.load(folder, load_corpus=False, allow_pickle=False, show_progress=False))

    def _postings(self, term: str) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Positions of the texts that hold the term, and what one occurrence in the question adds to each."""
        number = self._vocabulary.get(term)
        if number is None:
            return np.empty(0, dtype=np.int32), np.empty(0, dtype=np.float32)
        columns = self._engine.scores
        held = slice(columns["indptr"][number], columns["indptr"][number + 1])
        return columns["indices"][held], columns["data"][held]


def _counted(terms: Sequence[str]) -> dict[str, float]:
    counts: dict[str, float] = {}
    for term in terms:
        counts[term] = counts.get(term, 0.0) + 1.0
    return counts
