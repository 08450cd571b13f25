"""The few words that answer a question for a number, a date or a contact, taken from the chosen sentence."""

import re
from collections.abc import Iterator

from assistant.expectation import Kind
from index.analysis import fold, function_words, stem, words
from index.query import Query

_LONG_ENOUGH = 12  # words: a shorter sentence is its own lead
_NEAR = 6  # words on either side of a value that say what it counts
_MONTH = r"(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
_DATE = re.compile(
    rf"(?:\b\d{{1,2}}(?:er)?\s+)?\b{_MONTH}\s+(?:19|20)\d\d\b|\b\d{{1,2}}(?:er)?\s+{_MONTH}\b"
    rf"|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<![\w/.,-])\d+(?:[\s.,]\d{3})*(?:,\d+)?(?:\s?%|\s?(?:M€|k€|€|(?:millions?"
    r"|milliards?)\b)(?:\s+d['’]euros)?)?(?:\s+(?!et\b|ou\b|des?\b|en\b|sur\b|à\b)[a-zà-ÿ-]{3,})?",
)
_CONTACT = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|\b\d\d(?:[ .-]\d\d){4}\b")
_VALUES = {Kind.NUMBER: _NUMBER, Kind.DATE: _DATE, Kind.CONTACT: _CONTACT}


def find_lead(sentence: str, kind: Kind, query: Query) -> str | None:
    """The value that the question asks for, as it stands in the sentence; None unless one is clearly it.

    Among several, the one whose neighbours share most of the question's terms; a tie gives none.
    """
    pattern = _VALUES.get(kind)
    if pattern is None or len(words(sentence)) <= _LONG_ENOUGH:
        return None
    asked = {word for word in words(query.text) if word.isdigit()}
    if asked & set(words(sentence)):
        return None  # the question names a value of the sentence: it asks about it, not for another
    values = list(pattern.finditer(sentence))
    if len({value[0] for value in values}) == 1:
        return _clean(values[0][0])
    scored = sorted(((_nearness(sentence, value, query), -value.start()) for value in values), reverse=True)
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] - scored[1][0] < 0.15):
        return None
    return _clean(next(value[0] for value in values if -value.start() == scored[0][1]))


def _nearness(sentence: str, value: re.Match[str], query: Query) -> float:
    """Rarity of the question's terms near the value, the nearest first; what follows it counts double."""
    weights = {term.stem: term.importance for term in query.terms}
    weights |= {other: 0.8 * term.importance for term in query.terms for other in term.alternatives}
    total = sum(term.importance for term in query.terms) or 1.0
    return sum(
        side * weights.get(stem(word), 0.0) / (total * (1 + distance / 2))
        for word, distance, side in _neighbours(sentence, value)
    )


def _neighbours(sentence: str, value: re.Match[str]) -> Iterator[tuple[str, int, float]]:
    after = re.split(r"[;(]|\d", re.sub(r"^[\d.,\s]+", "", sentence[value.start() :]))[0]
    before = re.split(r"[;)]|\d", sentence[: value.start()])[-1]
    for distance, word in enumerate(words(after)[:_NEAR]):
        yield word, distance, 1.0
    for distance, word in enumerate(reversed(words(before)[-_NEAR:])):
        yield word, distance, 0.5


def _clean(value: str) -> str:
    """The value on one line, without the little word that follows it (« 1,5 M€ *pour* … »)."""
    first, *others = value.split()
    if others and fold(others[-1]) in function_words():
        others.pop()
    return " ".join((first, *others)).rstrip(".,;)")
