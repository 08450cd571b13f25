"""The reader with its real weights, and how a question and a stretch are written for it."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
import pytest

from assistant.reader import MOST_HEADING, MOST_QUESTION, MOST_TEXT, Pairing, Reader, Segment, Stretch
from index.pieces import END, START, UNKNOWN, Pieces

LETTERS = [("", 0.0)] * (UNKNOWN + 1) + [
    ("▁", -1.0),
    *((letter, -1.0) for letter in "abcdefghijklmnopqrstuvwxyz"),
]
LIBRARY = Stretch(
    "La bibliothèque municipale",
    "La bibliothèque est ouverte le mardi et le samedi de 10 h à 18 h ; l'inscription est gratuite.",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(threads=2)


@pytest.fixture
def pairing() -> Pairing:
    """Each letter is a piece."""
    return Pairing(Pieces(LETTERS))


@pytest.mark.parametrize(
    ("stated", "not_stated"),
    [
        ("Quels jours ouvre la bibliothèque ?", "Qui dirige la bibliothèque ?"),
        ("l inscription a la bibliotheque est elle gratuite", "Combien de livres a la bibliothèque ?"),
        ("horaires de la bibliothèque", "Quel est le numéro de téléphone de la bibliothèque ?"),
    ],
)
def test_what_a_text_states_is_likelier_than_what_it_only_speaks_about(
    reader: Reader, stated: str, not_stated: str
) -> None:
    assert reader.log_odds(stated, [LIBRARY])[0] > reader.log_odds(not_stated, [LIBRARY])[0] + 1


def test_the_stretch_that_answers_is_likelier_than_its_neighbour(reader: Reader) -> None:
    pool = Stretch("La piscine", "Le bassin de 25 mètres a été rénové en 2019 par la communauté de communes.")

    scores = reader.log_odds("Quand la piscine a-t-elle été rénovée ?", [LIBRARY, pool])

    assert scores.shape == (2,)
    assert scores[1] > scores[0]


def test_without_a_stretch_there_is_nothing_to_say(reader: Reader) -> None:
    assert reader.log_odds("Quand ?", []).shape == (0,)


@pytest.mark.parametrize("question", ["", "???", "🐈" * 40, "<s> </s>", "mot " * 500])
def test_any_text_is_read(reader: Reader, question: str) -> None:
    assert np.isfinite(reader.log_odds(question, [LIBRARY, Stretch("", "")])).all()


def test_many_threads_read_the_same_as_one(reader: Reader) -> None:
    questions = [f"Combien de livres en {year} ?" for year in range(2000, 2020)]
    alone = [reader.log_odds(question, [LIBRARY]) for question in questions]

    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda question: reader.log_odds(question, [LIBRARY]), questions))

    assert np.array_equal(alone, together)


def test_each_side_says_which_words_the_other_holds(pairing: Pairing) -> None:
    pair = pairing.pair("maire commune", Stretch("communes", "maire adjoint"))

    word = len("▁maire")
    assert pair.pieces[0] == START
    assert pair.pieces.count(END) == 3
    assert pair.segments[1 : 1 + word] == [Segment.QUESTION + 1] * word  # « maire » stands in the text
    both = word + len("▁commune")
    assert pair.segments[1 : 1 + both] == [Segment.QUESTION + 1] * both  # « communes » in the heading
    assert pair.segments[1 + both] == Segment.HEADING  # the mark belongs to what follows it
    assert pair.segments[-1] == pair.segments[-2] == Segment.TEXT  # « adjoint » stands nowhere else


def test_the_start_of_a_question_and_the_end_of_a_text_are_cut(pairing: Pairing) -> None:
    long = "abcdefg " * 20
    pair = pairing.pair(f"{long}fin", Stretch(long, f"debut {long}"))

    assert len(pair.pieces) == len(pair.segments) <= 4 + MOST_QUESTION + MOST_HEADING + MOST_TEXT
    [first_end, second_end, _] = [place for place, piece in enumerate(pair.pieces) if piece == END]
    assert pair.pieces[first_end - 4 : first_end] == pairing.pair("fin", Stretch("", "")).pieces[1:5]
    assert second_end - first_end == 1 + MOST_HEADING
    assert pair.pieces[second_end + 1 : second_end + 7] == pairing.pair("debut", Stretch("", "")).pieces[1:7]


def test_what_runs_the_reader_reports_to_nobody() -> None:
    libraries = [
        path for path in (Path(onnxruntime.__file__).parent / "capi").glob("*.so*") if path.is_file()
    ]

    assert libraries
    for library in libraries:  # later versions hold the address of a collector and its key
        assert b"OneCollector" not in library.read_bytes()


def test_a_follow_up_stands_before_what_it_leans_on(pairing: Pairing) -> None:
    pair = pairing.pair("prix (à propos de : maire)", Stretch("", "maire prix"))

    word = len("▁prix")
    assert pair.segments[1 : 1 + word] == [Segment.QUESTION + 1] * word
    first_end = pair.pieces.index(END)
    assert set(pair.segments[1 + word : first_end]) == {Segment.BEFORE, Segment.BEFORE + 1}
