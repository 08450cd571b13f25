"""What is read beside a question, with a reader that says what the test tells it to."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from assistant.blocks import Block
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


def test_what_the_reader_says_moves_the_choices(tiny_index: StoredIndex, choices: list[Choice]) -> None:
    blocks = different_blocks(choices, READ)
    stated = " ".join(sentence.text for sentence in blocks[-1].sentences)

    read = read_first(Told(stated), tiny_index, QUESTION, choices, weight=5.0)

    assert read.choices[0].candidate.block == blocks[-1]
    assert read.choices[0].score == pytest.approx(choices_of(blocks[-1], choices)[0].score + 10)
    assert [one.score for one in read.choices] == sorted((one.score for one in read.choices), reverse=True)
    assert sum(one.probability for one in read.choices) == pytest.approx(1.0)
    assert read.said.tolist() == [2.0, -1.0, -1.0, -1.0]
    assert len(read.choices) == len(choices)


def test_what_is_not_read_cannot_overtake_what_is(tiny_index: StoredIndex, choices: list[Choice]) -> None:
    blocks = different_blocks(choices, len(choices))

    read = read_first(Told("zzz"), tiny_index, QUESTION, choices, weight=5.0)

    assert different_blocks(read.choices, len(choices)) == blocks  # nothing is said for any: nothing moves
    assert read.said.tolist() == [-1.0] * READ


def test_without_weight_the_order_stays(tiny_index: StoredIndex, choices: list[Choice]) -> None:
    last = " ".join(sentence.text for sentence in different_blocks(choices, READ)[-1].sentences)

    read = read_first(Told(last), tiny_index, QUESTION, choices, weight=0.0)

    assert [one.candidate for one in read.choices] == [one.candidate for one in choices]
    assert read.said.tolist() == [-1.0, -1.0, -1.0, 2.0]


def test_the_first_different_blocks_are_read_and_no_more(
    tiny_index: StoredIndex, choices: list[Choice]
) -> None:
    reader = Told("zzz")

    said = read_first(reader, tiny_index, QUESTION, choices, weight=1.0).said

    assert len(said) == len(reader.read) == READ < len(different_blocks(choices, len(choices)))


def test_a_stretch_stands_under_its_nearest_heading(tiny_index: StoredIndex, choices: list[Choice]) -> None:
    reader = Told("dispose")

    read_first(reader, tiny_index, QUESTION, choices, weight=1.0)

    passage = choices[0].candidate.passage
    expected = passage.headings[-1] if passage.headings else tiny_index.documents[passage.document_id].title
    assert reader.read[0].heading == expected


def choices_of(block: Block, choices: Sequence[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.candidate.block == block]
