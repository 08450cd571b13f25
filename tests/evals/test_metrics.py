"""Every metric against values computed by hand."""

import math

import pytest

from evals import metrics

A1, A2, B1 = ("a", 1), ("a", 2), ("b", 1)
RANKING = [frozenset({B1}), frozenset({A1}), frozenset({A1, A2})]


def test_recall_looks_at_the_first_k_passages_only() -> None:
    assert metrics.recall_at(1, RANKING, frozenset({A2})) == 0
    assert metrics.recall_at(2, RANKING, frozenset({A2})) == 0
    assert metrics.recall_at(3, RANKING, frozenset({A2})) == 1


def test_one_right_page_of_several_is_enough_for_recall() -> None:
    assert metrics.recall_at(1, RANKING, frozenset({A2, B1})) == 1


def test_the_reciprocal_rank_is_that_of_the_first_right_passage() -> None:
    assert metrics.reciprocal_rank(RANKING, frozenset({A1})) == 1 / 2
    assert metrics.reciprocal_rank(RANKING, frozenset({A2})) == 1 / 3
    assert metrics.reciprocal_rank(RANKING, frozenset({("c", 1)})) == 0


def test_a_right_passage_below_the_depth_has_no_rank() -> None:
    ranking = [frozenset({("x", n)}) for n in range(1, 11)] + [frozenset({A1})]
    assert metrics.reciprocal_rank(ranking, frozenset({A1})) == 0


def test_ndcg_discounts_by_the_logarithm_of_the_rank() -> None:
    assert metrics.ndcg_at(10, RANKING, frozenset({A1})) == pytest.approx(1 / math.log2(3))


def test_ndcg_compares_with_the_ideal_ranking_and_counts_a_page_once() -> None:
    # A1 at rank 2, A2 at rank 3 (A1 again there earns nothing); ideal: ranks 1 and 2
    expected = (1 / math.log2(3) + 1 / math.log2(4)) / (1 + 1 / math.log2(3))
    assert metrics.ndcg_at(10, RANKING, frozenset({A1, A2})) == pytest.approx(expected)


def test_a_passage_across_two_right_pages_is_at_most_perfect() -> None:
    assert metrics.ndcg_at(10, [frozenset({A1, A2})], frozenset({A1, A2})) == 1.0


@pytest.mark.parametrize(
    ("answered", "answer", "wrong", "verdict"),
    [
        (True, "Le parcours réunit 12 territoires [1].", (), "right"),
        (True, "Douze TERRITOIRES pilotes [1][2].", (), "right"),
        (True, "Le parcours réunit 10 territoires [1].", (), "wrong"),
        (True, "12 territoires, ou 10 territoires [1].", ("10 territoires",), "wrong"),
        (True, "Des territoires [12].", (), "wrong"),
        (False, "Le kit ne le dit pas : 12 territoires.", (), "refused"),
    ],
)
def test_a_verdict_is_right_wrong_or_refused(
    answered: bool, answer: str, wrong: tuple[str, ...], verdict: str
) -> None:
    facts = [["12", "douze"], ["territoires"]]
    assert metrics.verdict(answered=answered, answer=answer, facts=facts, known_wrong=wrong) == verdict


@pytest.mark.parametrize(
    ("answer", "precision"),
    [
        ("12 territoires [1]. En 1999, rien [2].", 1.0),
        ("12 territoires. En 1999, rien [1].", 1.0),
        ("13 territoires [1].", 0.0),
        ("12 territoires en 2018 [1].", 1.0),  # the year stands in the evidence
        ("Des territoires [1].", None),
    ],
)
def test_the_direct_lead_holds_no_number_that_nobody_knows(answer: str, precision: float | None) -> None:
    known = ["douze", "Le groupe de 2018 : 12 territoires"]
    assert metrics.lead_precision(answer, known) == precision


