"""What the API answers, as typed values. Every `from_json` raises KeyError, TypeError or ValueError on a
payload that breaks the contract; `ui.client` turns those into a French error."""

from dataclasses import dataclass
from typing import Any, Literal, Self

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: `quote` stands on that page, verbatim. Pages are numbered as a PDF reader shows them."""

    number: int
    document_id: str
    title: str
    page: int
    page_label: str
    quote: str

    @classmethod
    def from_json(cls, data: Json) -> Self:
        page = int(data["page"])
        return cls(
            number=int(data["number"]),
            document_id=str(data["document_id"]),
            title=str(data["title"]),
            page=page,
            page_label=str(data.get("page_label") or page),
            quote=str(data["quote"]),
        )


@dataclass(frozen=True, slots=True)
class NearPassage:
    """A ranked passage, offered as such when there is no answer."""

    document_id: str
    page: int
    text: str

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(document_id=str(data["document_id"]), page=int(data["page"]), text=str(data["text"]))


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to one question."""

    status: Literal["answered", "not_found"]
    text: str
    standalone_question: str
    sources: tuple[Source, ...]
    passages: tuple[NearPassage, ...]

    @classmethod
    def from_json(cls, data: Json) -> Self:
        if data["status"] not in ("answered", "not_found"):
            raise ValueError(f"unknown status {data['status']!r}")
        return cls(
            status=data["status"],
            text=str(data["answer"]),
            standalone_question=str(data["standalone_question"]),
            sources=tuple(Source.from_json(citation) for citation in data["citations"]),
            passages=tuple(NearPassage.from_json(passage) for passage in data["passages"]),
        )


@dataclass(frozen=True, slots=True)
class KitDocument:
    """A document that the kit lists, present in the base or not; `page_count` is 0 where it is not."""

    id: str
    title: str
    authors: tuple[str, ...]
    years: tuple[int, ...]
    nature: str
    kind: str
    parcours: tuple[str, ...]
    in_corpus: bool
    page_count: int
    abstract: str
    url: str | None

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            id=str(data["id"]),
            title=str(data["title"]),
            authors=tuple(data["authors"]),
            years=tuple(int(year) for year in data["years"]),
            nature=str(data.get("nature") or ""),
            kind=str(data.get("kind") or ""),
            parcours=tuple(data["parcours"]),
            in_corpus=bool(data["in_corpus"]),
            page_count=int(data["page_count"]),
            abstract=str(data.get("abstract") or ""),
            url=data.get("url"),
        )


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A document to read for a situation, and why."""

    rank: int
    document_id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    nature: str
    kind: str
    parcours: tuple[str, ...]
    in_corpus: bool
    reason: str
    sources: tuple[Source, ...]

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            rank=int(data["rank"]),
            document_id=str(data["document_id"]),
            title=str(data["title"]),
            authors=tuple(data["authors"]),
            year=int(data["year"]) if data.get("year") else None,
            nature=str(data.get("nature") or ""),
            kind=str(data.get("kind") or ""),
            parcours=tuple(data["parcours"]),
            in_corpus=bool(data["in_corpus"]),
            reason=str(data["reason"]),
            sources=tuple(Source.from_json(citation) for citation in data["citations"]),
        )


@dataclass(frozen=True, slots=True)
class ReadingList:
    """The recommendations for one situation, the order to read them in, and what nothing covers."""

    recommendations: tuple[Recommendation, ...]
    reading_path: tuple[str, ...]  # document ids
    gaps: tuple[str, ...]

    @classmethod
    def from_json(cls, data: Json) -> Self:
        return cls(
            recommendations=tuple(Recommendation.from_json(item) for item in data["recommendations"]),
            reading_path=tuple(str(item) for item in data["reading_path"]),
            gaps=tuple(str(gap) for gap in data["gaps"]),
        )


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as PNG; `highlighted` says whether the quote was found and marked on it."""

    png: bytes
    highlighted: bool
