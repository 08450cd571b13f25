"""A stored index, checked and opened: what searching and answering read."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexDamaged, IndexOfAnotherModel
from index.generation import Pointer, open_generation, read_pointer
from index.manifest import (
    PASSAGE_VECTORS,
    QUESTION_CENTRE,
    SENTENCE_VECTORS,
    SENTENCE_WORDS,
    WORDS,
    Manifest,
)
from index.records import read_corpus
from index.sentence_words import SentenceWords
from index.vectors import VectorStore
from index.words import WordIndex
from ingestion.document import Document, Page, Passage, Sentence


@dataclass(frozen=True, slots=True)
class StoredIndex:
    """One generation in memory; rows of `passage_vectors` and `words` are positions in `passages`.

    Sentence m of the index is sentence `sentence_positions[m]` of passage `sentence_owner[m]`; a passage's
    sentences are consecutive and start at `sentence_starts[position]`.
    """

    manifest: Manifest
    documents: Mapping[str, Document]
    pages: Mapping[tuple[str, int], Page]  # by document id and page number
    passages: tuple[Passage, ...]
    sentence_owner: NDArray[np.int64]  # (m,)
    sentence_positions: NDArray[np.int64]  # (m,)
    sentence_starts: NDArray[np.int64]  # (n + 1,): the last one is m
    passage_vectors: VectorStore
    sentence_vectors: VectorStore
    question_centre: NDArray[np.float32]  # (d,): the vectors are centred, a question's has to be
    words: WordIndex
    sentence_words: SentenceWords

    def sentence(self, row: int) -> Sentence:
        """The sentence of a row of `sentence_vectors`."""
        passage = self.passages[int(self.sentence_owner[row])]
        return passage.sentences[int(self.sentence_positions[row])]

    def sentence_rows(self, passage_position: int) -> range:
        """Rows of a passage's sentences, in their order."""
        start, end = self.sentence_starts[passage_position : passage_position + 2]
        return range(int(start), int(end))


def open_index(data_dir: Path, *, embedder_name: str) -> StoredIndex:
    """Open the current index of a data folder.

    Raises: IndexMissing, IndexOutdated, IndexOfAnotherModel, IndexDamaged.
    """
    pointer = read_pointer(data_dir)
    try:
        return _open(data_dir, pointer, embedder_name)
    except IndexDamaged:
        swapped_meanwhile = read_pointer(data_dir)
        if swapped_meanwhile == pointer:
            raise
        return _open(data_dir, swapped_meanwhile, embedder_name)


def _open(data_dir: Path, pointer: Pointer, embedder_name: str) -> StoredIndex:
    folder, manifest = open_generation(data_dir, pointer)
    if manifest.embedding_model != embedder_name:
        raise IndexOfAnotherModel(data_dir, found=manifest.embedding_model, expected=embedder_name)
    corpus = read_corpus(folder)
    counts = np.array([len(passage.sentences) for passage in corpus.passages], dtype=np.int64)
    starts = np.concatenate(([0], np.cumsum(counts)))
    owner = np.repeat(np.arange(len(counts)), counts)
    return StoredIndex(
        manifest=manifest,
        documents={document.id: document for document in corpus.documents},
        pages={(page.document_id, page.number): page for page in corpus.pages},
        passages=corpus.passages,
        sentence_owner=owner,
        sentence_positions=np.arange(len(owner)) - starts[owner],
        sentence_starts=starts,
        passage_vectors=VectorStore.read(folder / PASSAGE_VECTORS),
        sentence_vectors=VectorStore.read(folder / SENTENCE_VECTORS),
        question_centre=np.load(folder / QUESTION_CENTRE, allow_pickle=False),
        words=WordIndex.read(folder / WORDS),
        sentence_words=SentenceWords.read(folder / SENTENCE_WORDS),
    )
