"""A word → the pieces that a model knows: the segmentation of XLM-RoBERTa (SentencePiece, unigram)."""

import math
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

START, PADDING, END, UNKNOWN = 0, 1, 2, 3  # the first pieces of every model: marks, no text
_SPACE = "▁"  # stands for the white space before a word
_UNKNOWN_COSTS = 10.0  # less than the rarest piece, for a letter that no piece holds


class Pieces:
    """The likeliest segmentation under a unigram language model (Kudo 2018); safe between threads."""

    def __init__(self, scored: Iterable[tuple[str, float]]) -> None:
        """`scored`: each piece with its log-probability, in the order of their numbers; the marks come
        first."""
        numbered = enumerate(scored)
        self._pieces = {piece: (number, score) for number, (piece, score) in numbered if number > UNKNOWN}
        self._longest = max(map(len, self._pieces), default=0)
        self._unknown_score = min((score for _, score in self._pieces.values()), default=0.0) - _UNKNOWN_COSTS
        self.of = lru_cache(maxsize=20_000)(self._of)

    def _of(self, word: str) -> tuple[int, ...]:
        """The numbers of a white-space word's pieces, in order (Viterbi)."""
        text = _SPACE + unicodedata.normalize("NFKC", word)
        best = [0.0, *[-math.inf] * len(text)]
        last = [(0, 0)] * len(best)  # of the piece that ends at each place: its start and its number
        for start in range(len(text)):
            for end in range(start + 1, min(len(text), start + self._longest) + 1):
                number, score = self._pieces.get(text[start:end], (UNKNOWN, -math.inf))
                if score == -math.inf and end == start + 1:
                    score = self._unknown_score
                if best[start] + score > best[end]:
                    best[end], last[end] = best[start] + score, (start, number)
        numbers, end = [], len(text)
        while end:
            end, number = last[end]
            numbers.append(number)
        return tuple(reversed(numbers))