def test_a_number_must_stand_in_what_its_sentence_cites() -> None:
    cited = {1: "La première session est prévue le 3 mai 2018", 2: "9 mois, 12 territoires"}
    answer = "La session a lieu le 3 mai [1]. Neuf mois et 13 territoires [2]."
    assert metrics.number_faithfulness(answer, cited) == pytest.approx(2 / 3)


def test_a_number_cited_to_the_wrong_source_is_not_faithful() -> None:
    assert metrics.number_faithfulness("12 territoires [1].", {1: "rien", 2: "12 territoires"}) == 0.0


def test_the_day_of_another_month_is_not_faithful() -> None:
    assert metrics.number_faithfulness("Le 3 juin [1].", {1: "le 3 mai, puis en juin"}) == 0.0


def test_a_number_without_citation_is_not_faithful() -> None:
    assert metrics.number_faithfulness("Voici [1]. Ils sont 12.", {1: "12"}) == 0.0


def test_an_answer_without_number_has_no_faithfulness() -> None:
    assert metrics.number_faithfulness("Le catalyseur anime [1].", {1: "Le catalyseur anime"}) is None


def test_statements_end_at_their_citation_marks() -> None:
    assert metrics.statements("Un [1] [2]. Deux [3]") == [("Un", (1, 2)), (". Deux", (3,))]


def test_citation_exactness_is_the_share_of_quotes_on_their_page() -> None:
    assert metrics.citation_exactness([True, True, False, True]) == 0.75
    assert metrics.citation_exactness([]) is None


def test_the_cited_quotes_hold_each_fact_within_one_quote() -> None:
    facts = [["12"], ["9 mois"]]
    assert metrics.citation_support(["12 territoires", "durant 9 mois"], facts) == 1
    assert metrics.citation_support(["12 territoires", "9", "mois"], facts) == 0


def test_words_of_an_answer_leave_marks_and_punctuation_out() -> None:
    assert metrics.answer_words("Oui : 12 territoires [1] – « l'Alsace » [2][3].") == 4


def test_balanced_accuracy_is_the_mean_of_both_rates() -> None:
    assert metrics.balanced_accuracy(0.9, 0.2) == pytest.approx(0.85)


GRADES = {"guide": 3, "note": 2, "film": 1}


def test_graded_ndcg_uses_exponential_gains() -> None:
    # gains 3 (note), 7 (guide), 0; ideal 7, 3, 1
    expected = (3 + 7 / math.log2(3)) / (7 + 3 / math.log2(3) + 1 / 2)
    assert metrics.graded_ndcg_at(5, ["note", "guide", "autre"], GRADES) == pytest.approx(expected)
    assert metrics.graded_ndcg_at(5, ["guide", "note", "film"], GRADES) == pytest.approx(1)
    assert metrics.graded_ndcg_at(5, [], GRADES) == 0
    assert metrics.graded_ndcg_at(5, ["guide"], {}) == 0


def test_a_document_recommended_twice_counts_once() -> None:
    once = metrics.graded_ndcg_at(5, ["guide"], GRADES)
    assert metrics.graded_ndcg_at(5, ["guide", "guide"], GRADES) == once


def test_graded_recall_counts_relevant_documents() -> None:
    assert metrics.graded_recall_at(5, ["guide", "film"], GRADES) == 0.5
    assert metrics.graded_recall_at(1, ["guide"], GRADES) == 1


def test_the_first_document_is_relevant_from_grade_two_on() -> None:
    assert metrics.precision_at_1(["note"], GRADES) == 1
    assert metrics.precision_at_1(["film", "guide"], GRADES) == 0
    assert metrics.precision_at_1([], GRADES) == 0


def test_a_highly_relevant_document_stands_in_the_first_three() -> None:
    assert metrics.highly_relevant_in_first(3, ["x", "y", "guide"], GRADES) == 1
    assert metrics.highly_relevant_in_first(3, ["x", "y", "note", "guide"], GRADES) == 0


def test_an_off_subject_situation_gets_nothing() -> None:
    assert metrics.off_subject_accuracy([]) == 1
    assert metrics.off_subject_accuracy(["guide"]) == 0
