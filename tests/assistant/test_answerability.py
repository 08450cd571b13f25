"""What decides a refusal, by hand on four passages."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from assistant.answerability import FEATURES, answerability_row, answerable, unknown_terms
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.candidates import find_candidates
from assistant.choice import choose
from assistant.expectation import Kind
from assistant.outside import OutsideMatters
from assistant.reading import Read
from index.opened import StoredIndex
from index.search import Ranking

Rank = Callable[..., Ranking]
WEIGHTS = dict.fromkeys(CHOICE_FEATURES, 0.0)


class Outside(OutsideMatters):
    """Half of the first number of the question's vector, which is 1."""

    def __init__(self) -> None:
        pass

    def nearness(self, question: np.ndarray) -> float:
        return float(question[0]) / 2


def row_of(
    index: StoredIndex, ranking: Ranking, kind: Kind, text: str, *, said: Sequence[float] = (0.0,)
) -> dict[str, float]:
    """The measures by name when the sentence that holds a text was chosen, and the reader says so much."""
    choices = choose(find_candidates(index, ranking, kind), kind, weights=WEIGHTS)
    chosen = next(choice for choice in choices if text in choice.candidate.sentence.text)
    first = [chosen, *(choice for choice in choices if choice is not chosen)]
    read = Read(first, np.array(said, dtype=np.float32))
    row = answerability_row(index, ranking, read, kind, outside=Outside())
    assert row.shape == (len(FEATURES),)
    return dict(zip(FEATURES, row, strict=True))


def test_a_sentence_that_says_it_all_covers_the_question(tiny_index: StoredIndex, rank: Rank) -> None:
    row = row_of(tiny_index, rank("Combien de répondants compte l'étude ?"), Kind.NUMBER, "52")

    assert row["covered_by_passage"] == pytest.approx(1.0)
    assert row["covered_in_context"] == row["common_covered"] == pytest.approx(1.0)
    assert row["unknown_name"] == row["noun_unknown"] == row["numbers_missing"] == 0.0
    assert row["not_counted"] == row["expected_kind_missing"] == row["names_missing"] == 0.0
    assert row["terms"] == pytest.approx(math.log1p(3))
    assert row["outside"] == 5.0


def test_a_name_that_stands_nowhere_is_unknown(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Combien de répondants à Strasbourg ?")
    row = row_of(tiny_index, ranking, Kind.NUMBER, "52")
    strasbourg = next(term for term in ranking.query.terms if term.is_name)

    assert unknown_terms(tiny_index, ranking) == [strasbourg]
    assert row["unknown_name"] == row["names_missing"] == 1.0
    assert 0 < row["common_covered"] < 1


def test_a_term_that_only_a_left_out_passage_holds_is_unknown(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Quel budget ?", scores=(1, -np.inf, 2, -np.inf))

    assert [term.stem for term in unknown_terms(tiny_index, ranking)] == ["budget"]
    assert row_of(tiny_index, ranking, Kind.OTHER, "trois temps")["noun_unknown"] == 1.0
    assert unknown_terms(tiny_index, rank("Quel budget ?")) == []


def test_similarities_count_ten_times_and_against_their_mean(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank(
        "Combien de répondants ?",
        passage_similarities=(0.4, 0.3, 0.2, 0.1),
        sentence_similarities=(0, 0.6, 0, 0, 0, 0, 0, 0, 0),
    )
    row = row_of(tiny_index, ranking, Kind.NUMBER, "52")

    assert row["sentence_similarity"] == pytest.approx(6.0, abs=1e-4)
    assert row["passage_similarity"] == pytest.approx(4.0, abs=1e-4)
    assert row["stands_out"] == pytest.approx(0.15 / np.std([0.4, 0.3, 0.2, 0.1]), abs=1e-3)
    assert row["similar_and_covered"] == pytest.approx(6.0 * row["covered_in_context"], abs=1e-4)


def test_a_left_out_passage_counts_for_no_similarity(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank(
        "Combien de répondants ?", scores=(4, 3, 2, -np.inf), passage_similarities=(0.1, 0.2, 0.3, 0.9)
    )

    assert row_of(tiny_index, ranking, Kind.NUMBER, "52")["passage_similarity"] == pytest.approx(
        3.0, abs=1e-4
    )


def test_a_sentence_without_what_is_expected_says_so(tiny_index: StoredIndex, rank: Rank) -> None:
    row = row_of(tiny_index, rank("Combien de maires ?"), Kind.NUMBER, "maires")

    assert row["expected_kind_missing"] == row["not_counted"] == 1.0


def test_no_kind_is_missed_when_none_is_expected(tiny_index: StoredIndex, rank: Rank) -> None:
    row = row_of(tiny_index, rank("Les maires ?"), Kind.OTHER, "maires")

    assert row["expected_kind_missing"] == row["not_counted"] == 0.0


@pytest.mark.parametrize(("said", "denied"), [((-1.0, 2.0), 0.0), ((-6.0, -4.5), -1.5)])
def test_the_reader_counts_once_more_where_it_is_sure_that_nothing_states_it(
    tiny_index: StoredIndex, rank: Rank, said: tuple[float, float], denied: float
) -> None:
    row = row_of(tiny_index, rank("Combien de répondants ?"), Kind.NUMBER, "52", said=said)

    assert (row["read_chosen"], row["read_best"], row["read_denied"]) == (*said, denied)


def test_nothing_covers_a_question_without_terms(tiny_index: StoredIndex, rank: Rank) -> None:
    row = row_of(tiny_index, rank("Et alors ?"), Kind.OTHER, "maires")

    assert row["covered_by_passage"] == row["common_covered"] == row["terms"] == 0.0


def test_the_probability_is_the_logistic_of_the_weighted_row() -> None:
    row = np.zeros(len(FEATURES))
    row[FEATURES.index("terms")] = 2.0
    weights = dict.fromkeys(FEATURES, 0.0) | {"terms": 1.5}

    assert answerable(row, weights=weights, intercept=-1.0) == pytest.approx(1 / (1 + math.exp(-2.0)))
    assert answerable(row, weights=weights, intercept=-3.0) == pytest.approx(0.5)
