"""An opened index, its texts indexed again in a barer way: what the ablation compares the usual one with."""

from dataclasses import replace

from index.analysis import tokenize
from index.centring import centre_of, centred
from index.embedding_cache import EmbeddingCache
from index.embeddings import Embedder
from index.opened import StoredIndex
from index.sentence_words import SentenceWords
from index.texts import passage_text
from index.vectors import VectorStore
from index.words import WordIndex


def without_trail(index: StoredIndex, embedder: Embedder, cache: EmbeddingCache) -> StoredIndex:
    """The same passages, found by their own text alone; what is read once they are found keeps its headings.

    The cache holds the vectors of these texts and of no others.
    """
    texts = [passage.text for passage in index.passages]
    vectors = cache.embed_passages(embedder, texts)
    cache.forget_unused()
    return replace(
        index,
        words=WordIndex.build([tokenize(text) for text in texts]),
        passage_vectors=VectorStore.build(centred(vectors, centre_of(vectors))),
    )


def indexed_as_written(index: StoredIndex) -> StoredIndex:
    """The words alone indexed again, with the analysis that holds now: see `words_as_written`."""
    sentences = [sentence.text for passage in index.passages for sentence in passage.sentences]
    return replace(
        index,
        words=WordIndex.build([tokenize(passage_text(passage)) for passage in index.passages]),
        sentence_words=SentenceWords.build(sentences),
    )
