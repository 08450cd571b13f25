"""Near-duplicates apart: two of one family do not both take the first places, unless both are called for."""

from collections.abc import Sequence

from assistant.relevance import ROOT, Scores
from index.analysis import tokenize
from ingestion.catalogue import CatalogueEntry

FIRST_PLACES = 3
SAME_FAMILY = 0.5  # share of the roots of two titles, of documents of one kind, that they have in common
CALLED_FOR = 0.6  # of the score of the family's best document


def families(entries: Sequence[CatalogueEntry]) -> tuple[frozenset[int], ...]:
    """Of each document, the positions of those of the same kind whose titles say nearly the same."""
    titles = [frozenset(term[:ROOT] for term in tokenize(entry.title)) for entry in entries]
    return tuple(
        frozenset(
            other
            for other, entry_other in enumerate(entries)
            if other != one
            and entry_other.kind == entry.kind
            and len(titles[one] & titles[other]) >= SAME_FAMILY * len(titles[one] | titles[other])
        )
        for one, entry in enumerate(entries)
    )


def varied(order: Sequence[int], scores: Scores, *, families: Sequence[frozenset[int]]) -> list[int]:
    """The order, in which a near-duplicate of an earlier document comes after the first places.

    It keeps its place when its score is nearly that of the other: then the situation calls for both.
    """
    first: list[int] = []
    for position in order:
        relatives = [scores[other] for other in first if other in families[position]]
        if len(first) < FIRST_PLACES and (not relatives or scores[position] >= CALLED_FOR * max(relatives)):
            first.append(position)
    return [*first, *(position for position in order if position not in first)]
