"""Which words each sentence holds, as they are written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.analysis import carries_subject, words, written_words

_ARRAYS, _VOCABULARY = "occurrences.npz", "vocabulary.json"
_NO_WORD = ""  # stands in every sentence, so that none is without a word


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """Sentence m holds the words `occurrences[starts[m]:starts[m + 1]]` of the vocabulary, lower case."""

    vocabulary: tuple[str, ...]
    occurrences: NDArray[np.int32]
    starts: NDArray[np.int64]  # (m + 1,)

    @classmethod
    def build(cls, sentences: Sequence[str]) -> "SentenceWords":
        """The words of each text, in the texts' order."""
        numbers = {_NO_WORD: 0}
        occurrences: list[int] = []
        starts = [0]
        for sentence in sentences:
            written = written_words(sentence)
            held = dict.fromkeys(written.get(word, word) for word in words(sentence) if carries_subject(word))
            occurrences.append(numbers[_NO_WORD])
            occurrences.extend(numbers.setdefault(word, len(numbers)) for word in held)
            starts.append(len(occurrences))
        return cls(tuple(numbers), np.array(occurrences, dtype=np.int32), np.array(starts, dtype=np.int64))

    def write(self, folder: Path) -> None:
        """Write arrays and JSON."""
        folder.mkdir()
        np.savez(folder / _ARRAYS, occurrences=self.occurrences, starts=self.starts)
        content = json.dumps(self.vocabulary)  # escapes: a PDF may hold half a surrogate pair
        (folder / _VOCABULARY).write_text(content, encoding="ascii")

    @classmethod
    def read(cls, folder: Path) -> "SentenceWords":
        """The words that `write` wrote."""
        vocabulary = json.loads((folder / _VOCABULARY).read_text(encoding="ascii"))
        with np.load(folder / _ARRAYS, allow_pickle=False) as arrays:
            return cls(tuple(vocabulary), arrays["occurrences"], arrays["starts"])
