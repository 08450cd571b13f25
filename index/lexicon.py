"""The users' words ↔ the documents' words: « mairie » also means « commune », « boîte » « entreprise »."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType

import yaml

from index.analysis import fold, stem, tokenize, words
from index.errors import LexiconUnusable
from index.idioms import Key
from ingestion.yaml_text import read_yaml


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that mean the same, and words that can replace each other in a follow-up question.

    `alternatives` maps a stem to the other stems of its families; `abbreviations` a folded word to the words
    it stands for; `kindred` a stem to the name of its class (actors of a territory, moments, …); `idioms` the
    stems that carry a set expression to its meaning.
    """

    alternatives: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    abbreviations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kindred: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    idioms: Mapping[Key, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of_corpus(cls, path: Path) -> "Lexicon":
        """General French, with the corpus's own words when it has a file of them.

        Raises: LexiconUnusable.
        """
        return _french().with_words_of(cls.read(path)) if path.exists() else _french()

    @classmethod
    def read(cls, path: Path) -> "Lexicon":
        """The lexicon of a YAML file; the header of `index/lexicon.yaml` says what its parts are.

        Raises: LexiconUnusable.
        """
        try:
            content = read_yaml(path.read_text(encoding="utf-8")) or {}
            return cls(
                alternatives=MappingProxyType(_alternatives(content.get("synonymes") or [])),
                abbreviations=MappingProxyType(_abbreviations(content.get("abréviations") or {})),
                kindred=MappingProxyType(_kindred(content.get("classes") or {})),
                idioms=MappingProxyType(_idioms(content.get("locutions") or {})),
            )
        except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
            raise LexiconUnusable(path) from error

    def with_words_of(self, other: "Lexicon") -> "Lexicon":
        """Both lexicons in one; where they differ on what replaces a word, the other's."""
        terms = self.alternatives.keys() | other.alternatives.keys()
        nothing: frozenset[str] = frozenset()
        both = {
            term: self.alternatives.get(term, nothing) | other.alternatives.get(term, nothing)
            for term in terms
        }
        return Lexicon(
            alternatives=MappingProxyType(both),
            abbreviations=MappingProxyType({**self.abbreviations, **other.abbreviations}),
            kindred=MappingProxyType({**self.kindred, **other.kindred}),
            idioms=MappingProxyType({**self.idioms, **other.idioms}),
        )


@lru_cache(maxsize=1)
def _french() -> Lexicon:
    with as_file(files("index") / "lexicon.yaml") as path:
        return Lexicon.read(path)


def _alternatives(families: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Each stem with the other stems of every family that holds it."""
    meanings: dict[str, set[str]] = {}
    for family in families:
        stems = {term for word in _texts(family) for term in tokenize(word)}
        for term in stems:
            meanings.setdefault(term, set()).update(stems - {term})
    return {term: frozenset(others) for term, others in meanings.items()}


def _abbreviations(written: Mapping[str, str]) -> dict[str, str]:
    """Each folded abbreviation with what it stands for."""
    return {" ".join(words(_text(short))): _text(long) for short, long in written.items()}


def _kindred(classes: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Each stem of a class's members with the name of the class."""
    return {
        stem(word): name
        for name, members in classes.items()
        for member in _texts(members)
        for word in words(member)
    }


def _idioms(meanings: Mapping[str, str]) -> dict[Key, str]:
    """The stems of each expression's words with what it means; an expression of one word is none."""
    idioms = {
        tuple(stem(fold(word)) for word in _text(key).split()): _text(meaning)
        for key, meaning in meanings.items()
    }
    if any(len(key) < 2 for key in idioms):
        raise ValueError(meanings)
    return idioms


def _texts(value: Iterable[str]) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(value)
    return [_text(item) for item in value]


def _text(value: str) -> str:
    if not isinstance(value, str) or not words(value):
        raise TypeError(value)
    return value
