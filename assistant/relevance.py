"""How near each document of the catalogue is to a situation: several signals, one fitted score.

Signals read only what the catalogue says of a document (title, abstract, topics, section, kind). Each is
standardised over the documents, so that one weight has one meaning whatever the situation's length.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

import numpy as np
import yaml
from numpy.typing import NDArray

from assistant.concepts import Concept, Mention, find_concepts, read_concepts
from index.analysis import tokenize
from index.embeddings import Embedder, Vectors
from index.words import WordIndex
from ingestion.catalogue import Catalogue, CatalogueEntry

Scores = NDArray[np.float32]

MAIN, OTHER, BY_KIND, BY_ROLE = 1.0, 0.5, 0.4, 0.3  # how strongly a document serves a concept
ROLE_WEIGHTS = {"need": 1.0, "subject": 1.2, "actor": 0.4, "outside": 0.0}
NEAREST_PHRASES = 3  # of a document, averaged: one alone may be near by chance
ROOT = 5  # letters: « financer », « financement » and « financeur » share them
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
    """The highest cosines of a situation, before standardising: what refusing looks at."""

    phrase: float  # with the catalogue's phrases
    phrase_second: float
    outside: float  # with phrases on matters outside the kit
    outside_second: float
    document_second: float


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
        *,
        embed: Callable[[Embedder, Sequence[str]], Vectors] = lambda embedder, texts: embedder.embed_passages(
            texts
        ),
    ) -> None:
        self.entries = catalogue.entries
        self._first, self._second = first, second
        self._roots = WordIndex.build([_roots(_all_text(entry)) for entry in self.entries])
        self.vocabulary = frozenset(root for entry in self.entries for root in _roots(_all_text(entry)))
        detailed = [f"{entry.title}. {', '.join(entry.topics)}" for entry in self.entries]
        self._detailed_second = embed(second, detailed)
        topics = [text for entry in self.entries for text in (entry.title, *entry.topics)]
        self._topic_starts = _starts([1 + len(entry.topics) for entry in self.entries])
        when = [text for entry in self.entries for text in (entry.title, *entry.when)]
        when_first, when_second = embed(first, when), embed(second, when)
        self._when_starts = _starts([1 + len(entry.when) for entry in self.entries])
        outside = outside_phrases()
        # what all texts share is taken away, or it hides what tells them apart: for questions, for phrases
        asked = first.embed_questions([(entry.when or (entry.title,))[0] for entry in self.entries])
        self._question_mean = asked.mean(axis=0)
        self._second_mean = when_second.mean(axis=0)
        self._centred_when = _centred(when_first, when_first.mean(axis=0))
        self._centred_when_second = _centred(when_second, self._second_mean)
        self._outside = _centred(embed(first, outside), when_first.mean(axis=0))
        self._outside_second = _centred(embed(second, outside), self._second_mean)
        self._centred_topics = _centred(embed(second, topics), self._second_mean)
        self._centre = _centred(np.add.reduceat(self._centred_when, self._when_starts, axis=0), np.float32(0))
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
        centred_question = _centred(question[None], self._question_mean)[0]
        centred_parts = _centred(parts, self._second_mean)
        by_topic = _best_of_each(centred_parts[1:] @ self._centred_topics.T, self._topic_starts, 1)
        by_when = _best_of_each(
            centred_parts @ self._centred_when_second.T, self._when_starts, NEAREST_PHRASES
        )
        raw = {
            "words": self._roots.scores(sorted(set(_roots(situation.text)))),
            "concepts": self._concept_scores(situation.mentions),
            "when": _best_of_each(self._centred_when @ centred_question, self._when_starts, NEAREST_PHRASES),
            "when, centre": self._centre @ centred_question,
            "when, second": by_when[0],
            "when, clauses": by_when[1:].mean(axis=0),
            "topics": by_topic.mean(axis=0),
        }
        similarities = Similarities(
            phrase=float((self._centred_when @ centred_question).max()),
            phrase_second=float((centred_parts @ self._centred_when_second.T).max()),
            outside=float((self._outside @ centred_question).max()),
            outside_second=float((centred_parts @ self._outside_second.T).max()),
            document_second=float((self._detailed_second @ parts[0]).max()),
        )
        values = {name: standardised(scores) for name, scores in raw.items()}
        return Signals(values, similarities, by_when[1:].argmax(axis=0))

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
    """How strongly a document serves each concept: as the catalogue indexes it, or as its words say."""
    title = {mention.concept.id for mention in find_concepts(entry.title)}
    detail = {mention.concept.id for text in entry.topics for mention in find_concepts(text)}
    indexed = bool(entry.main_concepts)
    return [
        max(
            MAIN * (concept.id in entry.main_concepts or (not indexed and concept.id in title)),
            OTHER * (concept.id in entry.other_concepts or (not indexed and concept.id in detail)),
            BY_KIND * (entry.kind in concept.kinds or entry.section in concept.sections),
            BY_ROLE * (concept.role == "actor" and concept.id in detail | title),
        )
        for concept in concepts
    ]


def standardised(values: Scores) -> Scores:
    """Mean 0, deviation 1; all 0 when the values are all equal."""
    deviation = float(values.std())
    if deviation < 1e-6:
        return np.zeros_like(values)
    return np.asarray((values - values.mean()) / deviation, dtype=np.float32)


def _all_text(entry: CatalogueEntry) -> str:
    described = (entry.title, entry.title, entry.abstract, entry.section, entry.kind)
    return " ".join((*described, *entry.topics, *entry.when))


def _roots(text: str) -> list[str]:
    return [term[:ROOT] for term in tokenize(text)]


def _centred(vectors: Scores, mean: Scores | np.float32) -> Scores:
    """Unit rows once the mean is taken away."""
    moved = vectors - mean
    return np.asarray(
        moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-9), dtype=np.float32
    )


def _starts(counts: Sequence[int]) -> NDArray[np.int64]:
    return np.concatenate(([0], np.cumsum(counts)[:-1])).astype(np.int64)


def _best_of_each(similarities: Scores, starts: NDArray[np.int64], count: int) -> Scores:
    """Of each document's phrases (consecutive columns), the mean of the `count` highest similarities."""
    ends = (*starts[1:].tolist(), similarities.shape[-1])
    best = [
        np.sort(similarities[..., start:end], axis=-1)[..., -count:].mean(axis=-1)
        for start, end in zip(starts.tolist(), ends, strict=True)
    ]
    return np.stack(best, axis=-1).astype(np.float32)


def _standardised_pairs(similarities: Scores) -> Scores:
    """Similarities of pairs, mean 0 and deviation 1 over the pairs of different documents."""
    pairs = similarities[~np.eye(len(similarities), dtype=bool)]
    return np.asarray((similarities - pairs.mean()) / max(float(pairs.std()), 1e-6), dtype=np.float32)


def outside_phrases() -> list[str]:
    """General phrases on matters that the kit does not treat."""
    content = files("assistant").joinpath("outside_phrases.yaml").read_text(encoding="utf-8")
    return [str(phrase) for phrase in yaml.safe_load(content)]
