"""What is read beside a question, with a reader that says what the test tells it to."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.chooser import Chooser
from assistant.expectation import Kind
from assistant.reader import Stretch
from assistant.reading import READ, different_blocks, with_log_odds
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


def test_each_choice_carries_what_the_reader_says_of_its_block(tiny_index: StoredIndex, rank: Rank) -> None:
    [first, *_] = Chooser(Told("zzz"), FIRST).choose(tiny_index, rank(QUESTION), Kind.NUMBER)
    stated = " ".join(sentence.text for sentence in first.candidate.block.sentences)

    choices = Chooser(Told(stated), FIRST).choose(tiny_index, rank(QUESTION), Kind.NUMBER)

    said = {(one.candidate.passage.id, one.candidate.block.start): one.log_odds for one in choices}
    [of_first, *of_others] = said.values()
    assert of_first == 2.0
    assert set(of_others) == {-1.0}


def test_only_the_first_blocks_are_read_and_the_others_count_as_the_worst(
    tiny_index: StoredIndex, rank: Rank
) -> None:
    reader = Told("zzz")
    choices = Chooser(reader, FIRST).choose(tiny_index, rank(QUESTION), Kind.NUMBER)

    assert len(reader.read) == READ < len(different_blocks(choices, len(choices)))
    assert all(choice.log_odds == -1.0 for choice in choices)


def test_a_stretch_stands_under_its_nearest_heading(tiny_index: StoredIndex, rank: Rank) -> None:
    reader = Told("dispose")
    choices = Chooser(reader, FIRST).choose(tiny_index, rank(QUESTION), Kind.NUMBER)

    passage = choices[0].candidate.passage
    expected = passage.headings[-1] if passage.headings else tiny_index.documents[passage.document_id].title
    assert reader.read[0].heading == expected


def test_nothing_to_choose_stays_nothing(tiny_index: StoredIndex) -> None:
    assert with_log_odds(Told(""), tiny_index, QUESTION, []) == []
