"""The kind of a follow-up is its own; that of what it leans on counts where it has none."""

import pytest

from assistant.expectation import Kind
from assistant.kinds import asked_kind


@pytest.mark.parametrize(
    ("standalone_question", "kind"),
    [
        ("et quand ? (à propos de : Combien de territoires)", Kind.DATE),
        ("et combien ? (à propos de : Quand a lieu la session)", Kind.NUMBER),
        ("et pour eux ? (à propos de : Combien de territoires)", Kind.NUMBER),
        ("et pour eux ? (à propos de : les territoires)", Kind.OTHER),
        ("Combien de territoires ?", Kind.NUMBER),
    ],
)
def test_its_own_words_decide_before_those_it_leans_on(standalone_question: str, kind: Kind) -> None:
    assert asked_kind(standalone_question) is kind
