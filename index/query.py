"""A question as the index searches it: terms with their rarity, their synonyms, and spelling put right."""

import math
import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein

from index.analysis import carries_subject, fold, function_words, stem, words, written_words
from index.french import frequency, is_french, rarity
from index.idioms import Idioms
from index.lexicon import Lexicon
from index.phonetics import sound
from index.words import WordIndex

SYNONYM_WEIGHT = 0.5  # of a synonym's rarity; `cokit eval --ablate` shows what the lexicon is worth
SYNONYM_COVERS = 0.8  # of a term that only a synonym says
AROUND = 0.4  # weight of a term outside the sentence that asks
_QUESTION_WORDS = frozenset(
    {"qui", "quel", "quelle", "quels", "quelles", "lequel", "quoi"}
    | {"combien", "comment", "quand", "pourquoi"}
)
_NAME = re.compile(r"(?<=[\w,’'] )(?:[ldLD][’'])?([A-ZÀ-Ý][\w-]+)")
_WHICH = re.compile(r"\bquel(?:le)?s?\b")
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_WORD = r"[^\W\d_]+"
_SHORTEST_READ = 3  # letters
_SHORTEST_CORRECTED, _LONGEST_CORRECTED = 4, 30  # letters; the longest French word has 25
_LOST_VOWEL = re.compile(r"^(?:[cdjlmnst]|qu)")  # « lmail », « dpayer », « lanimation »
_GLUED = re.compile(rf"{_LOST_VOWEL.pattern}(?=[aeiouh])")  # an elided word without its apostrophe
_SHORTEST_UNGLUED, _COMMON = 4, 4.0  # letters; Zipf frequency, one word in a hundred thousand
_TWO_SLIPS_FROM = 8  # letters: from this length on, two slips are still the same word


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the question that carries a subject."""

    stem: str
    written: str  # the word itself, lower case
    idf: float  # in the corpus; that of a word which stands nowhere, for an unknown one
    rarity: float  # in French at large, 0 to 1
    known: bool  # the corpus holds it, or one of its synonyms
    alternatives: frozenset[str]  # stems of synonyms that the corpus holds
    is_name: bool = False  # written with a capital inside the question
    weight: float = 1.0  # 1 in the sentence that asks, less in what surrounds it

    @property
    def importance(self) -> float:
        """What the term counts for in the question: its rarity in the corpus, by its weight."""
        return self.idf * self.weight


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched: the question with its spelling put right, and its terms.

    `head` is the stem of what is asked: the first term after the question word (« quel *diplôme* … »);
    `strange_words` the share of its words that nobody writes, in French or in the corpus, once put right.
    """

    text: str
    terms: tuple[Term, ...]
    head: str = ""
    strange_words: float = 0.0

    @property
    def asks_which(self) -> bool:
        """Whether the question asks for a named thing: « quel diplôme … »."""
        return bool(_WHICH.search(fold(self.text)))

    @property
    def word_weights(self) -> dict[str, float]:
        """Stem → weight for the word index: 1 for the question's own words, less for their synonyms."""
        weights = {other: SYNONYM_WEIGHT * term.weight for term in self.terms for other in term.alternatives}
        return weights | {term.stem: term.weight for term in self.terms}

    @property
    def norm(self) -> float:
        """Length of the vector of the terms' idf: what word scores are divided by.

        A question of which the corpus holds only common words then has low word scores everywhere, where a
        z-score would blow up their differences.
        """
        return math.sqrt(sum(term.importance**2 for term in self.terms)) or 1.0


