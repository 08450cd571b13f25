"""A question as the index searches it: terms with their rarity, their synonyms, and spelling put right."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.analysis import carries_subject, fold, function_words, stem, words
from index.french import is_french, rarity
from index.lexicon import Lexicon
from index.words import WordIndex

SYNONYM_WEIGHT = 0.5  # of a synonym's rarity; `cokit eval --ablate` shows what the lexicon is worth
_WORD = re.compile(r"[^\W\d_]+", re.UNICODE)
_SHORTEST_CORRECTED, _LONGEST_CORRECTED = 4, 30  # letters; the longest French word has 25
_TWO_SLIPS_FROM = 8  # letters: from this length on, two slips are still the same word


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries a subject."""

    stem: str
    idf: float  # in the corpus; that of a word which stands nowhere, for an unknown one
    rarity: float  # in French at large, 0 to 1
    known: bool  # the corpus holds it, or one of its synonyms
    alternatives: frozenset[str]  # stems of synonyms that the corpus holds


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question with its spelling put right, and its terms."""

    text: str
    terms: tuple[Term, ...]

    @property
    def word_weights(self) -> dict[str, float]:
        """Stem → weight for the word index: 1 for the question's own words, less for their synonyms."""
        weights = {other: SYNONYM_WEIGHT for term in self.terms for other in term.alternatives}
        return weights | {term.stem: 1.0 for term in self.terms}

    @property
    def norm(self) -> float:
        """Length of the vector of the terms' idf: what word scores are divided by.

        A question of which the corpus holds only common words then has low word scores everywhere, where a
        z-score would blow up their differences.
        """
        return math.sqrt(sum(term.idf**2 for term in self.terms)) or 1.0


class QueryReader:
    """Reads questions in the light of what a corpus says and how people write."""

    def __init__(self, word_index: WordIndex, vocabulary: Mapping[str, str], lexicon: Lexicon) -> None:
        """`vocabulary` maps each folded word of the corpus to the way it is written there."""
        self._word_index = word_index
        self._lexicon = lexicon
        self._written = vocabulary
        self._spellings = sorted(
            {word for word in vocabulary if len(word) >= _SHORTEST_CORRECTED} | function_words()
        )

    def read(self, question: str) -> Query:
        """The query of a question; a word that nobody writes becomes the corpus's word it is nearest to."""
        text = _WORD.sub(lambda match: self._as_meant(match[0]), question)
        terms = {stem(word): self._term(word) for word in words(text) if carries_subject(word)}
        return Query(text, tuple(terms.values()))

    def _term(self, word: str) -> Term:
        own = stem(word)
        held = frozenset(
            other for other in self._lexicon.alternatives.get(own, ()) if other in self._word_index
        )
        return Term(own, self._word_index.idf(own), rarity(word), own in self._word_index or bool(held), held)

    def _as_meant(self, word: str) -> str:
        folded = fold(word)
        if folded in self._lexicon.abbreviations:
            return self._lexicon.abbreviations[folded]
        if (
            not _SHORTEST_CORRECTED <= len(folded) <= _LONGEST_CORRECTED
            or folded in function_words()
            or stem(folded) in self._lexicon.alternatives
            or is_french(word.lower())
        ):
            return word
        if folded in self._written:
            return self._written[folded]
        if stem(folded) in self._word_index:
            return word
        slips = 1 if len(folded) < _TWO_SLIPS_FROM else 2
        nearest = process.extractOne(
            folded, self._spellings, scorer=DamerauLevenshtein.distance, score_cutoff=slips
        )
        return self._written.get(nearest[0], nearest[0]) if nearest else word
