"""A passage with its score for one question."""

from dataclasses import dataclass

from ingestion.document import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """One ranked passage; `score` is the fused score, comparable within one question only."""

    passage: Passage
    score: float
