import math

import numpy as np
import pytest

from index.words import K1, B, WordIndex

TEXTS = [
    ["maire", "territoire", "alliance", "territoire"],
    ["association", "alliance"],
    [],
    ["maire", "commune", "rural", "commune", "commune"],
    ["alliance", "association"],
]


def lucene_bm25(term: str) -> np.ndarray:
    """Kamphuis et al. 2020, table 1: Lucene (accurate)."""
    lengths = np.array([len(text) for text in TEXTS])
    held = sum(term in text for text in TEXTS)
    idf = math.log(1 + (len(TEXTS) - held + 0.5) / (held + 0.5))
    frequencies = np.array([text.count(term) for text in TEXTS])
    return idf * frequencies / (frequencies + K1 * (1 - B + B * lengths / lengths.mean()))


@pytest.fixture
def words():
    return WordIndex.build(TEXTS)


@pytest.mark.parametrize(
    "terms", [["maire"], ["alliance", "commune"], ["maire", "maire", "rural"], ["inconnu"]]
)
def test_scores_are_those_of_the_published_formula(words, terms):
    np.testing.assert_allclose(words.scores(terms), sum(map(lucene_bm25, terms)), rtol=1e-5)


def test_weights_multiply_what_each_term_adds(words):
    scores = words.scores({"maire": 1.0, "alliance": 0.25, "inconnu": 9.0})

    np.testing.assert_allclose(scores, lucene_bm25("maire") + 0.25 * lucene_bm25("alliance"), rtol=1e-5)


def test_search_gives_the_best_first_with_their_scores(words):
    found = words.search(["maire", "commune"], 5)

    expected = lucene_bm25("maire") + lucene_bm25("commune")
    assert found.positions.tolist() == [3, 0]
    np.testing.assert_allclose(found.scores, expected[[3, 0]], rtol=1e-5)


def test_equal_scores_come_in_the_texts_order(words):
    assert words.search(["association"], 5).positions.tolist() == [1, 4]


@pytest.mark.parametrize("terms", [[], ["inconnu"], {}, {"maire": 0.0}])
def test_a_text_that_shares_no_term_is_never_a_hit(words, terms):
    assert words.search(terms, 5).positions.tolist() == []


def test_a_rare_term_has_a_greater_idf_than_a_common_one(words):
    assert words.idf("inconnu") > words.idf("rural") > words.idf("maire") > words.idf("alliance") > 0
    assert words.idf("alliance") == pytest.approx(math.log(1 + (5 - 3 + 0.5) / (3 + 0.5)))


def test_a_term_is_held_by_the_texts_it_stands_in_once_each(words):
    assert words.holders("territoire").tolist() == [0]
    assert words.holders("alliance").tolist() == [0, 1, 4]
    assert words.holders("inconnu").tolist() == []
    assert ("rural" in words, "inconnu" in words) == (True, False)


def test_an_index_read_again_scores_the_same(words, tmp_path):
    words.write(tmp_path)

    again = WordIndex.read(tmp_path)

    assert len(again) == len(words) == 5
    for terms in (["maire", "commune"], ["inconnu"], ["alliance"]):
        np.testing.assert_array_equal(again.scores(terms), words.scores(terms))
    assert again.idf("rural") == words.idf("rural")
    assert again.holders("alliance").tolist() == [0, 1, 4]
    assert ("rural" in again, "inconnu" in again) == (True, False)


def test_no_file_of_it_is_a_pickle(words, tmp_path):
    words.write(tmp_path)

    assert {file.suffix for file in tmp_path.iterdir()} == {".npy", ".json"}
    for array in tmp_path.glob("*.npy"):
        np.load(array, allow_pickle=False)


def test_the_same_texts_give_the_same_bytes(tmp_path):
    for name in ("first", "second"):
        WordIndex.build(TEXTS).write(tmp_path / name)

    for file in (tmp_path / "first").iterdir():
        assert file.read_bytes() == (tmp_path / "second" / file.name).read_bytes()


def test_texts_without_a_single_term_are_an_index_that_finds_nothing(tmp_path):
    WordIndex.build([[], []]).write(tmp_path)

    words = WordIndex.read(tmp_path)

    assert words.scores(["maire"]).tolist() == [0, 0]
