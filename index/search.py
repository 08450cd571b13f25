"""A question → ranked passages: words and vectors, fused, and how well each sentence fits."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from index.analysis import fold, term_set
from index.centring import centred
from index.embeddings import Embedder
from index.fusion import standardised
from index.hit import Hit
from index.idioms import Idioms
from index.lexicon import Lexicon
from index.opened import StoredIndex
from index.query import Query, QueryReader
from index.term_matches import TermMatcher
from index.vectors import VectorStore
from index.word_vectors import WordVectors

SCORINGS = ("words", "passages", "sentences", "terms")
EMBEDDED_CHARACTERS = 800  # of a question, its end: a model's windows cost seconds on 2,000 characters
NEAREST = 5_000  # vectors read for a question; in a smaller corpus all of them, so every score is exact


def fusion_weights() -> dict[str, float]:
    """The weight of each scoring, as `cokit fit` chose them."""
    content = json.loads(files("index").joinpath("coefficients.json").read_text(encoding="utf-8"))
    return {name: float(weight) for name, weight in content["fusion"].items()}


@dataclass(frozen=True, slots=True)
class Ranking:
    """All passages scored for one query.

    `vector` (d,) is the question's, centred; `scores` (n,) is the fused score of each passage, -inf for one
    that is left out; `scorings` its parts, named as in SCORINGS, before they are weighted;
    `passage_similarities` (n,) and `sentence_similarities` (m,) are the cosines of the passages and of their
    sentences with the question, all centred; `term_matches` (t, m) is how well each sentence says each term
    of the query, 0 to 1.
    """

    query: Query
    vector: NDArray[np.float32]
    scores: NDArray[np.float32]
    scorings: Mapping[str, NDArray[np.float32]]
    passage_similarities: NDArray[np.float32]
    sentence_similarities: NDArray[np.float32]
    term_matches: NDArray[np.float32]

    @property
    def allowed(self) -> NDArray[np.bool_]:
        """(n,) which passages were not left out."""
        return np.isfinite(self.scores)

    def best(self, k: int) -> NDArray[np.int64]:
        """Positions of the k best allowed passages, best first, equal scores in the index's order."""
        order = np.argsort(-self.scores, kind="stable")[:k]
        return order[np.isfinite(self.scores[order])].astype(np.int64)


class Searcher:
    """Searches one opened index; safe to call from several threads."""

    def __init__(
        self,
        index: StoredIndex,
        embedder: Embedder,
        lexicon: Lexicon,
        *,
        weights: Mapping[str, float] | None = None,
        kindred_words: bool = True,
    ) -> None:
        """`weights` of SCORINGS; without `kindred_words` only the same words and synonyms match terms."""
        self.index = index
        self.lexicon = lexicon
        self.embedder = embedder
        self._weights = dict(weights) if weights is not None else fusion_weights()
        idioms = Idioms(lexicon.idioms, documents=(passage.text for passage in index.passages))
        self._reader = QueryReader(index.words, _vocabulary(index), lexicon, idioms)
        self._matcher = TermMatcher(index.sentence_words, WordVectors.read() if kindred_words else None)
        self._document_ids = np.array([passage.document_id for passage in index.passages])
        self._titled = self._passages_titled()

    def read(self, question: str) -> Query:
        """The question with its spelling put right, and its terms."""
        return self._reader.read(question)

    def rank(
        self, query: Query, *, documents: Collection[str] | None = None, without: Collection[int] = ()
    ) -> Ranking:
        """Every passage scored; `documents` keeps only theirs, `without` leaves out passage positions."""
        allowed = np.ones(len(self._document_ids), dtype=bool)
        if documents is not None:
            allowed &= np.isin(self._document_ids, list(documents))
        allowed[list(without)] = False
        embedded = self.embedder.embed_questions([query.text[-EMBEDDED_CHARACTERS:]])
        vector = centred(embedded, self.index.question_centre)[0]
        word_scores = self.index.words.scores(query.word_weights) / query.norm
        passages = _similarities(self.index.passage_vectors, vector)
        sentences = _similarities(self.index.sentence_vectors, vector)
        best_sentences = np.maximum.reduceat(sentences, self.index.sentence_starts[:-1])
        matches = self._matcher.matches(query.terms)
        scorings = {
            "words": word_scores,
            "passages": standardised(passages, allowed),
            "sentences": standardised(best_sentences, allowed),
            "terms": self._best_coverage(query, matches),
        }
        fused = sum(np.float32(self._weights[name]) * scorings[name] for name in SCORINGS)
        scores = np.where(allowed, fused, -np.inf).astype(np.float32)
        return Ranking(query, vector, scores, scorings, passages, sentences, matches)

    def _best_coverage(self, query: Query, matches: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,) share of the question's terms, by importance, that each passage and its title say together."""
        importances = np.array([term.importance for term in query.terms], dtype=np.float32)
        said = np.maximum.reduceat(matches, self.index.sentence_starts[:-1], axis=1)
        for row, term in zip(said, query.terms, strict=True):
            for name in {term.stem} | term.alternatives:
                row[self._titled.get(name, [])] = 1.0
        return (importances @ said) / max(float(importances.sum()), 1e-9)

    def _passages_titled(self) -> dict[str, NDArray[np.int64]]:
        """The positions of the passages whose document's title holds a term."""
        places: defaultdict[str, list[NDArray[np.int64]]] = defaultdict(list)
        for name, document in self.index.documents.items():
            of_document = np.flatnonzero(self._document_ids == name)
            for stem in term_set(document.title):
                places[stem].append(of_document)
        return {stem: np.concatenate(found) for stem, found in places.items()}

    def hits(self, ranking: Ranking, k: int) -> tuple[Hit, ...]:
        """The k best passages of a ranking, best first."""
        return tuple(
            Hit(self.index.passages[position], float(ranking.scores[position]))
            for position in ranking.best(k)
        )


def _similarities(store: VectorStore, vector: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n,) cosine of every row with a vector; a row beyond the nearest gets the furthest of them."""
    nearest = store.search(vector, min(len(store), NEAREST))
    scores = np.full(len(store), nearest.scores[-1], dtype=np.float32)
    scores[nearest.positions] = nearest.scores
    return scores


def _vocabulary(index: StoredIndex) -> dict[str, str]:
    """Each folded word of the passages with its most frequent spelling."""
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for passage in index.passages:
        for word in _letters(" ".join((*passage.headings, passage.text))):
            spellings[fold(word)][word.lower()] += 1
    return {folded: counts.most_common(1)[0][0] for folded, counts in spellings.items()}


def _letters(text: str) -> list[str]:
    return "".join(character if character.isalpha() else " " for character in text).split()
