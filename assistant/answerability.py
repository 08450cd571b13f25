"""Whether the base answers a question at all: a small calibrated model, not one similarity threshold."""

from collections.abc import Mapping, Sequence, Set

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import VALUE_KINDS, coverage
from assistant.disagreement import counts
from assistant.expectation import Kind
from assistant.outside import OutsideMatters
from assistant.reading import Read
from index.analysis import term_set
from index.opened import StoredIndex
from index.query import Query, Term
from index.search import Ranking

# The columns of `answerability_row`, in order.
FEATURES = (
    "covered_by_passage",  # share of the terms, by rarity in the corpus, that one of the best passages holds
    "common_covered",  # the same by rarity in French at large
    "covered_in_context",  # the same of the chosen sentence, its headings and the sentence before
    "sentence_similarity",  # ten times the cosine of the chosen sentence
    "passage_similarity",  # ten times that of the nearest passage
    "stands_out",  # deviations between the best passage's similarity and the mean one's
    "expected_kind_missing",  # 1 when a number, date, name, place or contact is expected and not offered
    "terms",  # log(1 + number of terms)
    "unknown_name",  # 1 when a name of the question stands in no allowed passage
    "noun_unknown",  # 1 when « quel … » asks for a thing that no allowed passage names
    "not_counted",  # for « combien de … »: 1 when the sentence does not count what is asked
    "names_missing",  # share of the question's names that the sentence and its context lack
    "numbers_missing",  # share of the question's numbers that they lack
    "matched_by_block",  # share of the terms that what is shown says, kindred words for their kinship
    "weakest_match",  # how well the sentence says the term that it says least
    "similar_and_covered",  # product of the sentence's similarity and its coverage in context
    "read_best",  # log-odds that a block states what is asked, the highest that the reader gives
    "read_denied",  # what that lacks to SURE_NOT, below which the reader is sure that no block does; else 0
    "read_chosen",  # the log-odds of the chosen block
    "outside",  # ten times the cosine with the nearest of the matters that such documents do not treat
)
# What a feature may say: 1 only for an answer, -1 only against one, 0 either. `cokit fit` keeps to it.
SIGNS = dict.fromkeys(FEATURES, 1) | dict.fromkeys(
    (
        *("expected_kind_missing", "unknown_name", "noun_unknown", "not_counted"),
        *("names_missing", "numbers_missing", "outside"),
    ),
    -1,
)
SIGNS["terms"] = 0
SURE_NOT = -3.0
_PASSAGES_READ = 3


def answerability_row(
    index: StoredIndex,
    ranking: Ranking,
    read: Read,
    kind: Kind,
    *,
    outside: OutsideMatters,
) -> NDArray[np.float64]:
    """(len(FEATURES),) what the model weighs."""
    query = ranking.query
    best, said = read.choices[0].candidate, read.said
    held = [
        term_set(" ".join((index.documents[passage.document_id].title, *passage.headings, passage.text)))
        for passage in (index.passages[position] for position in ranking.best(_PASSAGES_READ))
    ]
    similarities = ranking.passage_similarities[ranking.allowed]
    strict = kind in VALUE_KINDS
    unknown = unknown_terms(index, ranking)
    read_best = float(said.max())
    names = [term for term in query.terms if term.is_name]
    numbers = [term for term in query.terms if term.stem.isdigit()]
    which_unknown = query.asks_which and any(term.stem == query.head for term in unknown)
    return np.array(
        [
            max(coverage(query, stems) for stems in held),
            max(_common_coverage(query, stems) for stems in held),
            best.covered_in_context,
            10 * best.similarity,
            10 * float(similarities.max()),
            float((similarities.max() - similarities.mean()) / (similarities.std() + 1e-6)),
            float(strict and not best.offers_expected),
            float(np.log1p(len(query.terms))),
            float(any(term.is_name for term in unknown)),
            float(kind is Kind.OTHER and which_unknown),
            float(kind is Kind.NUMBER and not counts(best.sentence.text, query)),
            _missing(names, best.context),
            _missing(numbers, best.context),
            best.matched_by_block,
            float(best.matches.min(initial=1.0)),
            10 * best.similarity * best.covered_in_context,
            read_best,
            min(read_best - SURE_NOT, 0.0),
            float(said[0]),
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
