"""Questions as hands in a hurry write them, for training."""

from random import Random

from index.analysis import fold

LOWER_CASE, WITHOUT_ACCENTS = 0.3, 0.12  # shares of the questions written so at each turn


def as_written_in_haste(question: str, drawn: Random) -> str:
    """The question, now and then without capitals or accents."""
    if drawn.random() < LOWER_CASE:
        question = question.lower()
    return fold(question) if drawn.random() < WITHOUT_ACCENTS else question
