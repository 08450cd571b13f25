"""The kind of answer that a stand-alone question asks for: its own part decides, then what it leans on."""

from assistant.conversation import own_part
from assistant.expectation import Kind, kind_of


def asked_kind(standalone_question: str) -> Kind:
    """The kind of the question's own words, or of the whole where they say nothing of it."""
    own = kind_of(own_part(standalone_question))
    return kind_of(standalone_question) if own is Kind.OTHER else own
