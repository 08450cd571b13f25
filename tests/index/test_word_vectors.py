import numpy as np
import pytest

from index.word_vectors import NEAR_FROM, WordVectors, kinship, murmur_hash


@pytest.fixture(scope="module")
def vectors():
    return WordVectors.read()


def cosine(vectors, one, other):
    rows = vectors.of([one, other])
    return float(rows[0] @ rows[1])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        # MurmurHash64A with seed 1, as spaCy's StringStore gives it: `nlp.vocab.strings["maire"]`
        (b"maire", 9664642047897810236),
        (b"co-construction", 15882808118512162903),
        ("élu".encode(), 1060585105783983312),
        (b"", 14313749767032693980),
    ],
)
def test_a_words_key_is_spacys(data, expected):
    assert murmur_hash(data) == expected


@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("financer", "financement", "banane"),
        ("salaire", "budget", "forêt"),
        ("fondé", "créé", "mangé"),
        ("gens", "personnes", "machines"),
    ],
)
def test_a_word_is_nearer_to_its_kin_than_to_a_stranger(vectors, word, near, far):
    assert cosine(vectors, word, near) > cosine(vectors, word, far) + 0.2


def test_rows_are_unit_vectors_and_a_word_without_a_vector_is_zero(vectors):
    rows = vectors.of(["maire", "xqzzvw"])

    assert rows.shape == (2, vectors.dimension)
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), [1, 0], atol=1e-6)


def test_no_word_gives_no_row(vectors):
    assert vectors.of([]).shape == (0, vectors.dimension)


def test_kinship_grows_from_strangers_to_the_same_word():
    cosines = np.array([-1.0, 0.0, NEAR_FROM, (1 + NEAR_FROM) / 2, 1.0], dtype=np.float32)

    np.testing.assert_allclose(kinship(cosines), [0, 0, 0, 0.5, 1], atol=1e-6)