class QueryReader:
    """Reads questions in the light of what a corpus says and how people write."""

    def __init__(
        self, word_index: WordIndex, vocabulary: Mapping[str, str], lexicon: Lexicon, idioms: Idioms
    ) -> None:
        """`vocabulary` maps each folded word of the corpus to the way it is written there."""
        self._idioms = idioms
        self._word_index = word_index
        self._lexicon = lexicon
        self._written = vocabulary
        spaced = (rf"\b{short}\b" for short in lexicon.abbreviations if " " in short)  # « com com »
        self._word = re.compile("|".join((*spaced, _WORD)), re.IGNORECASE)
        self._spellings = sorted(
            {word for word in vocabulary if len(word) >= _SHORTEST_CORRECTED} | function_words()
        )
        self._by_sound: dict[str, list[str]] = {}
        for word in self._spellings:
            self._by_sound.setdefault(sound(vocabulary.get(word, word)), []).append(word)

    def read(self, question: str) -> Query:
        """The query of a question; a word that nobody writes becomes the corpus's word it is nearest to."""
        text = self._idioms.in_plain_words(self._word.sub(lambda match: self._as_meant(match[0]), question))
        written = written_words(text)
        focus = _focus(text)
        asked = {stem(word) for word in words(focus)}
        names = {stem(word) for name in _NAME.findall(question) for word in words(name)}
        terms = {
            stem(word): self._term(
                word, written.get(word, word), weight=1.0 if stem(word) in asked else AROUND, names=names
            )
            for word in words(text)
            if carries_subject(word)
        }
        return Query(text, tuple(terms.values()), _head(focus), self._strange_words(text))

    def _strange_words(self, text: str) -> float:
        """Share of the words of three letters or more that nobody writes."""
        read = [word for word in re.findall(_WORD, text) if len(word) >= _SHORTEST_READ]
        return sum(not self._is_known(word) for word in read) / max(1, len(read))

    def _is_known(self, word: str) -> bool:
        folded = fold(word)
        return (
            is_french(word.lower())
            or folded in self._written
            or folded in function_words()
            or stem(folded) in self._word_index
            or stem(folded) in self._lexicon.alternatives
        )

    def _term(self, word: str, written: str, *, weight: float, names: Set[str]) -> Term:
        own = stem(word)
        synonyms = self._lexicon.alternatives.get(own, ())
        held = frozenset(synonym for synonym in synonyms if synonym in self._word_index)
        known = own in self._word_index or bool(held)
        return Term(
            stem=own,
            written=written,
            idf=self._word_index.idf(own),
            rarity=rarity(written),
            known=known,
            alternatives=held,
            is_name=own in names,
            weight=weight,
        )

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
        unglued = _LOST_VOWEL.sub("", word.lower())
        if unglued != word.lower() and len(unglued) >= _SHORTEST_UNGLUED and frequency(unglued) >= _COMMON:
            return unglued
        if folded in self._written:
            return self._written[folded]
        if stem(folded) in self._word_index:
            return word
        return self._heard_as(folded) or self._nearest(folded) or word

    def _heard_as(self, folded: str) -> str | None:
        """The corpus's word that sounds the same, perhaps behind an elided article (« lenkete »)."""
        for heard in (folded, _GLUED.sub("", folded)):
            if len(heard) >= _SHORTEST_CORRECTED:
                if heard != folded and heard in self._written:
                    return self._written[heard]
                alike = self._by_sound.get(sound(heard), ())
                if alike:
                    near = min(alike, key=lambda other: DamerauLevenshtein.distance(heard, other))
                    return self._written.get(near, near)
        return None

    def _nearest(self, folded: str) -> str | None:
        """The corpus's word that one or two slips of the finger lead to."""
        slips = 1 if len(folded) < _TWO_SLIPS_FROM else 2
        nearest = process.extractOne(
            folded, self._spellings, scorer=DamerauLevenshtein.distance, score_cutoff=slips
        )
        return self._written.get(nearest[0], nearest[0]) if nearest else None


def sentences_of(question: str) -> list[str]:
    """The sentences of a question with their final punctuation, as people write: no abbreviation is known."""
    return _SENTENCE.findall(question)


def that_ask(sentences: Iterable[str]) -> list[str]:
    """Those that end with a question mark, in order."""
    return [sentence for sentence in sentences if sentence.rstrip().endswith("?")]


def _focus(text: str) -> str:
    """The sentence that asks, where a situation is told around it; what history added stands aside."""
    own = text.split(" (à propos de")[0]
    asking = that_ask(sentences_of(own))
    return asking[-1] if asking else own


def _head(focus: str) -> str:
    """Stem of the first term after the question word, or of the first one; empty without any term."""
    folded = words(focus)
    start = next((place + 1 for place, word in enumerate(folded) if word in _QUESTION_WORDS), 0)
    return next((stem(word) for word in (*folded[start:], *folded) if carries_subject(word)), "")
