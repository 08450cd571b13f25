"""What a scanner made of a drawing is no sentence; rare words, names and addresses are."""

import pytest

from assistant.legibility import is_legible


@pytest.mark.parametrize(
    "damaged",
    [
        "organisations pour faciliter les . i EniSREE g | £>e0ciarons : .",
        "P ) ) o ORI .",
        ". ) Entreprises Associations categories”.",
    ],
)
def test_what_is_no_text_is_illegible(damaged: str) -> None:
    assert not is_legible(damaged)


@pytest.mark.parametrize(
    "sentence",
    [
        "La 1ère session est prévue le 3 mai 2018 au CGET à Paris.",
        "1,5 M€ de budget / 8 permanents et 8 contributeurs réguliers",
        "1, Allée Charles V - 94300 VINCENNES Tél. : 01-53-66-99-70 - info@lerameau.fr www.lerameau.fr",
        "https://coconstructionterritoriale.wordpress.com/",
        "En anglais, le mot désignant le hongre, « gelding », provient du vieux norrois geldr.",
        "L’article L. 2121-29 du CGCT s’applique.",
        "FabLab, OpinionWay et SUEZ",
        "c. Choix des 12 territoires pilotes et « bilatérales » de lancement",
        "a) la cantine, b) la crèche et c) le périscolaire",
        "Un seul mot brpz est abîmé ici.",
        "",
    ],
)
def test_what_can_be_read_is_legible(sentence: str) -> None:
    assert is_legible(sentence)
