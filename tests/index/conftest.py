"""A small French corpus, and an embedder that is instant: what the storage tests build indexes of."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from ingestion.document import Corpus, Document, Page, Passage, Role, Sentence


class HashEmbedder:
    """Unit vectors drawn from a text's sha256, its role apart, and a record of the passages embedded."""

    def __init__(self, name: str = "empreinte", dimension: int = 16, revision: str = "1") -> None:
        self.name, self.dimension = name, dimension
        self.revision = self.question_revision = revision
        self.embedded: list[str] = []

    def embed_questions(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed("question", texts)

    def embed_for_question_centre(self, texts: Sequence[str]) -> np.ndarray:
        return self._embed("centre", texts)

    def embed_passages(self, texts: Sequence[str]) -> np.ndarray:
        self.embedded.extend(texts)
        return self._embed("passage", texts)

    def _embed(self, role: str, texts: Sequence[str]) -> np.ndarray:
        seeds = [
            int.from_bytes(hashlib.sha256(f"{self.name} {role} {text}".encode()).digest()[:8])
            for text in texts
        ]
        rows = np.stack([np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds])
        return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def build_corpus(passage_count: int = 6, *, subject: str = "alliances") -> Corpus:
    """Two documents of three pages; each passage is a heading, an introduction and two items."""
    documents = tuple(
        Document(
            id=name,
            title=f"Le kit, {name}",
            path=Path(f"corpus/documents/{name}.pdf"),
            sha256=hashlib.sha256(name.encode()).hexdigest(),
            page_labels=("i", "1", "2"),
            authors=("Le RAMEAU", "CGET"),
            year=2018 if name == "étude" else None,
        )
        for name in ("étude", "méthode")
    )
    pages = tuple(
        Page(
            document_id=document.id, number=number, label=label, text=f"Page {number} « {document.title} »\n"
        )
        for document in documents
        for number, label in enumerate(document.page_labels, start=1)
    )
    return Corpus(
        documents=documents,
        pages=pages,
        passages=tuple(_passage(documents[n % 2], n, subject) for n in range(passage_count)),
    )


def _passage(document: Document, number: int, subject: str) -> Passage:
    page = 1 + number % 2
    sentences = (
        Sentence(f"Partie {number}", f"Partie {number}", page, Role.HEADING),
        Sentence(f"Les {subject} du territoire {number} œuvrent :", f"Les {subject}…", page, Role.INTRO),
        Sentence(f"la mairie n° {number}", f"• la mairie n° {number}", page, Role.ITEM),
        Sentence(
            f"{number * 7} associations de {subject}.", f"{number * 7} associations", page + 1, Role.ITEM
        ),
    )[: 3 + number % 2]
    return Passage(f"{document.id}:{number}", document.id, ("Le mouvement", f"Partie {number}"), sentences)


@pytest.fixture
def corpus() -> Corpus:
    return build_corpus()


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(scope="session")
def make_corpus() -> Callable[..., Corpus]:
    return build_corpus
