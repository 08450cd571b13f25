"""Whether the base answers a question at all: a small calibrated model, not one similarity threshold."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.candidates import coverage
from assistant.choice import Choice
from assistant.expectation import Kind
from index.analysis import tokenize
from index.opened import StoredIndex
from index.query import Query
from index.search import Ranking

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
)
_STRICT_KINDS = {Kind.NUMBER, Kind.DATE, Kind.AGENT, Kind.PLACE, Kind.CONTACT}
_PASSAGES_READ = 3


def answerability_row(
    index: StoredIndex, ranking: Ranking, choices: Sequence[Choice], kind: Kind
) -> NDArray[np.float64]:
    """(len(FEATURES),) what the model weighs."""
    query = ranking.query
    best = choices[0].candidate
    read = [
        set(tokenize(" ".join((index.documents[passage.document_id].title, *passage.headings, passage.text))))
        for passage in (index.passages[position] for position in ranking.best(_PASSAGES_READ))
    ]
    similarities = ranking.passage_similarities[ranking.allowed]
    strict = kind in _STRICT_KINDS
    return np.array(
        [
            max(coverage(query, stems) for stems in read),
            max(_common_coverage(query, stems) for stems in read),
            _unknown(query),
            best.covered,
            best.covered_in_context,
            10 * best.similarity,
            10 * float(similarities.max()),
            float((similarities.max() - similarities.mean()) / (similarities.std() + 1e-6)),
            choices[0].score,
            float(strict and not best.offers_expected),
            float(strict and best.offers_expected),
            float(np.log1p(len(query.terms))),
        ]
    )


def answerable(row: NDArray[np.float64], *, weights: Mapping[str, float], intercept: float) -> float:
    """Probability, 0 to 1, that the base answers: logistic regression over the row."""
    total = intercept + float(row @ np.array([weights[name] for name in FEATURES]))
    return float(1 / (1 + np.exp(-total)))


def _common_coverage(query: Query, stems: set[str]) -> float:
    total = sum(term.rarity for term in query.terms)
    held = sum(term.rarity for term in query.terms if term.stem in stems or term.alternatives & stems)
    return held / total if total else 0.0


def _unknown(query: Query) -> float:
    total = sum(term.rarity for term in query.terms)
    return sum(term.rarity for term in query.terms if not term.known) / total if total else 1.0
