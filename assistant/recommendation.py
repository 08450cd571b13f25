"""What a situation gets: documents to read with their reasons, in which order, and what nothing covers."""

from dataclasses import dataclass

from assistant.answer import Citation
from ingestion.catalogue import CatalogueEntry


@dataclass(frozen=True, slots=True)
class Filters:
    """Which documents may be recommended; an empty filter lets everything through.

    A document that two lists date differently passes when one of its years does.
    """

    natures: tuple[str, ...] = ()
    parcours: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    in_corpus: bool | None = None

    def accept(self, entry: CatalogueEntry) -> bool:
        """Whether a document passes every filter that is set."""
        return (
            (not self.natures or entry.nature in self.natures)
            and (not self.parcours or bool(set(self.parcours) & set(entry.parcours)))
            and (not self.kinds or entry.kind in self.kinds)
            and (self.year_from is None or max(entry.all_years) >= self.year_from)
            and (self.year_to is None or min(entry.all_years) <= self.year_to)
            and (self.in_corpus is None or entry.in_corpus == self.in_corpus)
        )


NO_FILTER = Filters()


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A document to read; `reason` (one French sentence) names what in the situation it answers.

    `citations` are passages of the document when it is in the base, else the lines of the kit that list it.
    """

    rank: int  # from 1
    entry: CatalogueEntry
    reason: str
    citations: tuple[Citation, ...]
    score: float  # comparable within one situation only


@dataclass(frozen=True, slots=True)
class Recommendations:
    """The documents for one situation, best first.

    `reading_path` holds the same documents' ids in reading order: understand, then method, then tool. `gaps`
    are French sentences; a situation that is not the kit's subject has no document and one sentence that says
    so.
    """

    recommendations: tuple[Recommendation, ...]
    reading_path: tuple[str, ...]
    gaps: tuple[str, ...]
    timings_ms: dict[str, float]
