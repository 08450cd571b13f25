"""A question beside a stretch of text → the log-odds that the text states what is asked.

A cross-encoder (Nogueira & Cho 2019) of six layers that began as those of multilingual-e5-small; each piece
also says whether the other side holds its word (exact match: Chen et al. 2017, « Reading Wikipedia »).
Trained by `cokit fit-reader`; 8-bit weights, run by ONNX Runtime on the processor.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.conversation import own_part
from index.analysis import term_set
from index.onnx_models import open_model, read_pieces
from index.pieces import END, PADDING, START, Pieces

MOST_QUESTION, MOST_HEADING, MOST_TEXT = 32, 12, 46  # pieces; of a question its end is read
_NAME = "reader"


class Segment(IntEnum):
    """Which side a piece stands on; the next number is that of a piece whose word the other side holds."""

    QUESTION = 0
    HEADING = 2
    TEXT = 4
    BEFORE = 6  # what a follow-up question leans on


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is read beside a question: a text and the heading above it."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a stretch, as the model reads them: two rows of the same length."""

    pieces: list[int]
    segments: list[int]


Word = tuple[tuple[int, ...], frozenset[str]]  # its pieces, its terms


class Pairing:
    """Writes questions and stretches in pieces."""

    def __init__(self, pieces: Pieces) -> None:
        self._pieces = pieces
        self.words = lru_cache(maxsize=5_000)(self._words)

    def _words(self, text: str) -> tuple[Word, ...]:
        return tuple((self._pieces.of(word), term_set(word)) for word in text.split())

    def pair(self, question: str, stretch: Stretch) -> Pair:
        """What is too long is cut: the start of a question, the end of what it leans on and of a text."""
        own = own_part(question)
        asked, before = list(self.words(own)), self.words(question.removeprefix(own))
        while sum(len(pieces) for pieces, _ in asked) > MOST_QUESTION:
            asked.pop(0)
        heading, text = self.words(stretch.heading), self.words(stretch.text)
        of_question, of_stretch = _terms((*asked, *before)), _terms((*heading, *text))
        marked = _marked(asked, of_stretch, Segment.QUESTION) + _marked(before, of_stretch, Segment.BEFORE)
        rows = [
            (START, Segment.QUESTION),
            *marked[:MOST_QUESTION],
            (END, Segment.HEADING),
            *_marked(heading, of_question, Segment.HEADING)[:MOST_HEADING],
            (END, Segment.TEXT),
            *_marked(text, of_question, Segment.TEXT)[:MOST_TEXT],
            (END, Segment.TEXT),
        ]
        return Pair([piece for piece, _ in rows], [segment for _, segment in rows])


def _terms(words: Sequence[Word]) -> frozenset[str]:
    return frozenset().union(*(terms for _, terms in words))


def _marked(words: Sequence[Word], others: Set[str], segment: Segment) -> list[tuple[int, int]]:
    """The pieces of the words with their segments."""
    return [(piece, segment + bool(terms & others)) for pieces, terms in words for piece in pieces]


class Reader:
    """The trained model; safe to call from several threads."""

    def __init__(self, *, threads: int = 0) -> None:
        """`threads` of 0 means one per physical core; they sleep while they wait."""
        self._session = open_model("assistant", _NAME, threads=threads)
        self._pairing = Pairing(read_pieces("assistant", _NAME))

    def log_odds(self, question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        """(n,) of n stretches; higher where the text states what is asked."""
        if not stretches:
            return np.empty(0, dtype=np.float32)
        pairs = [self._pairing.pair(question, stretch) for stretch in stretches]
        shape = len(pairs), max(len(pair.pieces) for pair in pairs)
        pieces, segments = np.full(shape, PADDING, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        for row, pair in enumerate(pairs):
            pieces[row, : len(pair.pieces)] = pair.pieces
            segments[row, : len(pair.segments)] = pair.segments
        [scores] = self._session.run(None, {"pieces": pieces, "segments": segments})
        return np.asarray(scores, dtype=np.float32)
