from itertools import pairwise

import pytest

from index.french import MOST_COMMON, frequency, is_french, rarity


def test_common_words_are_more_frequent_than_rare_ones():
    frequencies = [frequency(word) for word in ("de", "maire", "catalyseur", "coconstruction", "xqzwv")]

    assert all(common > rare for common, rare in pairwise(frequencies))
    assert 7 < frequencies[0] < MOST_COMMON
    assert frequencies[-1] == 0


def test_rarity_goes_from_nearly_0_to_1():
    assert rarity("de") < 0.1 < rarity("maire") < rarity("catalyseur") < rarity("xqzwv") == 1


def test_rarity_is_the_rest_of_the_frequency():
    assert rarity("maire") == pytest.approx(1 - frequency("maire") / MOST_COMMON)


@pytest.mark.parametrize(
    "word", ["salaire", "salarié", "mairie", "difficulté", "catalyseurs", "ingénierie", "impôts"]
)
def test_a_french_word_is_known(word):
    assert is_french(word)


@pytest.mark.parametrize(
    "word", ["asociation", "partenarait", "finacement", "territoir", "dificulté", "pilotte", ""]
)
def test_a_misspelling_is_not_french(word):
    assert not is_french(word)
