"""Concepts: what a situation and the documents of the catalogue are about, in general French vocabulary.

`concepts.yaml` says what each field means. A concept is found by its words only, so that the words which were
found can be shown and tested.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import yaml

from index.analysis import fold, stem, words

Role = Literal["need", "subject", "actor", "outside"]

WINDOW = 5  # all words of an expression stand within so many words of its first one

_PASSED_OVER = frozenset(fold("le la les l un une des du de d au aux à et").split())


@dataclass(frozen=True, slots=True)
class Term:
    """One word of an expression: a stem, the beginning of a folded word, or that very word."""

    text: str
    how: Literal["stem", "prefix", "exact"]

    def matches(self, word: str) -> bool:
        """Whether a folded word of a text is this one."""
        if self.how == "prefix":
            return word.startswith(self.text)
        return (stem(word) if self.how == "stem" else word) == self.text


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that a situation may be about; `say` names it in a sentence."""

    id: str
    role: Role
    say: str
    expressions: tuple[tuple[Term, ...], ...]
    kinds: frozenset[str] = frozenset()
    sections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept found in a text, with the folded words that name it and the position of the first."""

    concept: Concept
    words: frozenset[str]
    position: int


@lru_cache(maxsize=1)
def read_concepts() -> tuple[Concept, ...]:
    """The concepts, in the order of the file."""
    content = yaml.safe_load(files("assistant").joinpath("concepts.yaml").read_text(encoding="utf-8"))
    return tuple(_concept(name, fields) for name, fields in content.items())


def find_concepts(text: str) -> tuple[Mention, ...]:
    """The concepts that a text mentions, in the order of their first words."""
    text_words = _telling_words(text)
    mentions = (_mention(concept, text_words) for concept in read_concepts())
    return tuple(sorted((mention for mention in mentions if mention), key=lambda mention: mention.position))


def _telling_words(text: str) -> list[str]:
    """Folded words of a text, in order, but for articles and the commonest prepositions."""
    return [word for word in words(text) if word not in _PASSED_OVER]


def _concept(name: str, fields: Mapping[str, object]) -> Concept:
    def texts(field: str) -> list[str]:
        value = fields.get(field, [])
        if not isinstance(value, list):
            raise ValueError(f"concepts.yaml : « {name} », « {field} » doit être une liste")
        return [str(item) for item in value]

    role = fields["role"]
    if role not in ("need", "subject", "actor", "outside"):
        raise ValueError(f"concepts.yaml : « {name} », rôle inconnu « {role} »")
    return Concept(
        id=name,
        role=role,
        say=str(fields["say"]),
        expressions=tuple(expression for text in texts("words") if (expression := _expression(text))),
        kinds=frozenset(texts("kinds")),
        sections=frozenset(texts("sections")),
    )


def _expression(text: str) -> tuple[Term, ...]:
    """The terms of « a b* c= »."""
    terms = []
    for part in text.split():
        for word in _telling_words(part):
            if part.endswith("*"):
                terms.append(Term(word, "prefix"))
            elif part.endswith("="):
                terms.append(Term(word, "exact"))
            else:
                terms.append(Term(stem(word), "stem"))
    return tuple(terms)


def _mention(concept: Concept, text_words: list[str]) -> Mention | None:
    found: set[str] = set()
    first = len(text_words)
    for expression in concept.expressions:
        positions = _positions(expression, text_words)
        if positions:
            found.update(text_words[position] for position in positions)
            first = min(first, *positions)
    return Mention(concept, frozenset(found), first) if found else None


def _positions(expression: tuple[Term, ...], text_words: list[str]) -> tuple[int, ...]:
    """Where the expression stands first: one position for each term, all within the window; else nothing."""
    head, *others = expression
    for start, word in enumerate(text_words):
        if not head.matches(word):
            continue
        low, high = max(0, start - WINDOW + 1), start + WINDOW
        places = [start]
        for term in others:
            near = range(low, min(high, len(text_words)))
            place = next((p for p in near if p not in places and term.matches(text_words[p])), None)
            if place is None:
                break
            places.append(place)
        else:
            return tuple(places)
    return ()
