"""The segmentation in pieces, worked out by hand, and that of the reader's own pieces."""

import pytest

from index.pieces import Pieces

MARKS = [("<s>", 0.0), ("<pad>", 0.0), ("</s>", 0.0), ("<unk>", 0.0)]
SCORED = [("▁", -3.0), ("▁co", -2.0), ("▁cons", -6.0), ("ns", -3.0), ("truire", -1.0), ("t", -4.0)]
UNKNOWN = 3


@pytest.fixture
def pieces() -> Pieces:
    return Pieces([*MARKS, *SCORED])


def test_the_likeliest_segmentation_is_taken_not_the_longest_first_piece(pieces: Pieces) -> None:
    assert pieces.of("construire") == (5, 7, 8)  # −2 − 3 − 1, and « ▁cons » with « truire » is −6 − 1


def test_a_character_that_no_piece_holds_is_unknown(pieces: Pieces) -> None:
    assert pieces.of("co☃") == (5, UNKNOWN)


def test_a_mark_written_in_a_text_is_no_mark(pieces: Pieces) -> None:
    assert 0 not in pieces.of("<s>")


def test_compatibility_forms_are_read_as_what_they_stand_for(pieces: Pieces) -> None:
    assert pieces.of("ｃｏ") == pieces.of("co")
