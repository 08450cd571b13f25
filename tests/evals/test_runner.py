"""Questions are asked for real and scored through the API's JSON alone."""

from collections.abc import Sequence
from typing import Any

import pytest

from evals.questions import Expected, Question, Source
from evals.runner import run
from evals.target import Message, Reply

PAGES = {("programme", 1): "Le parcours réunit 12 territoires.", ("programme", 2): "Piloté par le CGET."}


def reply(text: str = "", *, quote: str = "", page: int = 1) -> Reply:
    """A reply of the API: an answer with one citation, or a refusal when there is no text."""
    citation = {"number": 1, "document_id": "programme", "title": "Programme", "page": page, "quote": quote}
    passage = {"document_id": "programme", "page": page, "page_end": page, "text": quote, "score": 1.0}
    return {
        "status": "answered" if text else "not_found",
        "answer": text or "Le kit ne le dit pas.",
        "citations": [citation] if text else [],
        "passages": [passage],
    }


class RecordedTarget:
    """Gives prepared replies in order and keeps what it was asked."""

    def __init__(self, *replies: Reply) -> None:
        self.replies = list(replies)
        self.asked: list[tuple[str, tuple[Message, ...]]] = []

    def ask(
        self, question: str, *, history: Sequence[Message] = (), documents: Sequence[str] | None = None
    ) -> Reply:
        assert documents is None
        self.asked.append((question, tuple(history)))
        return self.replies.pop(0)


def question(**changes: Any) -> Question:
    """« Combien de territoires ? », answered by page 1."""
    expected = Expected(
        question="Combien de territoires ?",
        facts=(("12", "douze"),),
        sources=(Source("programme", 1, "12 territoires", line=8),),
    )
    fields = {"id": "q-1", "slice": "nombre", "half": "test", "expected": expected, "file": "f", "line": 1}
    return Question(**{**fields, **changes})


REFUSAL = Expected(question="Quel salaire ?", refuse=True, kind="voisin")


def test_a_right_answer_scores_on_every_metric() -> None:
    target = RecordedTarget(reply("12 territoires [1].", quote="réunit 12 territoires"))
    outcome = run(target, [question()], page_texts=PAGES)[0]
    assert outcome.result == "right"
    expected = {"recall@1": 1, "mrr@10": 1, "ndcg@10": 1, "right": 1, "wrong": 0, "refused": 0, "words": 2}
    expected |= {
        "citation_exactness": 1,
        "citation_support": 1,
        "number_faithfulness": 1,
        "lead_precision": 1,
    }
    assert {name: outcome.scores[name] for name in expected} == expected
    assert outcome.pages == ("programme p. 1",)


def test_a_wrong_answer_from_a_quote_that_is_not_there_shows() -> None:
    target = RecordedTarget(reply("13 territoires [1].", quote="réunit 13 territoires", page=2))
    outcome = run(target, [question()], page_texts=PAGES)[0]
    expected = {"recall@1": 0, "wrong": 1, "right": 0, "citation_exactness": 0, "lead_precision": 0}
    assert outcome.result == "wrong"
    assert {name: outcome.scores[name] for name in expected} == expected


def test_a_refusal_at_fault_has_no_citation_scores_but_its_ranking_counts() -> None:
    outcome = run(RecordedTarget(reply(quote="x")), [question()], page_texts=PAGES)[0]
    assert (outcome.result, outcome.scores["refused"], outcome.scores["recall@1"]) == ("refused", 1, 1)
    assert not {"citation_exactness", "citation_support", "words"} & outcome.scores.keys()


@pytest.mark.parametrize(("text", "result", "caught"), [("", "caught", 1.0), ("3 000 € [1].", "missed", 0.0)])
def test_what_must_be_refused_is_caught_or_missed(text: str, result: str, caught: float) -> None:
    outcome = run(RecordedTarget(reply(text, quote="x")), [question(expected=REFUSAL)], page_texts=PAGES)[0]
    assert (outcome.result, outcome.scores["caught"]) == (result, caught)
    assert not {"right", "recall@1"} & outcome.scores.keys()


def test_the_words_of_a_list_are_not_counted() -> None:
    listed = Expected(
        question="Lesquels ?", facts=(("12",),), sources=question().expected.sources, is_list=True
    )
    outcome = run(RecordedTarget(reply("12 [1]", quote="12")), [question(expected=listed)], page_texts=PAGES)[
        0
    ]
    assert "words" not in outcome.scores


def test_a_conversation_is_held_for_real_and_its_last_turn_counts() -> None:
    target = RecordedTarget(
        reply("Le CGET [1].", quote="CGET", page=2), reply("12 territoires [1].", quote="12 territoires")
    )
    conversation = question(slice="conversation", previous=("Qui pilote ?",))
    outcome = run(target, [conversation], page_texts=PAGES)[0]
    assert target.asked == [
        ("Qui pilote ?", ()),
        ("Combien de territoires ?", (("user", "Qui pilote ?"), ("assistant", "Le CGET [1]."))),
    ]
    assert outcome.scores["last_turn_right"] == 1


def test_a_given_history_is_sent_as_it_stands() -> None:
    target = RecordedTarget(reply())
    run(target, [question(history=(("user", "Bonjour"),))], page_texts=PAGES)
    assert target.asked == [("Combien de territoires ?", (("user", "Bonjour"),))]


def test_progress_is_told_after_each_question() -> None:
    told: list[tuple[int, int]] = []
    target = RecordedTarget(reply(), reply())
    questions = [question(), question(id="q-2")]
    run(target, questions, page_texts=PAGES, progress=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]
