"""The HTTP API's bodies: what comes in (validated), what goes out (the contract of the README)."""

from collections.abc import Sequence
from typing import Annotated, Literal
from urllib.parse import quote as percent_encode

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assistant.answer import Answer, Citation, Turn
from assistant.feedback import Reason, Verdict
from assistant.library import KitDocument
from assistant.recommendation import Filters, Recommendation, Recommendations
from index.hit import Hit

MAX_QUESTION = 2_000  # characters
MAX_HISTORY = 20  # turns
MAX_LIMIT = 20  # recommended documents
MAX_LINK_QUOTE = 600  # characters of a quote carried by a link; a longer one is located by its beginning

Question = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
Identifier = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Request(BaseModel):
    """A body that comes in; a field that does not exist is an error, never ignored."""

    model_config = ConfigDict(extra="forbid")


class TurnIn(Request):
    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=20_000)]


class AskRequest(Request):
    question: Question = Field(examples=["Qui pilote le programme du parcours d'expérience ?"])
    history: list[TurnIn] = Field([], max_length=MAX_HISTORY)
    documents: list[Identifier] | None = Field(None, max_length=500)

    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn(turn.role, turn.content) for turn in self.history)


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


Choices = Annotated[list[Identifier], BeforeValidator(_as_list), Field(max_length=50)]


class RecommendRequest(Request):
    """A situation, and filters: one value or several; a document passes when it meets every filter set."""

    situation: Question = Field(examples=["Une association cherche une PME partenaire."])
    limit: int = Field(5, ge=1, le=MAX_LIMIT)
    nature: Choices = []
    parcours: Choices = []
    kind: Choices = []
    year: int | None = None
    year_from: int | None = None
    year_to: int | None = None
    in_corpus: bool | None = None

    def filters(self) -> Filters:
        """The filters as the recommender takes them; `year` is a span of one year."""
        return Filters(
            natures=tuple(self.nature),
            parcours=tuple(self.parcours),
            kinds=tuple(self.kind),
            year_from=self.year if self.year is not None else self.year_from,
            year_to=self.year if self.year is not None else self.year_to,
            in_corpus=self.in_corpus,
        )


class LinksOut(BaseModel):
    page_image: str
    pdf: str


class CitationOut(BaseModel):
    number: int
    document_id: str
    title: str
    page: int
    page_label: str
    quote: str
    links: LinksOut


class PassageOut(BaseModel):
    document_id: str
    page: int
    page_end: int
    text: str
    score: float


class AnswerOut(BaseModel):
    status: Literal["answered", "not_found"]
    answer: str
    mode: Literal["extractive", "generative"]
    standalone_question: str
    citations: list[CitationOut]
    passages: list[PassageOut]
    timings_ms: dict[str, float]


class RecommendationOut(BaseModel):
    rank: int
    document_id: str
    title: str
    authors: list[str]
    year: int
    nature: str
    parcours: list[str]
    kind: str
    url: str | None
    in_corpus: bool
    reason: str
    citations: list[CitationOut]
    score: float


class RecommendationsOut(BaseModel):
    recommendations: list[RecommendationOut]
    reading_path: list[str]
    gaps: list[str]
    timings_ms: dict[str, float]


class PageOut(BaseModel):
    number: int
    label: str
    links: LinksOut


class DocumentOut(BaseModel):
    id: str
    title: str
    authors: list[str]
    year: int | None
    years: list[int]  # several when the kit's lists disagree
    nature: str | None
    section: str | None
    parcours: list[str]
    kind: str | None
    abstract: str | None
    url: str | None
    in_corpus: bool
    page_count: int  # 0 when the document is not in the base


class DocumentDetailOut(DocumentOut):
    pages: list[PageOut]


class DocumentsOut(BaseModel):
    documents: list[DocumentOut]


class FeedbackCitation(Request):
    number: Annotated[int, Field(ge=1)] | None = None
    document_id: Identifier
    title: Annotated[str, StringConstraints(max_length=1_000)] = ""
    page: Annotated[int, Field(ge=1)]
    page_label: Annotated[str, StringConstraints(max_length=100)] = ""
    quote: Annotated[str, StringConstraints(max_length=5_000)] = ""


class FeedbackRequest(Request):
    question: Question
    answer: Annotated[str, StringConstraints(max_length=20_000)]
    citations: list[FeedbackCitation] = Field([], max_length=50)
    verdict: Verdict
    reasons: list[Reason] = Field([], max_length=10)
    comment: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2_000)] = ""


