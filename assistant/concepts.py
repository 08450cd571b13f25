"""Concepts: what a situation and the documents of the catalogue are about, in general French vocabulary.

`concepts.yaml` says what each field means. A concept is found by its words only, so that the words which were
found can be shown and tested.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Literal

from index.analysis import fold, stem, words
from ingestion.yaml_text import read_yaml

Role = Literal["need", "subject", "actor", "outside"]
Expression = tuple[str, tuple["Term", ...]]  # with its concept's id

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
    content = read_yaml(files("assistant").joinpath("concepts.yaml").read_text(encoding="utf-8"))
    return tuple(_concept(name, fields) for name, fields in content.items())


def find_concepts(text: str) -> tuple[Mention, ...]:
    """The concepts that a text mentions, in the order of their first words."""
    text_words = _telling_words(text)
    seen = set[Expression]()
    named: dict[str, tuple[Concept, set[int]]] = {}
    for start, word in enumerate(text_words):
        for concept, expression in _begun_by(word):
            if (concept.id, expression) in seen:
                continue
            places = _places(expression, text_words, start)
            if places:
                seen.add((concept.id, expression))
                named.setdefault(concept.id, (concept, set()))[1].update(places)
    mentions = (
        Mention(concept, frozenset(text_words[place] for place in places), min(places))
        for concept, places in (named[concept.id] for concept in read_concepts() if concept.id in named)
    )
    return tuple(sorted(mentions, key=lambda mention: mention.position))


@lru_cache(maxsize=1)
def _expressions_by_head() -> Mapping[Term, Sequence[tuple[Concept, tuple[Term, ...]]]]:
    """Every expression with its concept, by its first term."""
    by_head: dict[Term, list[tuple[Concept, tuple[Term, ...]]]] = {}
    for concept in read_concepts():
        for expression in concept.expressions:
            by_head.setdefault(expression[0], []).append((concept, expression))
    return by_head


@lru_cache(maxsize=20_000)
def _begun_by(word: str) -> tuple[tuple[Concept, tuple[Term, ...]], ...]:
    """The expressions, with their concepts, whose first term a folded word matches."""
    by_head = _expressions_by_head()
    return tuple(found for head in _heads(word) for found in by_head.get(head, ()))


def _heads(word: str) -> Iterator[Term]:
    """Every term that a folded word matches."""
    yield Term(word, "exact")
    yield Term(stem(word), "stem")
    for length in range(1, len(word) + 1):
        yield Term(word[:length], "prefix")


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


def _places(expression: tuple[Term, ...], text_words: Sequence[str], start: int) -> tuple[int, ...]:
    """Where an expression's terms stand, the first at `start` and all within the window; else nothing."""
    near = range(max(0, start - WINDOW + 1), min(start + WINDOW, len(text_words)))
    places = [start]
    for term in expression[1:]:
        place = next((p for p in near if p not in places and term.matches(text_words[p])), None)
        if place is None:
            return ()
        places.append(place)
    return tuple(places)
