"""The users' words ↔ the documents' words: « mairie » also means « commune », « boîte » « entreprise »."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

import yaml

from index.analysis import stem, tokenize, words
from index.errors import LexiconUnusable


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words that mean the same, and words that can replace each other in a follow-up question.

    `alternatives` maps a stem to the other stems of its families; `abbreviations` a folded word to the words
    it stands for; `kindred` a stem to the name of its class (actors of a territory, moments, …).
    """

    alternatives: Mapping[str, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    abbreviations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    kindred: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def read(cls, path: Path) -> "Lexicon":
        """The lexicon of a YAML file; see the file's header for its three parts.

        Raises: LexiconUnusable.
        """
        try:
            content = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
            return cls(
                alternatives=MappingProxyType(_alternatives(content.get("synonymes") or [])),
                abbreviations=MappingProxyType(_abbreviations(content.get("abréviations") or {})),
                kindred=MappingProxyType(_kindred(content.get("classes") or {})),
            )
        except (OSError, yaml.YAMLError, AttributeError, TypeError, ValueError) as error:
            raise LexiconUnusable(path) from error


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


def _texts(value: Iterable[str]) -> list[str]:
    if not isinstance(value, list):
        raise TypeError(value)
    return [_text(item) for item in value]


def _text(value: str) -> str:
    if not isinstance(value, str) or not words(value):
        raise TypeError(value)
    return value
