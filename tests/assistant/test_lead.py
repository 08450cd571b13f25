"""The value that answers, taken out of a long sentence; a short one needs none."""

import pytest

from assistant.expectation import Kind
from assistant.lead import find_lead
from index.analysis import carries_subject, stem, words
from index.query import Query, Term

SESSIONS = (
    "Le parcours d’expérience réunit 12 territoires pilotes pendant 9 mois et s’ouvre le 3 mai 2018 à Paris."
)
MONEY = "L’association, créée par des pionniers, dispose d’un budget de 1,5 M€ pour toutes ses actions."
CONTACT = "Pour toute question sur le kit et ses outils, écrivez à info@exemple.fr et nous répondrons."


def asking(question: str) -> Query:
    stems = (stem(word) for word in words(question) if carries_subject(word))
    return Query(question, tuple(Term(one, one, 1.0, 0.5, True, frozenset()) for one in stems))


@pytest.mark.parametrize(
    ("sentence", "kind", "question", "lead"),
    [
        (SESSIONS, Kind.NUMBER, "Combien de territoires pilotes ?", "12 territoires"),
        (SESSIONS, Kind.DATE, "Quand s'ouvre le parcours ?", "3 mai 2018"),
        (MONEY, Kind.NUMBER, "Quel budget ?", "1,5 M€"),
        (MONEY.replace("1,5 M€", "1 500 000 €"), Kind.NUMBER, "Quel budget ?", "1 500 000 €"),
        (MONEY.replace("1,5 M€", "2 millions d’euros"), Kind.NUMBER, "Quel budget ?", "2 millions d’euros"),
        (MONEY.replace("1,5 M€", "12,5 %"), Kind.NUMBER, "Quel budget ?", "12,5 %"),
        (CONTACT, Kind.CONTACT, "Leur mail ?", "info@exemple.fr"),
    ],
)
def test_the_value_asked_for_leads_with_its_unit(sentence: str, kind: Kind, question: str, lead: str) -> None:
    found = find_lead(sentence, kind, asking(question))

    assert found == lead
    assert found in sentence


@pytest.mark.parametrize(
    ("sentence", "kind", "question"),
    [
        ("12 territoires pilotes.", Kind.NUMBER, "Combien de territoires ?"),
        (SESSIONS, Kind.LIST, "Quels territoires ?"),
        (SESSIONS, Kind.NUMBER, "Combien de girafes ?"),
        (SESSIONS, Kind.CONTACT, "Leur mail ?"),
        (MONEY.replace("1,5 M€", "quelques euros"), Kind.NUMBER, "Quel budget ?"),
    ],
    ids=["short enough", "no value is asked for", "none is nearer", "no such value", "no figure"],
)
def test_nothing_leads_unless_one_value_is_clearly_it(sentence: str, kind: Kind, question: str) -> None:
    assert find_lead(sentence, kind, asking(question)) is None


def test_a_number_that_the_question_gives_is_not_its_answer() -> None:
    found = find_lead(SESSIONS, Kind.NUMBER, asking("Pour les 12 territoires, combien de temps ?"))

    assert found is None or "12" not in found
