"""What PIAF cannot teach is fitted on the development half of our own questions: headings and lists, the threshold."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Turn
from assistant.answerability import answerability_row
from assistant.blocks import block_around
from assistant.candidates import FEATURES, Candidate, feature_rows, find_candidates
from assistant.choice import choose
from assistant.conversation import standalone
from assistant.expectation import Kind
from assistant.kinds import asked_kind
from evals.fit import Listing
from evals.metrics import facts_hold
from evals.questions import Question
from index.search import Ranking, Searcher

DEVELOPMENT = "development"
MOST_FALSE_REFUSALS = 0.03  # of the answerable development questions, when the threshold is chosen


def asked(searcher: Searcher, question: Question) -> tuple[Ranking, Kind]:
    """A question of the set searched, its earlier turns taken into account."""
    history = [Turn("user", text) for text in question.previous]
    text = standalone(question.text, history, searcher.lexicon)
    ranking = searcher.rank(searcher.read(text))
    return ranking, asked_kind(ranking.query.text)


def candidate_listing(searcher: Searcher, question: Question) -> Listing:
    """The candidates of a question; right are those whose block says all its facts from a right page."""
    ranking, kind = asked(searcher, question)
    candidates = find_candidates(searcher.index, ranking, kind)
    if not candidates:
        return Listing(np.empty((0, len(FEATURES))), np.empty(0, dtype=bool))
    return Listing(
        feature_rows(candidates, kind),
        np.array([_is_right(candidate, question, kind) for candidate in candidates]),
    )


def _is_right(candidate: Candidate, question: Question, kind: Kind) -> bool:
    sentences = block_around(candidate, kind).sentences
    on_right_page = any(
        (candidate.passage.document_id, sentence.page) in question.expected.right_pages for sentence in sentences
    )
    return on_right_page and facts_hold(
        " ".join(sentence.text for sentence in sentences), question.expected.facts
    )


def answerability_rows(
    searcher: Searcher, questions: Sequence[Question], choice: Mapping[str, float]
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The rows of the questions that have one, and which of them must be answered."""
    rows, answered = [], []
    for question in questions:
        ranking, kind = asked(searcher, question)
        if not ranking.query.terms:
            continue
        choices = choose(find_candidates(searcher.index, ranking, kind), kind, weights=choice)
        rows.append(answerability_row(searcher.index, ranking, choices, kind))
        answered.append(not question.expected.refuse)
    return np.array(rows), np.array(answered)


def choose_threshold(
    probabilities: NDArray[np.float64], answered: NDArray[np.bool_], *, most_false: float = MOST_FALSE_REFUSALS
) -> float:
    """The threshold of the best balanced accuracy among those that refuse few answerable questions."""
    allowed = [
        threshold
        for threshold in np.unique(probabilities)
        if np.mean(probabilities[answered] < threshold) <= most_false
    ]
    return float(max(allowed, key=lambda threshold: np.mean(probabilities[~answered] < threshold)))
