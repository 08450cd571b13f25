"""Questions that ask for documents rather than for an answer."""

import pytest

from assistant.document_request import is_document_request


@pytest.mark.parametrize(
    "question",
    [
        "Quels documents pour monter un partenariat ?",
        "Que dois-je lire avant de lancer une expérimentation ?",
        "quel guide pour une PME",
        "Que lire pour débuter comme catalyseur ?",
        "Y a-t-il une fiche pour évaluer un partenariat ?",
        "Pouvez-vous me conseiller des lectures ?",
        "je cherche un guide sur le mécénat de compétences",
        "Quels outils utiliser pour animer une réunion ?",
        "QUELS DOCUMENTS SUR LES TERRITOIRES RURAUX",
        "par quel document commencer ?",
        "Recommande-moi des ressources",
    ],
)
def test_a_question_that_asks_what_to_read_is_recognised(question: str) -> None:
    assert is_document_request(question)


@pytest.mark.parametrize(
    "question",
    [
        "Qui pilote le programme du parcours d'expérience ?",
        "Combien de documents composent le kit ?",
        "Qu'est-ce que l'ingénierie relationnelle ?",
        "Quelles sont les trois formes de co-construction ?",
        "Comment financer l'animation ?",
        "Que pensent les maires ?",
        "",
    ],
)
def test_a_question_that_asks_for_a_fact_is_not(question: str) -> None:
    assert not is_document_request(question)
