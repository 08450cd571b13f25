"""Readers' verdicts on answers, kept in SQLite: what was asked and answered, never who asked."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

Verdict = Literal["utile", "inutile"]
Reason = Literal["mauvaise_page", "incomplete", "hors_sujet", "aurait_du_refuser", "autre"]

FILE_NAME = "feedback.sqlite3"

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY,
    created_at TEXT NOT NULL,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    citations TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('utile', 'inutile')),
    reasons TEXT NOT NULL,
    comment TEXT NOT NULL,
    index_version TEXT NOT NULL
)
"""


@dataclass(frozen=True, slots=True)
class CitedPage:
    """What an answer cited."""

    document_id: str
    page: int
    quote: str


@dataclass(frozen=True, slots=True)
class Feedback:
    """One reader's verdict on one answer."""

    question: str
    answer: str
    citations: tuple[CitedPage, ...]
    verdict: str
    reasons: tuple[str, ...]
    comment: str
    index_version: str
    created_at: datetime


class FeedbackStore:
    """The feedback of one data directory; each call opens its own connection, so threads may share it."""

    def __init__(self, data_dir: Path, *, keep_days: int) -> None:
        self._path = data_dir / FILE_NAME
        self._keep = timedelta(days=keep_days)

    def add(self, feedback: Feedback) -> int:
        """Store one verdict, drop those past their time, and return the new one's number."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._connection() as connection:
            self._purge(connection, now=feedback.created_at)
            cursor = connection.execute(
                "INSERT INTO feedback (created_at, question, answer, citations, verdict, reasons, comment,"
                " index_version) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    feedback.created_at.astimezone(UTC).isoformat(timespec="seconds"),
                    feedback.question,
                    feedback.answer,
                    json.dumps([asdict(citation) for citation in feedback.citations], ensure_ascii=False),
                    feedback.verdict,
                    json.dumps(feedback.reasons),
                    feedback.comment,
                    feedback.index_version,
                ),
            )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def purge(self, *, now: datetime | None = None) -> int:
        """Drop what is older than the retention; how many were dropped."""
        if not self._path.exists():
            return 0
        with self._connection() as connection:
            return self._purge(connection, now=now or datetime.now(UTC))

    def all(self) -> Sequence[Feedback]:
        """Every verdict, oldest first."""
        if not self._path.exists():
            return ()
        with self._connection() as connection:
            rows = connection.execute("SELECT * FROM feedback ORDER BY id").fetchall()
        return tuple(_feedback(row) for row in rows)

    def _purge(self, connection: sqlite3.Connection, *, now: datetime) -> int:
        oldest = (now.astimezone(UTC) - self._keep).isoformat(timespec="seconds")
        return connection.execute("DELETE FROM feedback WHERE created_at < ?", (oldest,)).rowcount

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=10)
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("PRAGMA secure_delete = ON")
            with connection:
                connection.execute(_SCHEMA)
                yield connection
        finally:
            connection.close()


def _feedback(row: sqlite3.Row) -> Feedback:
    return Feedback(
        question=row["question"],
        answer=row["answer"],
        citations=tuple(CitedPage(**citation) for citation in json.loads(row["citations"])),
        verdict=row["verdict"],
        reasons=tuple(json.loads(row["reasons"])),
        comment=row["comment"],
        index_version=row["index_version"],
        created_at=datetime.fromisoformat(row["created_at"]),
    )
