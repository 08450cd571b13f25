"""Set expressions, in whatever form, are read as what they mean."""

import pytest

from index.analysis import fold, stem
from index.idioms import Idioms


def key(words: str) -> tuple[str, ...]:
    return tuple(stem(fold(word)) for word in words.split())


MEANINGS = {
    key("main poche"): "financer",
    key("main pâte"): "participer",
    key("mode emploi"): "guide",
    key("tour table"): "financement",
    key("boucler tour table"): "financeurs",
}


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("Qui met la main à la poche ?", "Qui met la financer ?"),
        ("ils mettent la MAIN A LA POCHE ensemble", "ils mettent la financer ensemble"),
        ("Main à la pâte ou main à la poche ?", "participer ou financer ?"),
        ("Comment boucler notre tour de table ?", "Comment financeurs ?"),
        ("Le tour de la table", "Le financement"),
        ("La main qui ne va pas dans la poche", "La main qui ne va pas dans la poche"),
        ("La poche à la main", "La poche à la main"),
        ("Rien de tel", "Rien de tel"),
        ("", ""),
    ],
)
def test_an_expression_is_replaced_from_its_first_word_to_its_last(said: str, plain: str) -> None:
    assert Idioms(MEANINGS).in_plain_words(said) == plain


def test_what_the_documents_say_themselves_is_left_alone() -> None:
    idioms = Idioms(MEANINGS, documents=["Le mode d’emploi du kit.", "Un tour de table a lieu."])
    assert idioms.in_plain_words("le mode d’emploi, main à la poche") == "le mode d’emploi, financer"
    assert idioms.in_plain_words("un tour de table") == "un tour de table"
    assert idioms.in_plain_words("boucler le tour de table") == "financeurs"


def test_without_expressions_a_text_is_itself() -> None:
    assert Idioms({}).in_plain_words("Qui met la main à la poche ?") == "Qui met la main à la poche ?"
