"""Whether the base answers a question at all: a small calibrated model, not one similarity threshold."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import VALUE_KINDS, coverage
from assistant.choice import Choice
from assistant.disagreement import counts
from assistant.expectation import Kind
from assistant.outside import OutsideMatters
from index.analysis import term_set
from index.opened import StoredIndex
from index.query import Query, Term
from index.search import Ranking
from ingestion.document import Role

# The columns of `answerability_row`, in order.
FEATURES = (
    "covered_by_passage",  # share of the terms, by rarity in the corpus, that one of the best passages holds
    "common_covered",  # the same by rarity in French at large
    "unknown",  # share of the terms' rarity in French that the corpus holds nowhere, synonyms included
    "covered_by_sentence",
    "covered_in_context",
    "sentence_similarity",  # ten times the cosine of the chosen sentence
    "passage_similarity",  # ten times that of the nearest passage
    "stands_out",  # deviations between the best passage's similarity and the mean one's
    "choice",  # score of the chosen sentence
    "expected_kind_missing",  # 1 when a number, date, name, place or contact is expected and not offered
    "expected_kind_offered",
    "terms",  # log(1 + number of terms)
    "unknown_name",  # 1 when a name of the question stands in no allowed passage
    "rarest_unknown",  # greatest rarity in French among the terms that no allowed passage holds
    "head_in_context",  # 1 when the sentence, its headings or the sentence before name what is asked
    "head_matched",  # how well the sentence itself names it, kindred words included
    "head_unknown",  # 1 when no allowed passage does
    "noun_unknown",  # 1 when « quel … » asks for a thing that no allowed passage names
    "contact_missing",  # 1 when a way to reach someone is asked and not offered
    "counted",  # for « combien de … »: 1 when the sentence counts what is asked
    "not_counted",  # 1 when it does not
    "names_missing",  # share of the question's names that the sentence and its context lack
    "numbers_missing",  # share of the question's numbers that they lack
    "heading",  # 1 when the chosen sentence is one
    "matched",  # share of the terms that the sentence says, kindred words counting for their kinship
    "matched_with_previous",  # the same, the sentence before taken into account
    "matched_by_block",  # the same of all that is shown with the sentence
    "weakest_match",  # how well it says the term that it says least
    "similar_and_covered",  # product of the sentence's similarity and its coverage in context
    "outside",  # ten times the cosine with the nearest of the matters that such documents do not treat
)
# What a feature may say: 1 only for an answer, -1 only against one, 0 either. `cokit fit` keeps to it.
SIGNS = dict.fromkeys(FEATURES, 1) | dict.fromkeys(
    (
        *("unknown", "unknown_name", "rarest_unknown", "head_unknown", "noun_unknown"),
        *("expected_kind_missing", "contact_missing", "not_counted", "names_missing", "numbers_missing"),
        *("heading", "outside"),
    ),
    -1,
)
SIGNS["terms"] = 0
_PASSAGES_READ = 3


def answerability_row(
    index: StoredIndex, ranking: Ranking, choices: Sequence[Choice], kind: Kind, outside: OutsideMatters
) -> NDArray[np.float64]:
    """(len(FEATURES),) what the model weighs."""
    query = ranking.query
    best = choices[0].candidate
    read = [
        term_set(" ".join((index.documents[passage.document_id].title, *passage.headings, passage.text)))
        for passage in (index.passages[position] for position in ranking.best(_PASSAGES_READ))
    ]
    similarities = ranking.passage_similarities[ranking.allowed]
    strict = kind in VALUE_KINDS
    unknown = unknown_terms(index, ranking)
    total = sum(term.rarity * term.weight for term in query.terms)
    names = [term for term in query.terms if term.is_name]
    numbers = [term for term in query.terms if term.stem.isdigit()]
    counted = counts(best.sentence.text, query)
    head = [replace(query, terms=(term,)) for term in query.terms if term.stem == query.head]
    return np.array(
        [
            max(coverage(query, stems) for stems in read),
            max(_common_coverage(query, stems) for stems in read),
            sum(term.rarity * term.weight for term in unknown) / total if total else 1.0,
            best.covered,
            best.covered_in_context,
            10 * best.similarity,
            10 * float(similarities.max()),
            float((similarities.max() - similarities.mean()) / (similarities.std() + 1e-6)),
            choices[0].score,
            float(strict and not best.offers_expected),
            float(strict and best.offers_expected),
            float(np.log1p(len(query.terms))),
            float(any(term.is_name for term in unknown)),
            max((term.rarity * term.weight for term in unknown), default=0.0),
            float(any(coverage(only, best.context) > 0 for only in head)),
            best.head_matched,
            float(any(term.stem == query.head for term in unknown)),
            float(
                kind is Kind.OTHER and query.asks_which and any(term.stem == query.head for term in unknown)
            ),
            float(kind is Kind.CONTACT and not best.offers_expected),
            float(kind is Kind.NUMBER and counted),
            float(kind is Kind.NUMBER and not counted),
            _missing(names, best.context),
            _missing(numbers, best.context),
            float(best.sentence.role is Role.HEADING),
            best.matched,
            best.matched_with_previous,
            best.matched_by_block,
            float(best.matches.min(initial=1.0)),
            10 * best.similarity * best.covered_in_context,
            10 * outside.nearness(ranking.vector),
        ]
    )


def answerable(row: NDArray[np.float64], *, weights: Mapping[str, float], intercept: float) -> float:
    """Probability, 0 to 1, that the base answers: logistic regression over the row."""
    total = intercept + float(row @ np.array([weights[name] for name in FEATURES]))
    return float(1 / (1 + np.exp(-total)))


def _missing(terms: Sequence[Term], stems: Set[str]) -> float:
    """Share of the terms that a text holds under no name; 0 without any term."""
    held = [term.stem in stems or bool(term.alternatives & stems) for term in terms]
    return 1 - sum(held) / len(held) if held else 0.0


def unknown_terms(index: StoredIndex, ranking: Ranking) -> list[Term]:
    """The question's terms that no allowed passage holds, under any name."""

    def held(stem: str) -> bool:
        return bool(ranking.allowed[index.words.holders(stem)].any())

    return [
        term
        for term in ranking.query.terms
        if not any(held(stem) for stem in (term.stem, *term.alternatives))
    ]


def _common_coverage(query: Query, stems: Set[str]) -> float:
    total = sum(term.rarity * term.weight for term in query.terms)
    held = sum(
        term.rarity * term.weight for term in query.terms if term.stem in stems or term.alternatives & stems
    )
    return held / total if total else 0.0
