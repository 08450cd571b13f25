"""Invented French public documents with questions, to learn from what neither the kit nor PIAF teaches.

A file of `evals/exercises/` is a corpus the size of a kit, one document a line (JSON Lines). Those who wrote
them had not seen the evaluated questions.
"""

import hashlib
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import ExerciseFileError
from ingestion.document import Corpus, Document, Page, Passage, Role, Sentence

_BULLET = re.compile(r"[•–-] ")


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question and the sentences that each answer it, by passage and place; none: it must be refused."""

    question: str
    before: str  # the question that this one follows up; empty where it stands alone
    answers: frozenset[tuple[int, int]]
    slice: str


@dataclass(frozen=True, slots=True)
class ExerciseCorpus:
    """One file: its documents as an index takes them, and its questions."""

    name: str
    corpus: Corpus
    exercises: tuple[Exercise, ...]


def read_exercises(folder: Path) -> tuple[ExerciseCorpus, ...]:
    """The corpora of a folder, by name.

    Raises:
        ExerciseFileError: a line is not in the format.
    """
    return tuple(_read(file) for file in sorted(folder.glob("*.jsonl")))


def _read(file: Path) -> ExerciseCorpus:
    documents: list[Document] = []
    passages: list[Passage] = []
    exercises: list[Exercise] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            content = json.loads(line)
            first = len(passages)
            document_id = f"{file.stem}-{number}"
            read = [
                Passage(
                    f"{document_id}:{place}",
                    document_id,
                    tuple(one["headings"]),
                    _sentences(one["sentences"]),
                )
                for place, one in enumerate(content["passages"])
            ]
            exercises += [_exercise(one, read, first) for one in content["questions"]]
            digest = hashlib.sha256(line.encode()).hexdigest()
            documents.append(Document(document_id, content["title"], Path(document_id), digest, ("1",)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise ExerciseFileError(file.name, number, error) from error
        passages += read
    pages = tuple(Page(document.id, 1, "1", "") for document in documents)
    return ExerciseCorpus(file.stem, Corpus(tuple(documents), pages, tuple(passages)), tuple(exercises))


def _sentences(texts: Sequence[str]) -> tuple[Sentence, ...]:
    """A bullet is an item; the line above the first one introduces the list."""
    items = [bool(_BULLET.match(text)) for text in texts]
    roles = [
        Role.ITEM if item else Role.INTRO if following else Role.TEXT
        for item, following in zip(items, (*items[1:], False), strict=True)
    ]
    plain = (
        _BULLET.sub("", text, count=1) if item else text for text, item in zip(texts, items, strict=True)
    )
    return tuple(Sentence(text, text, 1, role) for text, role in zip(plain, roles, strict=True))


def _exercise(content: dict[str, Any], passages: Sequence[Passage], first: int) -> Exercise:
    for passage, sentence in content["at"]:
        passages[passage].sentences[sentence]  # an index out of bounds is an error of the file
    answers = frozenset((first + passage, sentence) for passage, sentence in content["at"])
    return Exercise(content["q"], content.get("before", ""), answers, content["slice"])
