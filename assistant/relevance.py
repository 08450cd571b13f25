"""How near each document of the catalogue is to a situation: several signals, one fitted score.

Signals read only what the catalogue says of a document (title, abstract, topics, section, kind). Each is
standardised over the documents, so that one weight has one meaning whatever the situation's length.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from assistant.concepts import Concept, Mention, find_concepts, read_concepts
from index.analysis import tokenize
from index.embeddings import Embedder, Vectors
from index.lexicon import Lexicon
from index.words import WordIndex
from ingestion.catalogue import Catalogue, CatalogueEntry

Scores = NDArray[np.float32]

IN_TITLE, BY_KIND, IN_TOPICS, IN_WHEN = (
    1.0,
    0.8,
    0.6,
    0.4,
)  # how strongly a document serves a concept, by where it says so
ROLE_WEIGHTS = {"need": 1.0, "subject": 1.2, "actor": 0.4, "outside": 0.0}
SYNONYM = 0.4  # weight of a word that the lexicon gives for a word of the situation
MAX_CLAUSES = 8  # of a long situation, embedded one by one
_CLAUSE_END = re.compile(r"[.!?;:…\n]+\s*|,\s+|\s+(?:mais|puis|alors|donc)\s+")
_SHORTEST_CLAUSE = 3  # subject words; a shorter one joins the clause before it


@dataclass(frozen=True, slots=True)
class Situation:
    """A situation as the signals read it."""

    text: str
    clauses: tuple[str, ...]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, text: str) -> "Situation":
        """The situation's clauses and concepts."""
        return cls(text=text, clauses=split_clauses(text), mentions=find_concepts(text))


@dataclass(frozen=True, slots=True)
class Similarities:
    """Raw cosines of one situation with every document, before standardising: what refusing looks at."""

    document_e5: Scores
    document_second: Scores
    phrase_second: Scores


@dataclass(frozen=True, slots=True)
class Signals:
    """`values[name]` is (n,) over the catalogue's entries, mean 0 and deviation 1 (or all 0)."""

    values: Mapping[str, Scores]
    similarities: Similarities
    nearest_clause: NDArray[np.int64]  # (n,) the clause of the situation that is nearest to each document

    def score(self, weights: Mapping[str, float]) -> Scores:
        """(n,) weighted sum of the signals."""
        return np.asarray(
            sum(weight * self.values[name] for name, weight in weights.items()), dtype=np.float32
        )


