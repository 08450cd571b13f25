"""Sentences of different pages that give different values for the same thing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.choice import Choice
from index.analysis import tokenize, words
from index.query import Query, Term

_EXAMINED = 15  # choices, from the most probable
_IN_COMMON = 0.25  # share of the shorter sentence's terms, numbers apart, that the other holds too
_QUANTITY = re.compile(
    r"(?P<value>\d{1,3}(?:\s\d{3})+(?!\d)|\d+(?:[.,]\d+)?)\s*(?P<scale>M€|k€|€|%|millions?|milliards?)?"
    r"\s*(?:d['’]\s*euros?)?\s*(?:de |d['’]|des |premiers |prochains )?(?P<unit>[^\W\d_]{4,})?"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value with what it counts: « 1,5 M€ de budget » is (1,5 M€, budget)."""

    value: str
    unit: str  # a stem, or the scale alone


def quantities(text: str) -> Iterator[Quantity]:
    """The values in figures of a text that say what they count."""
    for found in _QUANTITY.finditer(text):
        counted = tokenize(found["unit"] or "")
        unit = counted[0] if counted else (found["scale"] or "")
        if unit:
            yield Quantity("".join(found["value"].split()) + (found["scale"] or ""), unit)


def counts(sentence: str, query: Query) -> bool:
    """Whether a sentence gives a value of what the question asks for (« combien de *réunions* »).

    A share counts whatever it is the share of, unless the sentence names only what the question does not.
    """
    found = list(quantities(sentence))
    heads = _names(term for term in query.terms if term.stem == query.head)
    shares = [quantity.unit for quantity in found if quantity.value.endswith("%")]
    of_something = {unit for unit in shares if unit != "%"}
    return any(quantity.unit in heads for quantity in found) or bool(
        shares and (not of_something or of_something & _names(query.terms))
    )


def _names(terms: Iterable[Term]) -> set[str]:
    """The stems that say the terms, under any name."""
    return {stem for term in terms for stem in (term.stem, *term.alternatives)}


def disagreeing(choices: Sequence[Choice], query: Query) -> list[Choice]:
    """The best choice for each of several values of what is asked; empty when there are not two.

    Two sentences disagree when they stand on different pages, count the same thing, which the question names,
    with different values, and share enough of their other words.
    """
    asked = _names(query.terms)
    first = choices[0].candidate.sentence
    own = [quantity for quantity in quantities(first.text) if quantity.unit in asked]
    if not own:
        return []
    found = [choices[0]]
    values = {own[0].value}
    for choice in choices[1:_EXAMINED]:
        other = choice.candidate
        same_page = (other.passage.document_id, other.sentence.page) == (
            choices[0].candidate.passage.document_id,
            first.page,
        )
        rival = next(
            (quantity for quantity in quantities(other.sentence.text) if quantity.unit == own[0].unit), None
        )
        if same_page or rival is None or rival.value in values:
            continue
        if _shared(first.text, other.sentence.text) >= _IN_COMMON:
            found.append(choice)
            values.add(rival.value)
    return found if len(found) > 1 else []


def holding_each_number(choices: Sequence[Choice], query: Query) -> list[Choice]:
    """For a question that names several numbers (« 12 ou 13 territoires ? »), the best choice for each."""
    named = [word for word in dict.fromkeys(words(query.text)) if word.isdigit()]
    subject = {term.stem for term in query.terms} - set(named)
    if len(named) < 2:
        return []
    holding = []
    for number in named:
        for choice in choices[: 2 * _EXAMINED]:
            terms = set(tokenize(choice.candidate.sentence.text))
            if number in terms and (terms & subject or not subject):
                holding.append(choice)
                break
    return list({choice.candidate.row: choice for choice in holding}.values())


def _shared(one: str, other: str) -> float:
    ones, others = ({term for term in tokenize(text) if not term[0].isdigit()} for text in (one, other))
    return len(ones & others) / max(1, min(len(ones), len(others)))
