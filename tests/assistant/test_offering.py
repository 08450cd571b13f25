"""Whether a sentence offers what people ask for."""

import pytest

from assistant.expectation import Kind
from assistant.offering import Offering, says_by_whom


@pytest.mark.parametrize(
    ("kind", "question", "offering", "lacking"),
    [
        (Kind.NUMBER, "Combien de maires ?", "69 % des maires.", "Des maires s’engagent."),
        (Kind.NUMBER, "Combien de maires ?", "La moitié des maires.", "Quelques maires."),
        (Kind.NUMBER, "Combien de pilotes parmi les 12 ?", "11 accords.", "12 pilotes."),
        (Kind.DATE, "Quand a lieu la session ?", "Le 3 mai 2018.", "Au printemps."),
        (Kind.DATE, "Quand, en 2018 ?", "En mars 2018.", "En 2018."),
        (Kind.DATE, "À quelle heure ?", "Le 3 mai à 14 h.", "Le 3 mai 2018."),
        (Kind.DATE, "Quel jour ?", "Le 3 mai.", "En mai 2018."),
        (Kind.DATE, "En quel mois ?", "En mai 2018.", "En 2018."),
        (Kind.AGENT, "Qui pilote ?", "Il est piloté par la FNCE.", "Il est piloté par des élus."),
        (Kind.AGENT, "Avec qui travaille le RAMEAU ?", "Le RAMEAU et le CGET.", "Le RAMEAU travaille."),
        (Kind.PLACE, "Où ?", "La session a lieu à Paris.", "La session a lieu demain."),
        (Kind.CONTACT, "Quel téléphone ?", "Tél. : 01-53-66-99-70", "info@lerameau.fr"),
        (Kind.CONTACT, "Un mail ?", "info@lerameau.fr", "Tél. : 01-53-66-99-70"),
        (Kind.CONTACT, "Quel site ?", "www.lerameau.fr", "info@lerameau.fr"),
        (Kind.CONTACT, "L'adresse ?", "94300 VINCENNES", "L’équipe est à Vincennes."),
        (Kind.CONTACT, "Comment les joindre ?", "www.lerameau.fr", "Ils sont à Vincennes."),
        (
            Kind.DEFINITION,
            "C'est quoi un catalyseur ?",
            "Le catalyseur territorial est un tiers de confiance.",
            "Un maire est un élu qui connaît le catalyseur.",
        ),
        (Kind.LIST, "Lesquels ?", "Associations, entreprises, élus.", "Associations et entreprises."),
        (Kind.EXAMPLE, "Un exemple ?", "Par exemple, le Labo d’Alsace.", "Le Labo d’Alsace."),
        (Kind.REASON, "Pourquoi ?", "Afin de réduire les fragilités.", "Les fragilités augmentent."),
    ],
)
def test_a_sentence_offers_what_the_question_does_not_already_say(
    kind: Kind, question: str, offering: str, lacking: str
) -> None:
    assert Offering(kind, question).stands_in(offering)
    assert not Offering(kind, question).stands_in(lacking)


@pytest.mark.parametrize("kind", [Kind.MANNER, Kind.OTHER])
def test_no_sentence_offers_what_cannot_be_recognised(kind: Kind) -> None:
    assert not Offering(kind, "Comment ?").stands_in(
        "Le 3 mai 2018 à Paris, par exemple, afin de décider à 12."
    )


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("Le programme est piloté par un comité.", True),
        ("Le programme a été piloté en 2018 par un comité.", True),
        ("Un comité pilote le programme pour avancer par étapes.", False),
        ("Le programme est suivi par un comité.", False),
    ],
)
def test_the_passive_of_what_is_asked_says_by_whom(sentence: str, said: bool) -> None:
    assert says_by_whom(sentence, "pilot") is said


@pytest.mark.parametrize(
    ("sentence", "question", "offered"),
    [
        ("Le budget est de 1,5 M€.", "Quel est le budget ?", True),
        ("Le dialogue a commencé en 2011.", "Quel budget pour ce dialogue ?", False),
        ("69 % des Français.", "Quel pourcentage de Français ?", True),
        ("12 territoires pilotes.", "Quelle proportion des territoires ?", False),
        ("Un cheminement de 9 mois.", "Combien de temps dure le parcours ?", True),
        ("Un parcours pour 12 territoires.", "Combien de temps dure le parcours ?", False),
        ("52 répondants.", "Combien de répondants ?", True),
    ],
)
def test_a_sum_a_share_or_a_duration_needs_its_unit(sentence: str, question: str, offered: bool) -> None:
    assert Offering(Kind.NUMBER, question).stands_in(sentence) is offered
