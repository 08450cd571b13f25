"""What a reader's word is worth, learned from listings by hand and from readings that are counted."""

from collections.abc import Sequence

import numpy as np

from assistant.reader import Stretch
from evals.fit import Listing
from evals.fit_reading import RememberedReadings, fit_reading


class Counted:
    """Says how long each stretch is; counts what it was asked."""

    def __init__(self) -> None:
        self.asked = 0

    def log_odds(self, _question: str, stretches: Sequence[Stretch]) -> np.ndarray:
        self.asked += 1
        return np.array([len(one.text) for one in stretches], dtype=np.float32)


def test_the_same_question_beside_the_same_stretches_is_read_once() -> None:
    reader = Counted()
    remembered = RememberedReadings(reader)
    stretches = [Stretch("Les places", "24 berceaux"), Stretch("Les repas", "livrés")]

    said = [remembered.log_odds("Combien ?", stretches).tolist() for _ in range(2)]
    remembered.log_odds("Combien ?", stretches[:1])
    remembered.log_odds("Qui ?", stretches)

    assert said == [[11.0, 6.0]] * 2
    assert reader.asked == 3


def listing(*rows: tuple[float, float, bool]) -> Listing:
    features = np.array([[score, said] for score, said, _ in rows])
    return Listing(features, np.array([right for *_, right in rows]))


def test_a_reader_that_is_right_where_the_scores_are_wrong_counts() -> None:
    listings = [listing((1.0, -2.0, False), (0.0, 2.0, True)), listing((1.0, 3.0, True), (0.5, -3.0, False))]

    score, said = fit_reading(listings)

    assert score == 1.0
    assert said > 0.25  # enough to turn the first listing


def test_a_reader_that_is_wrong_does_not() -> None:
    listings = [listing((1.0, -2.0, True), (0.0, 2.0, False))] * 3

    assert fit_reading(listings).tolist() == [1.0, 0.0]


def test_without_anything_right_nothing_is_learned() -> None:
    assert fit_reading([listing((1.0, 2.0, False))]).tolist() == [1.0, 0.0]
