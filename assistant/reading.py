"""The likeliest stretches are read beside the question: what the reader says of each counts for a refusal."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.blocks import Block
from assistant.choice import Choice
from assistant.reader import Stretch
from index.opened import StoredIndex

READ = 4  # stretches; each costs about 4 ms


class Reading(Protocol):
    """What is asked of a reader."""

    def log_odds(self, question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        """(n,) of n stretches."""


def read_first(
    reader: Reading, index: StoredIndex, question: str, choices: Sequence[Choice]
) -> NDArray[np.float32]:
    """(at most READ,) what the reader says of the first different blocks; the first is the first choice's."""
    return reader.log_odds(question, [stretch_of(index, block) for block in different_blocks(choices, READ)])


def different_blocks(choices: Sequence[Choice], most: int) -> list[Block]:
    """The blocks of the first choices, each once, in order."""
    blocks: dict[tuple[str, int, int], Block] = {}
    for choice in choices:
        if len(blocks) == most:
            break
        blocks.setdefault(_key(choice.candidate.block), choice.candidate.block)
    return list(blocks.values())


def stretch_of(index: StoredIndex, block: Block) -> Stretch:
    """A block as it is read: its text under the nearest heading, or the document's title."""
    passage = block.passage
    heading = passage.headings[-1] if passage.headings else index.documents[passage.document_id].title
    return Stretch(heading, " ".join(sentence.text for sentence in block.sentences))


def _key(block: Block) -> tuple[str, int, int]:
    return block.passage.id, block.start, block.end
