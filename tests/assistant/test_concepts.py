"""Concepts found in situations by their words."""

import pytest

from assistant.concepts import find_concepts, read_concepts


def found(text: str) -> set[str]:
    return {mention.concept.id for mention in find_concepts(text)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("Une association cherche une entreprise partenaire", "find_partner"),
        ("comment MESURER l'impact de nos actions ?", "evaluate"),
        ("nos elus ne sont pas convaincus", "convince"),
        ("je voudrais me former en ligne", "train"),
        ("le groupe de travail s'essouffle", "motivation"),
        ("une petite commune de montagne", "rural"),
        ("les salariés veulent donner du temps", "employees"),
        ("faut-il passer un marché public ?", "law"),
    ],
)
def test_a_concept_is_found_whatever_the_form_of_its_words(text: str, concept: str) -> None:
    assert concept in found(text)


def test_the_words_of_an_expression_must_stand_close_together() -> None:
    assert "steer_partnership" in found("accompagner le partenariat")
    assert "find_partner" not in found(
        "trouver le temps de lire tout ce que dit le long rapport du partenaire"
    )


def test_an_exact_word_is_not_found_in_its_relatives() -> None:
    assert "train" not in found("sous quelle forme, et sous d'autres formes encore ?")


def test_a_mention_tells_the_words_that_name_it_in_the_order_of_the_text() -> None:
    mentions = find_concepts("évaluer puis convaincre")

    assert [mention.concept.id for mention in mentions] == ["evaluate", "convince"]
    assert mentions[0].words == {"evaluer"}


def test_a_text_about_nothing_mentions_nothing() -> None:
    assert found("qsdf ghjk lm") == set()
    assert found("") == set()


def test_every_concept_can_be_found_and_named() -> None:
    concepts = read_concepts()

    assert len({concept.id for concept in concepts}) == len(concepts)
    assert all(concept.expressions and concept.say for concept in concepts)
