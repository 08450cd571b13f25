"""Documents, pages and passages as JSON files of an index, and back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from ingestion.document import Corpus, Document, Page, Passage, Role, Sentence

DOCUMENTS, PAGES, PASSAGES = "documents.json", "pages.json", "passages.json"


def write_corpus(corpus: Corpus, folder: Path) -> None:
    """Write the three files; what failed to be ingested is not part of the index."""
    documents = [asdict(document) | {"path": str(document.path)} for document in corpus.documents]
    _write(folder / DOCUMENTS, documents)
    _write(folder / PAGES, [asdict(page) for page in corpus.pages])
    _write(folder / PASSAGES, [asdict(passage) for passage in corpus.passages])


def read_corpus(folder: Path) -> Corpus:
    """The corpus that `write_corpus` wrote."""
    return Corpus(
        documents=tuple(_document(record) for record in _read(folder / DOCUMENTS)),
        pages=tuple(Page(**record) for record in _read(folder / PAGES)),
        passages=tuple(_passage(record) for record in _read(folder / PASSAGES)),
    )


def _document(record: dict[str, Any]) -> Document:
    lists = {"page_labels": tuple(record["page_labels"]), "authors": tuple(record["authors"])}
    return Document(**record | lists | {"path": Path(record["path"])})


def _passage(record: dict[str, Any]) -> Passage:
    sentences = tuple(
        Sentence(**sentence | {"role": Role(sentence["role"])}) for sentence in record["sentences"]
    )
    return Passage(**record | {"headings": tuple(record["headings"]), "sentences": sentences})


def _write(file: Path, records: list[dict[str, Any]]) -> None:
    file.write_text(json.dumps(records), encoding="ascii")  # escapes: a PDF may hold half a surrogate pair


def _read(file: Path) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads(file.read_text(encoding="ascii"))
    return records
