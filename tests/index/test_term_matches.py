import numpy as np
import pytest

from index.analysis import stem, tokenize, words_as_written
from index.query import SYNONYM_COVERS, Term
from index.sentence_words import SentenceWords
from index.term_matches import TermMatcher
from index.word_vectors import WordVectors

SENTENCES = ["Le financement est mutualisé.", "La banane est mûre.", "…"]


@pytest.fixture(scope="module")
def vectors():
    return WordVectors.read()


def term(written, *alternatives):
    return Term(stem(written), written, 1.0, 1.0, True, frozenset(map(stem, alternatives)))


def test_the_same_stem_a_synonym_and_a_kindred_word_match_in_that_order(vectors):
    matcher = TermMatcher(SentenceWords.build(SENTENCES), vectors)

    same, synonym, kindred = matcher.matches(
        [term("financement"), term("sous", "financement"), term("budget")]
    )

    assert same[0] == 1
    assert synonym[0] == pytest.approx(SYNONYM_COVERS)
    assert 0.1 < kindred[0] < SYNONYM_COVERS
    assert kindred[0] > kindred[1] + 0.1


def test_without_vectors_only_the_same_words_and_synonyms_match():
    matcher = TermMatcher(SentenceWords.build(SENTENCES), None)

    matches = matcher.matches([term("banane"), term("sous", "financement"), term("budget")])

    np.testing.assert_allclose(matches, [[0, 1, 0], [SYNONYM_COVERS, 0, 0], [0, 0, 0]])


def test_a_sentence_without_words_matches_nothing(vectors):
    matcher = TermMatcher(SentenceWords.build(SENTENCES), vectors)

    assert matcher.matches([term("budget"), term("banane")])[:, 2].tolist() == [0, 0]


def test_a_question_without_terms_has_no_row(vectors):
    assert TermMatcher(SentenceWords.build(SENTENCES), vectors).matches([]).shape == (0, 3)


def test_as_written_a_term_matches_the_same_spelling_only():
    with words_as_written():
        matcher = TermMatcher(SentenceWords.build(["Des élus prêts", "L’élu est prêt", "elus"]), None)
        terms = [Term(tokenize(word)[0], word, 1.0, 1.0, True, frozenset()) for word in ("élus", "l’élu")]
        matches = matcher.matches(terms)

    np.testing.assert_allclose(matches, [[1, 0, 0], [0, 1, 0]])
