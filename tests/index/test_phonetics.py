import pytest

from index.phonetics import sound


@pytest.mark.parametrize(
    ("heard", "written"),
    [
        ("enkete", "enquête"),
        ("pionnié", "pionniers"),
        ("konbien", "combien"),
        ("fransai", "français"),
        ("telefone", "téléphone"),
        ("gratui", "gratuit"),
        ("teritoire", "territoires"),
        ("assossiation", "association"),
        ("antreprise", "entreprise"),
        ("budjet", "budget"),
        ("suje", "sujet"),
        ("aktion", "actions"),
    ],
)
def test_a_word_written_by_ear_sounds_as_it_is_written(heard, written):
    assert sound(heard) == sound(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("maire", "maison"),
        ("commune", "comment"),
        ("méthode", "métier"),
        ("guide", "guerre"),
        ("projet", "objet"),
    ],
)
def test_words_that_sound_otherwise_have_another_key(one, other):
    assert sound(one) != sound(other)
