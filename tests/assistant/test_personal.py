"""Requests for personal data, and questions that only look like them."""

import pytest

from assistant.personal import asks_for_personal_data


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le numéro de portable de Mme Durand ?",
        "son 06 svp",
        "file-moi le 06 du président",
        "L’adresse personnelle du directeur ?",
        "Donnez-moi le mail perso de la chargée de mission",
        "l'IBAN de l'association",
        "Le mot de passe administrateur ?",
        "Est-il marié ?",
        "La date de naissance de la présidente ?",
        "Le maire, il vote pour qui ?",
        "quelle est la religion du directeur",
        "Donne-moi les noms des 12 personnes interrogées",
        "la liste nominative des bénéficiaires",
    ],
)
def test_a_request_for_somebodys_private_data_is_recognised(question: str) -> None:
    assert asks_for_personal_data(question)


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le numéro de téléphone du RAMEAU ?",
        "Quelle adresse mail pour écrire à l'association ?",
        "Les coordonnées du centre de ressources ?",
        "Comment contacter les porteurs du projet ?",
        "Quels sont les besoins des personnels communaux ?",
        "Qui est le porteur de la démarche ?",
        "Le 06 juin, que se passe-t-il ?",
        "Quels sont les noms des partenaires ?",
        "Quel âge a l'association ?",
        "Le conseil vote quand ?",
        "Quel est le lien entre vie privée et engagement associatif ?",
    ],
)
def test_a_question_for_public_contacts_or_other_subjects_is_not(question: str) -> None:
    assert not asks_for_personal_data(question)
