"""How far an answer goes on, by the kind of answer that is asked."""

from dataclasses import dataclass

from assistant.expectation import Kind


@dataclass(frozen=True, slots=True)
class Extent:
    """How far an answer goes on."""

    blocks: int
    words: int  # one list alone may be longer
    enough: float  # probability from which no further sentence is added
    worth_adding: float  # share of the best one's probability

    @classmethod
    def of(cls, kind: Kind, *, is_value: bool) -> "Extent":
        """What suits a kind of answer; `is_value` when the first sentence holds the value that is asked."""
        return ENUMERATED if kind is Kind.LIST else VALUE if is_value else TOLD


TOLD = Extent(blocks=6, words=130, enough=0.985, worth_adding=0.05)
VALUE = Extent(blocks=3, words=130, enough=0.97, worth_adding=0.08)
ENUMERATED = Extent(blocks=8, words=200, enough=0.99, worth_adding=0.02)
