"""An opened index, its texts indexed again in a barer way: what the ablation compares the usual one with."""

from dataclasses import replace

from index.analysis import tokenize
from index.build import indexed_texts
from index.centring import centre_of, centred, question_centre
from index.embedding_cache import EmbeddingCache
from index.embeddings import Embedder
from index.opened import StoredIndex
from index.sentence_words import SentenceWords
from index.texts import passage_text
from index.vectors import VectorStore
from index.words import WordIndex
from ingestion.document import Corpus


def without_trail(index: StoredIndex, embedder: Embedder, cache: EmbeddingCache) -> StoredIndex:
    """The same passages, found by their own text alone; what is read once they are found keeps its headings.

    The cache holds the vectors of these texts and of no others.
    """
    bare = tuple(replace(passage, headings=()) for passage in index.passages)
    texts = indexed_texts(Corpus((), (), bare), sentences_with_trail=False)
    passages = cache.embed_passages(embedder, texts.passages)
    sentences = cache.embed_passages(embedder, texts.sentences)
    cache.forget_unused()
    return replace(
        index,
        words=WordIndex.build([tokenize(text) for text in texts.passages]),
        passage_vectors=VectorStore.build(centred(passages, centre_of(passages))),
        sentence_vectors=VectorStore.build(centred(sentences, centre_of(sentences))),
        question_centre=question_centre(embedder, texts.sentences),
    )


def indexed_as_written(index: StoredIndex) -> StoredIndex:
    """The words alone indexed again, with the analysis that holds now: see `words_as_written`."""
    sentences = [sentence.text for passage in index.passages for sentence in passage.sentences]
    return replace(
        index,
        words=WordIndex.build([tokenize(passage_text(passage)) for passage in index.passages]),
        sentence_words=SentenceWords.build(sentences),
    )
