"""The sentences of the best passages and what is measured of each, by hand on four passages."""

from collections.abc import Callable

import numpy as np
import pytest

from assistant.candidates import FEATURES, Candidate, coverage, feature_rows, find_candidates
from assistant.expectation import Kind
from index.analysis import term_set
from index.opened import StoredIndex
from index.query import SYNONYM_COVERS, Query, Term
from index.search import Ranking

Rank = Callable[..., Ranking]
QUERY = Query(
    "Combien de répondants à l'enquête ?",
    (
        Term("repond", "répondants", 3.0, 0.5, True, frozenset()),
        Term("enquet", "enquête", 1.0, 0.4, True, frozenset({"etud"})),
    ),
)


def column(candidates: list[Candidate], kind: Kind, name: str) -> list[float]:
    return list(feature_rows(candidates, kind)[:, FEATURES.index(name)])


@pytest.mark.parametrize(
    ("stems", "share"),
    [
        (set(), 0.0),
        ({"repond"}, 0.75),
        ({"enquet"}, 0.25),
        ({"etud"}, 0.25 * SYNONYM_COVERS),
        ({"enquet", "etud"}, 0.25),
        ({"repond", "enquet", "autr"}, 1.0),
    ],
)
def test_a_rare_term_covers_more_and_a_synonym_less(stems: set[str], share: float) -> None:
    assert coverage(QUERY, stems) == pytest.approx(share)


def test_a_question_without_terms_is_not_covered() -> None:
    assert coverage(Query("Quoi ?", ()), {"repond"}) == 0.0


def test_every_sentence_of_the_best_passages_is_a_candidate_in_their_order(
    tiny_index: StoredIndex, rank: Rank
) -> None:
    ranking = rank("Combien de temps ?", scores=(1, 2, 4, 3))

    candidates = find_candidates(tiny_index, ranking, Kind.NUMBER, passages=2)

    assert [one.passage.id for one in candidates] == ["programme:0"] * 4 + ["programme:1"]
    assert [one.place for one in candidates] == [0, 1, 2, 3, 0]
    assert [one.rank for one in candidates] == [0, 0, 0, 0, 1]
    assert [one.passage_score for one in candidates] == [4, 4, 4, 4, 3]
    assert [tiny_index.sentence(one.row) for one in candidates] == [one.sentence for one in candidates]


def test_a_passage_that_is_left_out_gives_no_candidate(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Combien ?", scores=(-np.inf, 2, -np.inf, -np.inf))

    assert [one.passage.id for one in find_candidates(tiny_index, ranking, Kind.NUMBER)] == ["etude:1"]


def test_the_similarity_is_that_of_the_sentence_itself(tiny_index: StoredIndex, rank: Rank) -> None:
    similarities = [n / 10 for n in range(9)]
    ranking = rank("Combien ?", scores=(1, 2, 3, 4), sentence_similarities=similarities)

    candidates = find_candidates(tiny_index, ranking, Kind.NUMBER)

    assert sorted(one.row for one in candidates) == list(range(9))
    assert [one.similarity for one in candidates] == pytest.approx([one.row / 10 for one in candidates])


def test_an_item_is_read_with_its_introduction_the_headings_and_the_title(
    tiny_index: StoredIndex, rank: Rank
) -> None:
    ranking = rank("Quels temps comporte le programme ?", scores=(1, 1, 9, 1))

    last_item = find_candidates(tiny_index, ranking, Kind.LIST)[3]

    assert last_item.sentence.text == "l’évaluation."
    assert last_item.covered == 0.0
    assert last_item.covered_in_context == pytest.approx(1.0)
    assert last_item.context >= term_set("Le programme comporte trois temps :") | term_set(
        "Le programme 2018"
    )


def test_scores_and_similarities_are_measured_from_the_best(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Combien ?", scores=(4, 3, 2, 1), sentence_similarities=(0.1, 0.5, 0, 0.3, 0, 0, 0, 0, 0))
    candidates = find_candidates(tiny_index, ranking, Kind.NUMBER, passages=2)

    assert column(candidates, Kind.NUMBER, "passage") == pytest.approx([0, 0, 0, -np.log(2)])
    assert column(candidates, Kind.NUMBER, "first_passage") == [1, 1, 1, 0]
    assert column(candidates, Kind.NUMBER, "similarity") == pytest.approx([-4, 0, -5, -2], abs=1e-5)


def test_what_a_sentence_is_on_its_page_is_measured(tiny_index: StoredIndex, rank: Rank) -> None:
    study = find_candidates(tiny_index, rank("Combien ?"), Kind.NUMBER, passages=1)
    programme = find_candidates(tiny_index, rank("Quels ?", scores=(1, 1, 9, 1)), Kind.LIST, passages=1)

    assert column(study, Kind.NUMBER, "heading") == [1, 0, 0]
    assert column(study, Kind.NUMBER, "fragment") == [1, 0, 0]
    assert column(study, Kind.NUMBER, "offers nombre") == [0, 1, 0]
    assert column(study, Kind.DATE, "offers nombre") == [0, 0, 0]
    assert column(programme, Kind.LIST, "introduction") == [1, 0, 0, 0]
    assert column(programme, Kind.LIST, "item") == [0, 1, 1, 1]
    assert column(programme, Kind.LIST, "list for a list") == [1, 1, 1, 1]
    assert column(programme, Kind.NUMBER, "list for a list") == [0, 0, 0, 0]


def test_every_feature_has_its_column_once(tiny_index: StoredIndex, rank: Rank) -> None:
    candidates = find_candidates(tiny_index, rank("Combien ?"), Kind.NUMBER)

    assert len(set(FEATURES)) == len(FEATURES)
    assert feature_rows(candidates, Kind.NUMBER).shape == (len(candidates), len(FEATURES))
