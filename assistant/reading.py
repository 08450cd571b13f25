"""The likeliest stretches are read beside the question: what the reader says of each moves its choices up or
down, and counts for a refusal."""

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Read:
    """The choices, most probable first once read; `said` (at most READ,) what the reader says of the blocks
    that it read, in their order."""

    choices: list[Choice]
    said: NDArray[np.float32]


def read_first(
    reader: Reading, index: StoredIndex, question: str, choices: Sequence[Choice], *, weight: float
) -> Read:
    """The first different blocks are read; a unit of log-odds adds `weight` to the scores of their choices.

    What is not read counts as the block of which least is said: it cannot overtake one.
    """
    blocks = different_blocks(choices, READ)
    said = reader.log_odds(question, [stretch_of(index, block) for block in blocks])
    of_block = {_key(block): float(log_odds) for block, log_odds in zip(blocks, said, strict=True)}
    least = min(of_block.values(), default=0.0)
    scores = np.array(
        [one.score + weight * of_block.get(_key(one.candidate.block), least) for one in choices]
    )
    probabilities = np.exp(scores - scores.max(initial=-np.inf))
    probabilities /= probabilities.sum()
    order = np.argsort(-scores, kind="stable")
    ordered = [
        Choice(choices[place].candidate, float(scores[place]), float(probabilities[place])) for place in order
    ]
    keys = dict.fromkeys(_key(one.candidate.block) for one in ordered)
    return Read(ordered, np.array([of_block[key] for key in keys if key in of_block], dtype=np.float32))


def first_of_blocks(choices: Sequence[Choice], most: int) -> list[Choice]:
    """The first choice of each of the first different blocks, in order."""
    first: dict[tuple[str, int, int], Choice] = {}
    for choice in choices:
        if len(first) == most:
            break
        first.setdefault(_key(choice.candidate.block), choice)
    return list(first.values())


def different_blocks(choices: Sequence[Choice], most: int) -> list[Block]:
    """The blocks of the first choices, each once, in order."""
    return [choice.candidate.block for choice in first_of_blocks(choices, most)]


def stretch_of(index: StoredIndex, block: Block) -> Stretch:
    """A block as it is read: its text under the nearest heading, or the document's title."""
    passage = block.passage
    heading = passage.headings[-1] if passage.headings else index.documents[passage.document_id].title
    return Stretch(heading, " ".join(sentence.text for sentence in block.sentences))


def _key(block: Block) -> tuple[str, int, int]:
    return block.passage.id, block.start, block.end
