"""What was asked before, a follow-up, and the question that stands alone."""

import pytest

from assistant.answer import Turn
from assistant.conversation import own_part, standalone
from index.analysis import stem
from index.lexicon import Lexicon

CLASSES = {
    "acteurs": ("entreprises", "maires", "associations"),
    "moments": ("premiere", "derniere"),
}
LEXICON = Lexicon(kindred={stem(word): name for name, members in CLASSES.items() for word in members})


def asked(*questions: str) -> list[Turn]:
    return [Turn("user", question) for question in questions]


@pytest.mark.parametrize(
    ("before", "question", "expected"),
    [
        ("Que pensent les maires des alliances ?", "et les entreprises ?",
         "Que pensent les entreprises des alliances ?"),
        ("Quel est le rôle des associations ?", "et celui des entreprises ?",
         "Quel est le rôle des entreprises ?"),
        ("Quel est le rôle des associations ?", "ET POUR LES MAIRES", "Quel est le rôle des MAIRES ?"),
        ("Où a lieu la première session ?", "et la dernière ?", "Où a lieu la dernière session ?"),
        ("Combien de territoires en 2017 ?", "et en 2018 ?", "Combien de territoires en 2018 ?"),
        ("Quel est le rôle du CGET ?", "et la FNCE ?", "Quel est le rôle du FNCE ?"),
        ("Quels sont les 3 parcours ?", "le deuxième ?", "Quels sont les 3 parcours, le deuxième ?"),
    ],
)  # fmt: skip
def test_an_ellipsis_takes_the_place_of_its_like(before: str, question: str, expected: str) -> None:
    assert standalone(question, asked(before), LEXICON) == expected


@pytest.mark.parametrize(
    ("before", "question"),
    [
        ("Qui pilote le programme ?", "et quand commence-t-il ?"),
        ("C'est quoi un catalyseur territorial ?", "qui peut le devenir ?"),
        ("C'est quoi un catalyseur territorial ?", "pourquoi ?"),
        ("C'est quoi un catalyseur territorial ?", "quelles sont ses compétences ?"),
        ("Quel est le numéro du RAMEAU ?", "et leur mail ?"),
        ("Quels sont les 3 parcours du kit ?", "parle-moi de ça"),
        ("Quels sont les 3 parcours du kit ?", "?"),
        ("Où a lieu la session ?", "combien y participent ?"),
        ("Quel est le rôle des maires ?", "ces élus que veulent-ils ?"),
        ("Quel conseil suit le parcours ?", "qui le préside côté mairie ?"),
        ("C'est quoi le réseau des élus ?", "comment le rejoindre depuis une petite commune ?"),
        ("Le car scolaire part d'où ?", "et les parents paient combien par trimestre ?"),
    ],
)
def test_what_leans_on_the_question_before_says_what_it_is_about(before: str, question: str) -> None:
    alone = standalone(question, asked(before), LEXICON)

    assert alone == f"{question} (à propos de : {before.rstrip(' ?')})"
    assert own_part(alone) == question


@pytest.mark.parametrize(
    "question",
    [
        "Combien de maires ont répondu à l'étude ?",
        "Est-ce qu'il y a un film dans le kit ?",
        "ok merci, et c'est quoi un tiers lieu ?",
        "Faut-il un budget pour animer ?",
        "Qu'est-ce qu'un catalyseur ?",
        "ça coûte combien un parcours ?",
        "Quels territoires sont engagés ?",
        "et c'est quoi un fonds territorial ?",
    ],
)
def test_a_question_of_its_own_is_left_alone(question: str) -> None:
    assert standalone(question, asked("Où a lieu la première session ?"), LEXICON) == question


@pytest.mark.parametrize(
    "history", [[], asked("merci"), asked("?"), [Turn("assistant", "Le 3 mai, à Paris.")]]
)
def test_nothing_is_added_when_nothing_was_asked(history: list[Turn]) -> None:
    assert standalone("  et quand ? ", history, LEXICON) == "et quand ?"


def test_a_chain_of_follow_ups_keeps_its_subject() -> None:
    alone = standalone(
        "et pourquoi ?", asked("Que pensent les maires des alliances ?", "et les entreprises ?"), LEXICON
    )

    assert alone == "et pourquoi ? (à propos de : Que pensent les entreprises des alliances)"


def test_brackets_do_not_pile_up() -> None:
    alone = standalone("qui y participe ?", asked("Où a lieu la première session ?", "et quand ?"), LEXICON)

    assert alone.count("(à propos de") == 1
    assert "première session" in alone


def test_what_the_assistant_said_is_no_question() -> None:
    history = [Turn("user", "Que pensent les maires ?"), Turn("assistant", "Quelles associations citer ?")]

    assert standalone("et les entreprises ?", history, LEXICON) == "Que pensent les entreprises ?"
