"""What the development half of our own questions teaches beside PIAF and the exercises.

The threshold of refusal is learned here alone. Figures of this half are of questions held out of the fit that
judges them. The test half is not read here.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from assistant.answer import Turn
from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.answerability import answerability_row
from assistant.candidates import FEATURES, Candidate, feature_rows, find_candidates
from assistant.conversation import standalone
from assistant.expectation import Kind
from assistant.kinds import asked_kind
from assistant.outside import OutsideMatters
from assistant.unanswered import must_not_answer
from evals.errors import EvaluationError
from evals.fit import Labelled, Listing, Mask, Matrix, accuracy_at, fit_listings, folds
from evals.fit_answerability import fit_answerability
from evals.fit_piaf import Judging
from evals.metrics import facts_hold
from evals.questions import Question
from index.search import SCORINGS, Ranking, Searcher

DEVELOPMENT = "development"
FUSION_PENALTY = 0.02  # of what the weights of PIAF's fusion move
CHOICE_PENALTY = 0.2  # of what those of its choice of the sentence do
_FEWEST = 2  # questions of a class, so that one can be held out


def development_half(questions: Sequence[Question]) -> list[Question]:
    """The questions that may be tuned on.

    Raises:
        EvaluationError: fewer than two to answer or two to refuse.
    """
    half = [question for question in questions if question.half == DEVELOPMENT]
    to_refuse = sum(question.expected.refuse for question in half)
    if min(to_refuse, len(half) - to_refuse) < _FEWEST:
        raise EvaluationError(
            "« cokit fit » règle le refus sur la moitié « development » des questions : "
            f"il en faut au moins {_FEWEST} qui ont leur réponse et {_FEWEST} à refuser."
        )
    return half


def asked(searcher: Searcher, question: Question) -> tuple[Ranking, Kind]:
    """A question of the set searched, its earlier turns taken into account."""
    turns = (*question.history, *(("user", text) for text in question.previous))
    history = [Turn(role, content) for role, content in turns]  # type: ignore[arg-type]
    text = standalone(question.text, history, searcher.lexicon)
    ranking = searcher.rank(searcher.read(text))
    return ranking, asked_kind(ranking.query.text)


def passage_listing(searcher: Searcher, question: Question) -> Listing:
    """The passages with their scorings, before fusion; right are those that touch a right page."""
    ranking, _ = asked(searcher, question)
    features = np.stack([ranking.scorings[name] for name in SCORINGS], axis=1).astype(float)
    right = [
        any((passage.document_id, page) in question.expected.right_pages for page in pages)
        for passage in searcher.index.passages
        for pages in [range(passage.page, passage.page_end + 1)]
    ]
    return Listing(features, np.array(right))


def candidate_listing(searcher: Searcher, question: Question) -> Listing:
    """The candidates of a question; right are those whose block says all its facts from a right page."""
    ranking, kind = asked(searcher, question)
    candidates = find_candidates(searcher.index, ranking, kind)
    if not candidates:
        return Listing(np.empty((0, len(FEATURES))), np.empty(0, dtype=bool))
    return Listing(
        feature_rows(candidates, kind),
        np.array([is_right(candidate, question) for candidate in candidates]),
    )


def is_right(candidate: Candidate, question: Question) -> bool:
    """Whether what is shown with a candidate says all the facts from a right page."""
    sentences = candidate.block.sentences
    on_right_page = any(
        (candidate.passage.document_id, sentence.page) in question.expected.right_pages
        for sentence in sentences
    )
    return on_right_page and facts_hold(
        " ".join(sentence.text for sentence in sentences), question.expected.facts
    )


def refit(
    listings: Sequence[Listing],
    *,
    start: Matrix,
    penalty: float,
    free: Mask | None = None,
    signs: Matrix | None = None,
) -> Matrix:
    """(features,) weights drawn from a start towards listings; the start where these teach nothing."""
    if not any(listing.right.any() for listing in listings):
        return start
    return fit_listings(listings, start=start, free=free, signs=signs, penalty=penalty)


def held_out_accuracy(
    k: int,
    listings: Sequence[Listing],
    *,
    start: Matrix,
    penalty: float,
    signs: Matrix | None = None,
) -> float:
    """`accuracy_at` k of `refit`, each listing judged by weights that were fitted without it."""
    right = 0.0
    for fitted, held_out in folds(np.ones(len(listings), dtype=bool)):
        weights = refit([listings[place] for place in fitted], start=start, penalty=penalty, signs=signs)
        right += accuracy_at(k, [listings[place] for place in held_out], weights) * len(held_out)
    return right / len(listings)


@dataclass(frozen=True, slots=True)
class Judged:
    """The development questions as the answerability model sees them.

    `rows` (m, features) are of the m questions that reach the model; the others are refused before it.
    """

    rows: Matrix
    reaches: Mask  # (n,)
    answered: Mask  # (n,) whether it must be answered

    @property
    def labelled(self) -> Labelled:
        """Those that reach the model."""
        return Labelled(self.rows, self.answered[self.reaches])

    def probabilities(self, of_rows: Matrix) -> Matrix:
        """(n,) from (m,): 0 for what never reaches the model."""
        found = np.zeros(len(self.reaches))
        found[self.reaches] = of_rows
        return found


def judge(searcher: Searcher, questions: Sequence[Question], judging: Judging) -> Judged:
    """The answerability row of each question that the assistant would give to its model."""
    rows, reaches = [], []
    outside = OutsideMatters(searcher)
    for question in questions:
        ranking, kind = asked(searcher, question)
        must_not = must_not_answer(question.text, ranking.query)
        read = None if must_not else judging.read(searcher.index, ranking, kind)
        reaches.append(read is not None)
        if read:
            rows.append(answerability_row(searcher.index, ranking, read, kind, outside=outside))
    return Judged(
        np.array(rows).reshape(-1, len(ANSWERABILITY_FEATURES)),
        np.array(reaches),
        np.array([not question.expected.refuse for question in questions]),
    )


def held_out_probabilities(judged: Judged, *others: Labelled) -> Matrix:
    """(n,) each question judged by a model that was fitted without it; 0 where none is asked."""
    own = judged.labelled
    found = np.zeros(len(own.rows))
    for fitted, held_out in folds(own.positive):
        model = fit_answerability(Labelled(own.rows[fitted], own.positive[fitted]), *others)
        found[held_out] = model.probabilities(own.rows[held_out])
    return judged.probabilities(found)


@dataclass(frozen=True, slots=True)
class Rates:
    """What a threshold does: shares of the answerable questions refused, and of the others caught."""

    false_refusals: float
    caught: float


def rates_at(threshold: float, probabilities: Matrix, answered: Mask) -> Rates:
    """Refused is what lies below the threshold."""
    refused = probabilities < threshold
    return Rates(float(refused[answered].mean()), float(refused[~answered].mean()))


def choose_threshold(probabilities: Matrix, answered: Mask, *, most_false: float) -> float:
    """The threshold that catches most among those that refuse few answerable questions."""
    allowed = [
        float(threshold)
        for threshold in np.unique(probabilities)
        if rates_at(threshold, probabilities, answered).false_refusals <= most_false
    ]
    return max(allowed, key=lambda threshold: rates_at(threshold, probabilities, answered).caught)
