"""French text → terms: accents folded, elisions split, compounds unified, words stemmed."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files

import Stemmer  # type: ignore[import-not-found]

# Elided words before an apostrophe carry no meaning of their own: l', d', qu', jusqu', …
_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)['’](?=\w)")
# « co-construction », « co construction » and « coconstruction » are one word; so with these prefixes.
_PREFIX = re.compile(r"\b(co|inter|multi|pre|post|anti|auto|socio|mi|non)-\s*(?=[a-z]{3})")
_SPACED_CO = re.compile(r"\bco\s+(?=[a-z]{4})")
_MILLIONS_OF_EUROS = re.compile(r"(?<![a-z])m\s?€")
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:[\s.]\d{3})+(?!\d)")  # not « en 2018 120 territoires »
_GAP = re.compile(r"[\s.]")
# Figures and words are one: « trois formes » is « 3 formes ». Not « un », which is an article.
_TO_SIXTEEN = (
    *("deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"),
    *("dix", "onze", "douze", "treize", "quatorze", "quinze", "seize"),
)
_ROUND = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "cent": 100,
    "mille": 1000,
}
_FIGURES = {word: str(figure) for figure, word in enumerate(_TO_SIXTEEN, start=2)} | {
    word: str(figure) for word, figure in _ROUND.items()
}
# What a text gives without naming it, so that « un mail ? » meets « info@exemple.fr ».
_IMPLIED = (
    (re.compile(r"\b0\d(?:[ .-]?\d\d){4}\b"), "téléphone numéro"),
    (re.compile(r"\S@\S+\.\w"), "mail courriel adresse"),
    (re.compile(r"https?://|\bwww\."), "site internet adresse"),
    (re.compile(r"\b\d{5}\s+[A-ZÀ-Ý]"), "adresse"),
    (re.compile(r"\d\s?%"), "pourcentage"),
)
_LETTERS = re.compile(r"[^\W\d_]+")
_TERM = re.compile(r"\d+(?:,\d+)?|[a-z]+")
_TERM_AS_WRITTEN = re.compile(r"\d+(?:,\d+)?|[^\W\d_]+(?:'[^\W\d_]+)*")
_SHORTEST_STEMMED = 4  # acronyms of three letters (ess, rse) are their own stem
_STEMMER = Stemmer.Stemmer("french")
_STEMMER.maxCacheSize = 0  # its cache is not thread-safe; lru_cache below is
_AS_WRITTEN: ContextVar[bool] = ContextVar("as_written", default=False)


@contextmanager
def words_as_written() -> Iterator[None]:
    """Within, words keep their accents and what is elided before them: the ablation's naive analysis.

    It holds for this thread only. What was analysed outside, an index or a lexicon, does not fit inside.
    """
    token = _AS_WRITTEN.set(True)
    try:
        yield
    finally:
        _AS_WRITTEN.reset(token)


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower-case text without accents, ligatures or typographic apostrophes: « L’Œuvre » → « l'oeuvre ».

    Remembered, since the same sentences are read for every question.
    """
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("Æ", "ae").replace("’", "'")
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def words(text: str) -> list[str]:
    """Folded words and numbers of a text, in order, function words included; « douze » is « 12 »."""
    if _AS_WRITTEN.get():
        return _words_as_written(text)
    return _unified_terms(_ELISION.sub(" ", fold(text)), _TERM)


def _words_as_written(text: str) -> list[str]:
    """Words not folded but for the function words, so that they are known; « l'élu » is one word."""
    written = unicodedata.normalize("NFKC", text.lower().replace("’", "'"))
    return [
        folded if (folded := fold(term)) in function_words() else term
        for term in _unified_terms(written, _TERM_AS_WRITTEN)
    ]


def _unified_terms(text: str, term: re.Pattern[str]) -> list[str]:
    """The terms of a lower-case text, each compound and each number written one way."""
    text = _PREFIX.sub(r"\1", text)
    text = _SPACED_CO.sub("co", text)
    text = _MILLIONS_OF_EUROS.sub(" millions euros", text)
    text = _THOUSANDS.sub(lambda number: _GAP.sub("", number[0]), text)
    return [_FIGURES.get(found, found) for found in term.findall(text)]


def written_words(text: str) -> dict[str, str]:
    """Each folded word of a text with the way it is written there, lower case."""
    return {fold(word): word.lower() for word in _LETTERS.findall(text)}


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    """Folded words that carry no subject: articles, pronouns, auxiliaries, question words."""
    listed = files("index").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(fold(word) for line in listed.splitlines() if line[:1] != "#" for word in line.split())


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """French Snowball stem of a folded word; numbers and short words are their own stem."""
    if len(word) < _SHORTEST_STEMMED or not word.isalpha():
        return word
    return str(_STEMMER.stemWord(word))


def tokenize(text: str) -> list[str]:
    """Stems of the words that carry a subject, in order, repeats kept, then of those the text implies."""
    implied = [word for pattern, meant in _IMPLIED if pattern.search(text) for word in words(meant)]
    return [stem(word) for word in (*words(text), *implied) if carries_subject(word)]


def carries_subject(word: str) -> bool:
    """Whether a folded word is a term: no function word, no single letter."""
    return word not in function_words() and (len(word) > 1 or word.isdigit())


def term_set(text: str) -> frozenset[str]:
    """The distinct terms of a text; remembered, since the same sentences are read for every question."""
    return _term_set(text, _AS_WRITTEN.get())


@lru_cache(maxsize=50_000)
def _term_set(text: str, _as_written: bool) -> frozenset[str]:
    return frozenset(tokenize(text))
