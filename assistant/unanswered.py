"""What is refused whatever the documents hold."""

from assistant.addressed import speaks_to_the_assistant
from assistant.personal import asks_for_personal_data
from index.query import Query

GIBBERISH_FROM = 0.7  # share of words that nobody writes


def must_not_answer(question: str, query: Query) -> bool:
    """Whether a question has no sense, gives the assistant orders, or wants somebody's personal data."""
    return (
        not query.terms
        or query.strange_words >= GIBBERISH_FROM
        or speaks_to_the_assistant(question)
        or asks_for_personal_data(question)
    )
