"""The likeliest stretches are read beside the question: what the reader says of each counts for a refusal."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.blocks import Block
from assistant.choice import Choice
from assistant.reader import Stretch
from index.opened import StoredIndex

READ = 3  # stretches; each costs about 4 ms


class Reading(Protocol):
    """What is asked of a reader."""

    def log_odds(self, question: str, stretches: Sequence[Stretch]) -> NDArray[np.float32]:
        """(n,) of n stretches."""


def with_log_odds(
    reader: Reading, index: StoredIndex, question: str, choices: Sequence[Choice]
) -> list[Choice]:
    """The choices in the same order with what the reader says of their blocks.

    It reads the first READ different blocks; of the others it is taken to think what it thinks of the worst.
    """
    blocks = different_blocks(choices, READ)
    said = reader.log_odds(question, [stretch_of(index, block) for block in blocks])
    log_odds = {_key(block): value for block, value in zip(blocks, said.tolist(), strict=True)}
    worst = min(log_odds.values(), default=0.0)
    return [replace(choice, log_odds=log_odds.get(_key(choice.candidate.block), worst)) for choice in choices]


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
