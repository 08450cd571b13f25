"""One question and the reply it got → its scores: what every figure of the report is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from evals import metrics
from evals.metrics import PageReference
from evals.questions import CONVERSATION, Question
from evals.target import Reply
from ingestion.quotes import stands_on_page

Result = Literal["right", "wrong", "refused", "caught", "missed"]  # the last two: a question to refuse
RECALL_DEPTHS = (1, 3, 5, 10)
KEPT_PAGES = 5  # ranked passages kept in the report


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question got. `scores` holds only what applies to it: no recall where nothing is right.

    `pages` are the first passages' pages as « document p. 3-4 », `cited` the citations' as « document p. 3 ».
    """

    id: str
    question: str
    slice: str
    half: str
    kind: str
    result: Result
    answer: str
    pages: tuple[str, ...]
    cited: tuple[str, ...]
    scores: Mapping[str, float]

    @property
    def is_correct(self) -> bool:
        return self.result in ("right", "caught")


def score(
    question: Question, reply: Reply, *, page_texts: Mapping[PageReference, str], seconds: float
) -> Outcome:
    """Every score of one question."""
    expected = question.expected
    scores = {"milliseconds": seconds * 1000, **_citation_scores(reply, page_texts)}
    if expected.refuse:
        result: Result = "missed" if is_answered(reply) else "caught"
        scores["caught"] = float(result == "caught")
    else:
        result = metrics.verdict(
            answered=is_answered(reply),
            answer=reply["answer"],
            facts=expected.facts,
            known_wrong=expected.wrong,
        )
        scores |= _retrieval_scores(reply, expected.right_pages)
        scores |= {name: float(result == name) for name in ("right", "wrong", "refused")}
        scores["accepted"] = 1 - scores["refused"]
        if result != "refused":
            scores |= _answer_scores(question, reply)
    if question.slice == CONVERSATION:
        scores["last_turn_right"] = float(result in ("right", "caught"))
    return Outcome(
        id=question.id,
        question=question.text,
        slice=question.slice,
        half=question.half,
        kind=expected.kind,
        result=result,
        answer=reply["answer"],
        pages=tuple(_place(passage) for passage in reply["passages"][:KEPT_PAGES]),
        cited=tuple(_place(citation) for citation in reply["citations"]),
        scores=scores,
    )


def is_answered(reply: Reply) -> bool:
    """Whether the assistant claims an answer."""
    return bool(reply["status"] == "answered")


def ranking(reply: Reply) -> list[frozenset[PageReference]]:
    """The pages of each passage, best passage first."""
    return [
        frozenset((passage["document_id"], page) for page in range(passage["page"], passage["page_end"] + 1))
        for passage in reply["passages"]
    ]


def _retrieval_scores(reply: Reply, right: frozenset[PageReference]) -> dict[str, float]:
    ranked = ranking(reply)
    return {
        **{f"recall@{k}": metrics.recall_at(k, ranked, right) for k in RECALL_DEPTHS},
        "mrr@10": metrics.reciprocal_rank(ranked, right),
        "ndcg@10": metrics.ndcg_at(10, ranked, right),
    }


def _citation_scores(reply: Reply, page_texts: Mapping[PageReference, str]) -> dict[str, float]:
    """Of any answer, also one that should have been a refusal: its quotes and numbers must hold."""
    if not is_answered(reply):
        return {}
    on_page = [
        stands_on_page(citation["quote"], page_texts.get((citation["document_id"], citation["page"]), ""))
        for citation in reply["citations"]
    ]
    cited = {citation["number"]: _cited_text(citation, reply) for citation in reply["citations"]}
    return _given(
        citation_exactness=metrics.citation_exactness(on_page),
        number_faithfulness=metrics.number_faithfulness(reply["answer"], cited),
    )


def _cited_text(citation: Reply, reply: Reply) -> str:
    """The title and quote of a citation with the passages of its page."""
    passages = [
        passage["text"]
        for passage in reply["passages"]
        if passage["document_id"] == citation["document_id"]
        and passage["page"] <= citation["page"] <= passage["page_end"]
    ]
    return "\n".join([citation["title"], citation["quote"], *passages])


def _answer_scores(question: Question, reply: Reply) -> dict[str, float]:
    expected = question.expected
    known = [
        question.text,
        *(form for group in expected.facts for form in group),
        *(source.evidence for source in expected.sources),
    ]
    quotes = [citation["quote"] for citation in reply["citations"]]
    words = metrics.answer_words(reply["answer"])
    return _given(
        lead_precision=metrics.lead_precision(reply["answer"], known),
        citation_support=metrics.citation_support(quotes, expected.facts),
        words=None if expected.is_list else float(words),
    )


def _given(**scores: float | None) -> dict[str, float]:
    return {name: value for name, value in scores.items() if value is not None}


def _place(found: Reply) -> str:
    """« document p. 3 » or « document p. 3-4 »."""
    page, page_end = found["page"], found.get("page_end", found["page"])
    pages = f"{page}" if page == page_end else f"{page}-{page_end}"
    return f"{found['document_id']} p. {pages}"
