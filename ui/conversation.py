"""What was asked and answered so far."""

from collections.abc import Sequence
from dataclasses import dataclass

from ui.responses import Reply

HISTORY_EXCHANGES = 10  # the API takes twenty messages
HISTORY_CHARACTERS = 2_000  # of each answer: enough to know what « il » or « ce programme » stands for


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question and its answer."""

    question: str
    reply: Reply


def history(exchanges: Sequence[Exchange]) -> tuple[tuple[str, str], ...]:
    """The latest (question, answer) pairs, oldest first, as the API wants them."""
    return tuple(
        (exchange.question, exchange.reply.text[:HISTORY_CHARACTERS])
        for exchange in exchanges[-HISTORY_EXCHANGES:]
    )
