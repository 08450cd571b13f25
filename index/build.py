"""A corpus → a stored index: embed, index the words, write a generation, swap it in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from index.embedding_cache import open_embedding_cache
from index.embeddings import Embedder
from index.errors import IndexUnwritable, NothingToIndex
from index.generation import new_generation, publish, sha256_of_files, writing
from index.manifest import (
    FORMAT_VERSION,
    PASSAGE_VECTORS,
    SECOND_SENTENCE_VECTORS,
    SENTENCE_VECTORS,
    WORDS,
    Manifest,
)
from index.records import write_corpus
from index.texts import passage_text, sentence_text
from index.vectors import VectorStore
from index.words import WordIndex
from ingestion.document import Corpus

Progress = Callable[[str, int, int], None]  # what is being done (French), texts done, their total


@dataclass(frozen=True, slots=True)
class IndexedTexts:
    """What is embedded: one text a passage, and one for each sentence of each passage, in their order."""

    passages: tuple[str, ...]
    sentences: tuple[str, ...]
    second_sentences: tuple[str, ...]


def build_index(
    corpus: Corpus,
    *,
    data_dir: Path,
    embedder: Embedder,
    second_encoder: Embedder,
    corpus_hash: str,
    tokenize: Callable[[str], Sequence[str]],
    progress: Progress | None = None,
    sentences_with_trail: bool = True,
    second_with_trail: bool = True,
) -> Manifest:
    """Store the index of a corpus and make it the current one; texts embedded before are not embedded again.

    Until the last step, and if anything fails, the previous index is the one that opens.
    Raises: NothingToIndex, IndexBusy, IndexUnwritable.
    """
    if not corpus.passages:
        raise NothingToIndex
    texts = indexed_texts(
        corpus, sentences_with_trail=sentences_with_trail, second_with_trail=second_with_trail
    )
    report = progress or _silent
    try:
        with writing(data_dir), open_embedding_cache(data_dir / "cache" / "embeddings.sqlite") as cache:
            folder = new_generation(data_dir)
            write_corpus(corpus, folder)
            WordIndex.build([tokenize(text) for text in texts.passages]).write(folder / WORDS)
            parts = (
                (PASSAGE_VECTORS, "Vecteurs des passages", embedder, texts.passages),
                (SENTENCE_VECTORS, "Vecteurs des phrases", embedder, texts.sentences),
                (
                    SECOND_SENTENCE_VECTORS,
                    "Seconds vecteurs des phrases",
                    second_encoder,
                    texts.second_sentences,
                ),
            )
            for name, label, engine, part in parts:
                vectors = cache.embed_passages(engine, part, progress=partial(report, label))
                VectorStore.build(vectors).write(folder / name)
            manifest = Manifest(
                format_version=FORMAT_VERSION,
                embedding_model=embedder.name,
                embedding_revision=embedder.revision,
                dimension=embedder.dimension,
                second_encoder=second_encoder.name,
                second_revision=second_encoder.revision,
                second_dimension=second_encoder.dimension,
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


def indexed_texts(corpus: Corpus, *, sentences_with_trail: bool, second_with_trail: bool) -> IndexedTexts:
    """The texts to embed; every sentence counts, headings and list items too."""
    documents = {document.id: document for document in corpus.documents}
    placed = [
        (documents[passage.document_id], passage, sentence)
        for passage in corpus.passages
        for sentence in passage.sentences
    ]
    return IndexedTexts(
        passages=tuple(passage_text(documents[passage.document_id], passage) for passage in corpus.passages),
        sentences=tuple(sentence_text(*place, with_trail=sentences_with_trail) for place in placed),
        second_sentences=tuple(sentence_text(*place, with_trail=second_with_trail) for place in placed),
    )


def _silent(_label: str, _done: int, _total: int) -> None:
    """Progress that nobody watches."""