class Relevance:
    """The catalogue's texts, ready to be compared with situations."""

    def __init__(
        self,
        catalogue: Catalogue,
        first: Embedder,
        second: Embedder,
        lexicon: Lexicon,
        *,
        embed: Callable[[Embedder, Sequence[str]], Vectors] = lambda embedder, texts: embedder.embed_passages(
            texts
        ),
    ) -> None:
        self.entries = catalogue.entries
        self._first, self._second = first, second
        self._lexicon = lexicon
        topic_terms = [tokenize(_topic_text(entry)) for entry in self.entries]
        lay_terms = [tokenize(" ".join(entry.when)) for entry in self.entries]
        self._words, self._lay_words = WordIndex.build(topic_terms), WordIndex.build(lay_terms)
        self.vocabulary = frozenset(term for terms in (*topic_terms, *lay_terms) for term in terms)
        detailed = [f"{entry.title}. {', '.join(entry.topics)}" for entry in self.entries]
        self._detailed = embed(first, detailed)
        self._detailed_second = embed(second, detailed)
        self._topics_second = embed(
            second, [text for entry in self.entries for text in (entry.title, *entry.topics)]
        )
        self._topic_starts = _starts([1 + len(entry.topics) for entry in self.entries])
        when = [text for entry in self.entries for text in (entry.title, *entry.when)]
        self._when = embed(first, when)
        self._when_second = embed(second, when)
        self._when_starts = _starts([1 + len(entry.when) for entry in self.entries])
        self._concepts = tuple(concept for concept in read_concepts() if concept.role != "outside")
        self.coverage = np.array(
            [coverage(entry, self._concepts) for entry in self.entries], dtype=np.float32
        )
        held = (self.coverage > 0).sum(axis=0)
        self._idf = np.log(1 + (len(self.entries) - held + 0.5) / (held + 0.5)).astype(np.float32)

    def signals(self, situation: Situation) -> Signals:
        """Every signal for one situation."""
        question = self._first.embed_questions([situation.text])[0]
        parts = self._second.embed_questions([situation.text, *situation.clauses])
        whole, clauses = parts[0], parts[1:]
        by_topic = _best_of_each(clauses @ self._topics_second.T, self._topic_starts)
        by_when = _best_of_each(parts @ self._when_second.T, self._when_starts)
        terms = self._weighted_terms(situation.text)
        raw = {
            "words": self._words.scores(terms),
            "lay words": self._lay_words.scores(terms),
            "detailed": self._detailed @ question,
            "detailed, second": self._detailed_second @ whole,
            "when": _best_of_each(self._when @ question, self._when_starts),
            "when, second": by_when[0],
            "when, clauses": by_when[1:].mean(axis=0),
            "topics, mean clause": by_topic.mean(axis=0),
            "topics, best clause": by_topic.max(axis=0),
            "concepts": self._concept_scores(situation.mentions),
        }
        similarities = Similarities(raw["detailed"], raw["detailed, second"], by_when.max(axis=0))
        nearest = by_when[1:].argmax(axis=0)
        return Signals({name: standardised(values) for name, values in raw.items()}, similarities, nearest)

    @cached_property
    def companions(self) -> NDArray[np.float32]:
        """(n, n) rows that sum to 1: with which documents each one is read, nearest first by far."""
        profiles = self.coverage * self._idf
        profiles = profiles / np.maximum(np.linalg.norm(profiles, axis=1, keepdims=True), 1e-6)
        nearness = _standardised_pairs(profiles @ profiles.T)
        nearness += _standardised_pairs(self._detailed_second @ self._detailed_second.T)
        np.fill_diagonal(nearness, -np.inf)
        weights = np.exp(nearness - nearness.max(axis=1, keepdims=True))
        return np.asarray(weights / weights.sum(axis=1, keepdims=True), dtype=np.float32)

    def concept_weights(self, mentions: Sequence[Mention]) -> dict[int, float]:
        """Weight of each mentioned concept, by its column in `coverage`."""
        found = {mention.concept.id for mention in mentions}
        return {
            column: ROLE_WEIGHTS[concept.role] * float(self._idf[column])
            for column, concept in enumerate(self._concepts)
            if concept.id in found
        }

    def covers(self, position: int, concept: Concept) -> float:
        """How strongly a document serves a concept, 0 to 1; 0 for a matter outside the kit."""
        if concept.role == "outside":
            return 0.0
        return float(self.coverage[position, self._concepts.index(concept)])

    def rarity(self, concept: Concept) -> float:
        """How telling a concept is: its weight by role, and by the number of documents that serve it."""
        column = self._concepts.index(concept)
        return ROLE_WEIGHTS[concept.role] * float(self._idf[column])

    def _weighted_terms(self, text: str) -> dict[str, float]:
        """The situation's terms, each once, and the words that mean the same."""
        weights: dict[str, float] = {}
        terms = set(tokenize(text))
        for term in terms:
            for other in self._lexicon.alternatives.get(term, frozenset()) - terms:
                weights[other] = SYNONYM
        return weights | dict.fromkeys(terms, 1.0)

    def _concept_scores(self, mentions: Sequence[Mention]) -> Scores:
        weights = np.zeros(len(self._concepts), dtype=np.float32)
        for column, weight in self.concept_weights(mentions).items():
            weights[column] = weight
        return np.asarray(self.coverage @ weights, dtype=np.float32)


def split_clauses(text: str) -> tuple[str, ...]:
    """The situation cut at punctuation and turning words, none too short to mean something."""
    clauses: list[str] = []
    for part in _CLAUSE_END.split(text):
        if not part.strip():
            continue
        if clauses and len(tokenize(part)) < _SHORTEST_CLAUSE:
            clauses[-1] = f"{clauses[-1]}, {part.strip()}"
        else:
            clauses.append(part.strip())
    return tuple(clauses[:MAX_CLAUSES]) or (text,)


def coverage(entry: CatalogueEntry, concepts: Sequence[Concept]) -> list[float]:
    """How strongly a document serves each concept."""
    title = {mention.concept.id for mention in find_concepts(entry.title)}
    detail = {
        mention.concept.id for text in (entry.abstract, *entry.topics) for mention in find_concepts(text)
    }
    when = {mention.concept.id for text in entry.when for mention in find_concepts(text)}
    return [
        max(
            IN_TITLE * (concept.id in title),
            BY_KIND * (entry.kind in concept.kinds or entry.section in concept.sections),
            IN_TOPICS * (concept.id in detail),
            IN_WHEN * (concept.id in when),
        )
        for concept in concepts
    ]


def standardised(values: Scores) -> Scores:
    """Mean 0, deviation 1; all 0 when the values are all equal."""
    deviation = float(values.std())
    if deviation < 1e-6:
        return np.zeros_like(values)
    return np.asarray((values - values.mean()) / deviation, dtype=np.float32)


def _topic_text(entry: CatalogueEntry) -> str:
    return " ".join((entry.title, entry.title, entry.abstract, entry.section, entry.kind, *entry.topics))


def _starts(counts: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)


def _best_of_each(similarities: Scores, starts: NDArray[np.int64]) -> Scores:
    """Of each document's phrases (consecutive columns), the highest similarity."""
    return np.asarray(np.maximum.reduceat(similarities, starts, axis=-1), dtype=np.float32)


def _standardised_pairs(similarities: Scores) -> Scores:
    """Similarities of pairs, mean 0 and deviation 1 over the pairs of different documents."""
    pairs = similarities[~np.eye(len(similarities), dtype=bool)]
    return np.asarray((similarities - pairs.mean()) / max(float(pairs.std()), 1e-6), dtype=np.float32)
