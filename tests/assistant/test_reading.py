"""What is read beside a question, with a reader that says what the test tells it to."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.candidates import find_candidates
from assistant.choice import Choice, choose
from assistant.expectation import Kind
from assistant.reader import Stretch
from assistant.reading import READ, different_blocks, read_first
from index.opened import StoredIndex
from index.search import Ranking

Rank = Callable[..., Ranking]
FIRST = dict.fromkeys(CHOICE_FEATURES, 0.0) | {"heading": 1.0}
QUESTION = "Combien de répondants ?"


class Told:
    """Says 2 of a stretch that holds a word, -1 of another; remembers what it read."""

    def __init__(self, word: str) -> None:
        self.word = word
        self.read: list[Stretch] = []

    def log_odds(self, question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        assert question == QUESTION
        self.read += stretches
        return np.array([2.0 if self.word in one.text else -1.0 for one in stretches], dtype=np.float32)


@pytest.fixture
def choices(tiny_index: StoredIndex, rank: Rank) -> list[Choice]:
    candidates = find_candidates(tiny_index, rank(QUESTION), Kind.NUMBER)
    return choose(candidates, Kind.NUMBER, weights=FIRST)


def test_what_is_said_of_the_first_choice_stands_in_front(
    tiny_index: StoredIndex, choices: list[Choice]
) -> None:
    stated = " ".join(sentence.text for sentence in choices[0].candidate.block.sentences)

    of_first, *of_others = read_first(Told(stated), tiny_index, QUESTION, choices)

    assert of_first == 2.0
    assert set(of_others) == {-1.0}


def test_the_first_different_blocks_are_read_and_no_more(
    tiny_index: StoredIndex, choices: list[Choice]
) -> None:
    reader = Told("zzz")

    said = read_first(reader, tiny_index, QUESTION, choices)

    assert len(said) == len(reader.read) == READ < len(different_blocks(choices, len(choices)))


def test_a_stretch_stands_under_its_nearest_heading(tiny_index: StoredIndex, choices: list[Choice]) -> None:
    reader = Told("dispose")

    read_first(reader, tiny_index, QUESTION, choices)

    passage = choices[0].candidate.passage
    expected = passage.headings[-1] if passage.headings else tiny_index.documents[passage.document_id].title
    assert reader.read[0].heading == expected


def test_without_choices_nothing_is_said(tiny_index: StoredIndex) -> None:
    assert len(read_first(Told(""), tiny_index, QUESTION, [])) == 0
