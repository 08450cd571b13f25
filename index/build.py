"""A corpus → a stored index: embed, index the words, write a generation, swap it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np

from index.centring import centre_of, centred, question_centre
from index.embedding_cache import open_embedding_cache
from index.embeddings import Embedder
from index.errors import IndexUnwritable, NothingToIndex
from index.generation import new_generation, publish, sha256_of_files, writing
from index.manifest import (
    FORMAT_VERSION,
    PASSAGE_VECTORS,
    QUESTION_CENTRE,
    SENTENCE_VECTORS,
    SENTENCE_WORDS,
    WORDS,
    Manifest,
)
from index.records import write_corpus
from index.sentence_words import SentenceWords
from index.texts import passage_text
from index.vectors import VectorStore
from index.words import WordIndex
from ingestion.document import Corpus, Passage

Progress = Callable[[str, int, int], None]  # what is being done (French), texts done, their total


@dataclass(frozen=True, slots=True)
class IndexedTexts:
    """What is embedded: one text a passage, and one for each sentence of each passage, in their order."""

    passages: tuple[str, ...]
    sentences: tuple[str, ...]


def build_index(
    corpus: Corpus,
    *,
    data_dir: Path,
    embedder: Embedder,
    corpus_hash: str,
    tokenize: Callable[[str], Sequence[str]],
    progress: Progress | None = None,
) -> Manifest:
    """Store the index of a corpus and make it the current one; texts embedded before are not embedded again.

    Until the last step, and if anything fails, the previous index is the one that opens.
    Raises: NothingToIndex, IndexBusy, IndexUnwritable.
    """
    if not corpus.passages:
        raise NothingToIndex
    texts = indexed_texts(corpus.passages)
    report = progress or _silent
    try:
        with writing(data_dir), open_embedding_cache(data_dir / "cache" / "embeddings.sqlite") as cache:
            folder = new_generation(data_dir)
            write_corpus(corpus, folder)
            WordIndex.build([tokenize(text) for text in texts.passages]).write(folder / WORDS)
            SentenceWords.build(texts.sentences).write(folder / SENTENCE_WORDS)
            parts = (
                (PASSAGE_VECTORS, "Vecteurs des passages", texts.passages),
                (SENTENCE_VECTORS, "Vecteurs des phrases", texts.sentences),
            )
            for name, label, part in parts:
                vectors = cache.embed_passages(embedder, part, progress=partial(report, label))
                VectorStore.build(centred(vectors, centre_of(vectors))).write(folder / name)
            np.save(folder / QUESTION_CENTRE, question_centre(embedder, texts.sentences), allow_pickle=False)
            manifest = Manifest(
                format_version=FORMAT_VERSION,
                embedding_model=embedder.name,
                embedding_revision=embedder.revision,
                dimension=embedder.dimension,
                document_count=len(corpus.documents),
                page_count=len(corpus.pages),
                passage_count=len(texts.passages),
                sentence_count=len(texts.sentences),
                corpus_hash=corpus_hash,
                created_at=datetime.now(UTC).isoformat(timespec="seconds"),
                files=sha256_of_files(folder),
            )
            publish(data_dir, folder, manifest)
            cache.forget_unused()
    except OSError as error:
        raise IndexUnwritable(data_dir, error) from error
    return manifest


def indexed_texts(passages: Sequence[Passage]) -> IndexedTexts:
    """The texts to embed; every sentence counts, headings and list items too."""
    return IndexedTexts(
        passages=tuple(passage_text(passage) for passage in passages),
        sentences=tuple(sentence.text for passage in passages for sentence in passage.sentences),
    )


def _silent(_label: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