class FeedbackOut(BaseModel):
    id: int


class HealthOut(BaseModel):
    status: Literal["ok"]


class ReadyOut(BaseModel):
    status: Literal["ready"]
    index_version: str
    documents: int
    passages: int


class FieldProblem(BaseModel):
    field: str
    message: str


class Problem(BaseModel):
    """An error as RFC 9457 describes it (`application/problem+json`)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    errors: list[FieldProblem] = []


def page_links(document_id: str, page: int, quote: str = "") -> LinksOut:
    """Addresses below the API's root: the page's image with the quote highlighted, the PDF at that page."""
    root = f"/api/documents/{percent_encode(document_id, safe='')}"
    query = f"?quote={percent_encode(quote[:MAX_LINK_QUOTE], safe='')}" if quote else ""
    return LinksOut(page_image=f"{root}/pages/{page}{query}", pdf=f"{root}/file#page={page}")


def citations_out(citations: Sequence[Citation]) -> list[CitationOut]:
    """Citations with their links."""
    return [
        CitationOut(
            number=citation.number,
            document_id=citation.document_id,
            title=citation.title,
            page=citation.page,
            page_label=citation.page_label,
            quote=citation.quote,
            links=page_links(citation.document_id, citation.page, citation.quote),
        )
        for citation in citations
    ]


def passage_out(hit: Hit) -> PassageOut:
    """One ranked passage."""
    passage = hit.passage
    return PassageOut(
        document_id=passage.document_id,
        page=passage.page,
        page_end=passage.page_end,
        text=passage.text,
        score=round(hit.score, 4),
    )


def answer_out(answer: Answer) -> AnswerOut:
    """What `POST /api/ask` and `cokit ask --json` return."""
    return AnswerOut(
        status=answer.status,
        answer=answer.text,
        mode="extractive",
        standalone_question=answer.standalone_question,
        citations=citations_out(answer.citations),
        passages=[passage_out(hit) for hit in answer.hits],
        timings_ms=_rounded(answer.timings_ms),
    )


def recommendations_out(found: Recommendations) -> RecommendationsOut:
    """What `POST /api/recommend` and `cokit recommend --json` return."""
    return RecommendationsOut(
        recommendations=[_recommendation_out(item) for item in found.recommendations],
        reading_path=list(found.reading_path),
        gaps=list(found.gaps),
        timings_ms=_rounded(found.timings_ms),
    )


def _recommendation_out(item: Recommendation) -> RecommendationOut:
    entry = item.entry
    return RecommendationOut(
        rank=item.rank,
        document_id=entry.id,
        title=entry.title,
        authors=list(entry.authors),
        year=entry.year,
        nature=entry.nature,
        parcours=list(entry.parcours),
        kind=entry.kind,
        url=entry.url,
        in_corpus=entry.in_corpus,
        reason=item.reason,
        citations=citations_out(item.citations),
        score=round(item.score, 4),
    )


def _rounded(timings_ms: dict[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in timings_ms.items()}


def document_out(document: KitDocument) -> DocumentOut:
    """One document of the kit; without a catalogue entry, what its PDF says."""
    entry, held = document.entry, document.held
    title = entry.title if entry else held.title if held else document.id
    year = entry.year if entry else held.year if held else None
    return DocumentOut(
        id=document.id,
        title=title,
        authors=list(entry.authors if entry else held.authors if held else ()),
        year=year,
        years=list(entry.all_years) if entry else [year] if year else [],
        nature=entry.nature if entry else None,
        section=entry.section if entry else None,
        parcours=list(entry.parcours) if entry else [],
        kind=entry.kind if entry else None,
        abstract=entry.abstract if entry else None,
        url=entry.url if entry else None,
        in_corpus=held is not None,
        page_count=held.page_count if held else 0,
    )


def document_detail_out(document: KitDocument) -> DocumentDetailOut:
    """One document with its pages."""
    labels = document.held.page_labels if document.held else ()
    return DocumentDetailOut(
        **document_out(document).model_dump(),
        pages=[
            PageOut(number=number, label=label, links=page_links(document.id, number))
            for number, label in enumerate(labels, start=1)
        ],
    )


def answer_to_json(answer: Answer) -> str:
    """The answer as the API returns it, indented for reading."""
    return answer_out(answer).model_dump_json(indent=2)
