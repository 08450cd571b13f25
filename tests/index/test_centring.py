import numpy as np
import pytest

from index.centring import QUESTION_FORMS, SAMPLED_SENTENCES, centre_of, centred, question_centre


def rows(*values):
    return np.array(values, dtype=np.float32)


@pytest.fixture
def crowded():
    """Unit rows in a narrow cone, as an embedding model's."""
    moved = np.random.default_rng(4).standard_normal((40, 16)) * 0.2 + 1
    return (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)


def test_values_by_hand():
    found = centred(rows([1, 0], [0, 1], [4, 5]), rows(1, 1))

    np.testing.assert_allclose(found, [[0, -1], [-1, 0], [0.6, 0.8]], atol=1e-6)
    assert found.dtype == np.float32


def test_the_centre_is_the_mean():
    np.testing.assert_array_equal(centre_of(rows([1, 0], [0, 1], [2, 2])), rows(1, 1))


def test_centred_rows_are_unit_and_spread_around_nothing(crowded):
    spread = centred(crowded, centre_of(crowded))

    np.testing.assert_allclose(np.linalg.norm(spread, axis=1), 1, atol=1e-5)
    assert np.linalg.norm(centre_of(crowded)) > 0.95
    assert np.linalg.norm(centre_of(spread)) < 0.1


def test_a_single_row_keeps_its_vector(crowded):
    alone = crowded[:1]

    np.testing.assert_allclose(centred(alone, centre_of(alone)), alone, atol=1e-6)


def test_a_row_that_is_the_centre_is_zero_and_not_a_number_less():
    assert centred(rows([1, 2], [3, 2]), rows(1, 2)).tolist() == [[0, 0], [1, 0]]


def test_no_row_has_a_centre_and_stays_none():
    empty = np.empty((0, 3), dtype=np.float32)

    assert centre_of(empty).tolist() == [0, 0, 0]
    assert centred(empty, centre_of(empty)).shape == (0, 3)


def test_the_centre_of_questions_is_half_forms_half_sentences_read_as_questions(embedder):
    sentences = ["Le maire anime.", "12 territoires", "Une alliance"]

    centre = question_centre(embedder, sentences)

    forms = embedder.embed_for_question_centre(QUESTION_FORMS).mean(axis=0)
    np.testing.assert_allclose(
        centre, (forms + embedder.embed_for_question_centre(sentences).mean(axis=0)) / 2, atol=1e-6
    )
    assert (centre.shape, centre.dtype) == ((16,), np.float32)


def test_of_many_sentences_a_fixed_sample_is_read_from_the_first_to_the_last(embedder):
    asked = []
    answer = embedder.embed_for_question_centre
    embedder.embed_for_question_centre = lambda texts: asked.append(list(texts)) or answer(texts)
    sentences = [f"Phrase {number}" for number in range(1000)]

    question_centre(embedder, sentences)

    _, sample = asked
    assert len(set(sample)) == SAMPLED_SENTENCES
    assert (sample[0], sample[-1]) == ("Phrase 0", "Phrase 999")
