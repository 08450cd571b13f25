"""Readers' verdicts: kept without identity, as long as told, and turned into draft questions."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
import yaml

from assistant.feedback import FILE_NAME, CitedPage, Feedback, FeedbackStore
from assistant.feedback_export import draft_questions

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)


@pytest.fixture
def complaint() -> Feedback:
    return Feedback(
        question="Qui paie l’animation ?",
        answer="Le programme est piloté par un comité [1].",
        citations=(CitedPage("programme", 2, "Le programme est piloté par un Comité"),),
        verdict="inutile",
        reasons=("mauvaise_page", "incomplete"),
        comment="La réponse est\npage 3.",
        index_version="2026-11-01-abcd",
        created_at=NOW,
    )


@pytest.fixture
def store(tmp_path: Path) -> FeedbackStore:
    return FeedbackStore(tmp_path / "data", keep_days=30)


def test_what_is_stored_comes_back_whole(store: FeedbackStore, complaint: Feedback) -> None:
    assert store.add(complaint) == 1
    assert store.all() == (complaint,)


def test_reading_feedback_that_nobody_gave_makes_no_file(store: FeedbackStore, tmp_path: Path) -> None:
    assert store.all() == ()
    assert store.purge() == 0
    assert not (tmp_path / "data").exists()


def test_the_table_has_no_place_for_an_address_or_a_name(
    store: FeedbackStore, complaint: Feedback, tmp_path: Path
) -> None:
    store.add(complaint)
    with sqlite3.connect(tmp_path / "data" / FILE_NAME) as connection:
        columns = {row[1] for row in connection.execute("PRAGMA table_info(feedback)")}
    connection.close()
    assert columns == {
        "id",
        "created_at",
        "question",
        "answer",
        "citations",
        "verdict",
        "reasons",
        "comment",
        "index_version",
    }


def test_a_verdict_past_its_time_is_dropped_and_leaves_no_trace_in_the_file(
    store: FeedbackStore, complaint: Feedback, tmp_path: Path
) -> None:
    old = replace(complaint, question="xylophone ancien ?", created_at=NOW - timedelta(days=31))
    store.add(old)
    store.add(complaint)
    assert store.all() == (complaint,)
    assert b"xylophone" not in (tmp_path / "data" / FILE_NAME).read_bytes()


def test_purging_keeps_what_is_within_its_time(store: FeedbackStore, complaint: Feedback) -> None:
    store.add(complaint)
    assert store.purge(now=NOW + timedelta(days=29)) == 0
    assert store.purge(now=NOW + timedelta(days=31)) == 1


def test_an_unknown_verdict_is_refused_by_the_store(store: FeedbackStore, complaint: Feedback) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        store.add(replace(complaint, verdict="peut-être"))


def test_threads_that_write_at_once_lose_nothing(store: FeedbackStore, complaint: Feedback) -> None:
    threads = [
        Thread(target=store.add, args=(replace(complaint, comment=str(number)),)) for number in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(feedback.comment for feedback in store.all()) == [str(number) for number in range(8)]


def test_a_complaint_becomes_a_draft_question_with_what_was_cited(complaint: Feedback) -> None:
    text = draft_questions([complaint])
    (draft,) = yaml.safe_load(text)
    assert draft["question"] == "Qui paie l’animation ?"
    assert draft["half"] == "development"
    assert draft["sources"] == [
        {"document": "programme", "page": 2, "evidence": "Le programme est piloté par un Comité"}
    ]
    assert "# motifs : incomplete, mauvaise_page" in text
    assert "# commentaire : La réponse est page 3." in text


def test_a_question_that_should_have_been_refused_becomes_a_refusal(complaint: Feedback) -> None:
    (draft,) = yaml.safe_load(draft_questions([replace(complaint, reasons=("aurait_du_refuser",))]))
    assert draft["refuse"] is True
    assert "facts" not in draft
    assert "sources" not in draft


def test_thanks_are_not_exported_and_a_question_asked_twice_is_one_draft(complaint: Feedback) -> None:
    thanks = replace(complaint, question="Une autre ?", verdict="utile")
    again = replace(complaint, question="QUI PAIE L’ANIMATION ?")
    drafts = yaml.safe_load(draft_questions([thanks, complaint, again]))
    assert [draft["id"] for draft in drafts] == ["avis-001"]
    assert "# 2 avis" in draft_questions([thanks, complaint, again])


def test_a_hostile_comment_cannot_leave_its_yaml_comment(complaint: Feedback) -> None:
    hostile = replace(complaint, comment="x\n- id: intrus\n  question: faux")
    assert [draft["id"] for draft in yaml.safe_load(draft_questions([hostile]))] == ["avis-001"]
