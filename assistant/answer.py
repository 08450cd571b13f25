"""What the assistant returns: an answer whose every statement has a citation."""

from dataclasses import dataclass
from typing import Literal

from index.hit import Hit

Status = Literal["answered", "not_found"]


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of the conversation so far."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a statement stands: `quote` is on that page, verbatim."""

    number: int
    document_id: str
    title: str
    page: int
    page_label: str
    quote: str


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, or a plain refusal with the nearest passages.

    Every `[n]` of `text` has its citation and the reverse; with `not_found` there are none.
    """

    status: Status
    text: str
    standalone_question: str
    citations: tuple[Citation, ...]
    hits: tuple[Hit, ...]
    timings_ms: dict[str, float]
