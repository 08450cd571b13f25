import numpy as np

from index.sentence_words import SentenceWords

SENTENCES = ["L’élu finance les communes.", "…", "Des communes, des Élus : 12 communes."]


def held(words, row):
    numbers = words.occurrences[words.starts[row] : words.starts[row + 1]]
    return [words.vocabulary[number] for number in numbers]


def test_each_sentence_holds_its_words_once_as_they_are_written():
    words = SentenceWords.build(SENTENCES)

    assert held(words, 0) == ["", "élu", "finance", "communes"]
    assert held(words, 2) == ["", "communes", "élus", "12"]


def test_no_sentence_is_empty_so_that_each_has_a_greatest_match():
    assert held(SentenceWords.build(SENTENCES), 1) == [""]


def test_what_is_written_is_read_back(tmp_path):
    words = SentenceWords.build([*SENTENCES, "demi-caractère \ud835"])
    words.write(tmp_path / "words")

    read = SentenceWords.read(tmp_path / "words")

    assert read.vocabulary == words.vocabulary
    np.testing.assert_array_equal(read.occurrences, words.occurrences)
    np.testing.assert_array_equal(read.starts, words.starts)
