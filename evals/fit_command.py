"""The order of `cokit fit`: what is learned from which half, and the figures that it reaches.

1 fusion, 2 choice of the sentence: half 0 of PIAF, then drawn towards the development half of our
questions; lists and what else PIAF does not have are learned from the exercises in between. 3 what the
reader's word adds to a choice: half 0 of PIAF and the exercises. 4 answerability: the same with the
development half. 5 threshold: the development half. Only what the reader was not trained on teaches 3 and 4,
and only such exercises 2. Weights are rounded, as they are written, before anything is measured with them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.candidates import SIGNS
from assistant.reading import Reading
from evals.exercises import ExerciseCorpus
from evals.fit import LISTING_PENALTY, Listing, Logistic, Matrix, accuracy_at, auroc, fit_listings
from evals.fit_answerability import fit_answerability
from evals.fit_corpora import FitCorpora
from evals.fit_exercises import exercise_listings, exercise_rows
from evals.fit_own import (
    CHOICE_PENALTY,
    FUSION_PENALTY,
    Judged,
    Rates,
    candidate_listing,
    choose_threshold,
    development_half,
    held_out_accuracy,
    held_out_probabilities,
    judge,
    passage_listing,
    rates_at,
    refit,
)
from evals.fit_piaf import (
    REFUSALS,
    Judging,
    Searched,
    counting,
    labelled_rows,
    passage_listings,
    refusal_auroc,
    refusal_rows,
    sentence_listings,
    taught,
    unread,
)
from evals.fit_reading import (
    RememberedReadings,
    fit_reading,
    read_exercises,
    read_listings,
    read_questions,
)
from evals.piaf import read_piaf, sampled
from evals.questions import Question
from evals.taught import is_taught_exercise
from index.build import Progress
from index.embeddings import Embedder
from index.lexicon import Lexicon
from index.opened import StoredIndex
from index.search import SCORINGS, Searcher

CHOICE_SIGNS = np.array([SIGNS[name] for name in CHOICE_FEATURES], dtype=np.float64)
DECIMALS = 3  # of a weight
THRESHOLD_DECIMALS = 4
OTHER_FALSE_REFUSALS = (0.01, 0.02, 0.03, 0.05, 0.1)  # shown beside what is asked
PASSAGES_AT, SENTENCES_AT = (1, 5), (1, 2, 3)
OF_PIAF = ", PIAF"  # marks a figure of the weights before our questions moved them


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure on PIAF's fitted half, on its checked half and on our development half; None: not there."""

    name: str
    fitted: float | None
    checked: float | None
    development: float | None


@dataclass(frozen=True, slots=True)
class Threshold:
    """The threshold for so many false refusals, and its rates where each question was held out or seen."""

    most_false_refusals: float
    value: float
    held_out: Rates
    seen: Rates


@dataclass(frozen=True, slots=True)
class Drawn:
    """(features,) weights, those drawn from there towards our questions, and what held them."""

    start: Matrix
    weights: Matrix
    penalty: float
    signs: Matrix | None


@dataclass(frozen=True, slots=True)
class Fit:
    """What was learned: the weights before our questions moved them, those retained, the figures of both."""

    piaf_fusion: Mapping[str, float]
    fusion: Mapping[str, float]
    piaf_choice: Mapping[str, float]
    choice: Mapping[str, float]
    reading: float
    piaf_answerability: Logistic
    answerability: Logistic
    retained: Threshold
    thresholds: tuple[Threshold, ...]  # with what others would do
    retrieval: tuple[Figure, ...]
    answers: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """What is learned from: a file of PIAF with a share of its questions, and our own questions and index."""

    piaf: Path
    share: float
    questions: Sequence[Question]
    index: StoredIndex
    lexicon: Lexicon
    embedder: Embedder
    reader: Reading
    exercises: Sequence[ExerciseCorpus]


def fit_everything(
    sources: Sources,
    *,
    data_dir: Path,
    most_false_refusals: float,
    progress: Progress,
) -> Fit:
    """Learn every weight, in the order above; the indexes of PIAF are kept in `data_dir`.

    Raises:
        PiafFileError, EvaluationError, index.errors.IndexProblem.
    """
    corpora = sampled(read_piaf(sources.piaf), sources.share)
    exercises = [one for one in sources.exercises if not is_taught_exercise(one.name)]
    questions = development_half(sources.questions)
    answerable = [question for question in questions if not question.expected.refuse]
    opened = FitCorpora.open(
        corpora,
        exercises,
        data_dir=data_dir,
        embedder=sources.embedder,
        lexicon=sources.lexicon,
        progress=progress,
    )
    count = sum(len(piaf.questions) for piaf in corpora)

    def searching(weights: Mapping[str, float]) -> tuple[tuple[list[Searched], list[Searched]], Searcher]:
        own = Searcher(sources.index, opened.embedder, sources.lexicon, weights=weights)
        return opened.piaf(weights), own

    halves, own = searching(dict.fromkeys(SCORINGS, 1.0))
    step = counting("Passages", count, progress)
    passages = [passage_listings(half, step=step) for half in halves]
    own_passages = [passage_listing(own, question) for question in answerable]
    drawn_fusion = _drawn(fit_listings(passages[0]), own_passages, penalty=FUSION_PENALTY)
    fusion = _named(SCORINGS, drawn_fusion.weights)

    halves, own = searching(fusion)
    step = counting("Phrases", count, progress)
    sentences = [sentence_listings(half, step=step) for half in halves]
    own_sentences = [candidate_listing(own, question) for question in answerable]
    from_piaf = taught(sentences[0])
    of_piaf = fit_listings(sentences[0], free=from_piaf, signs=CHOICE_SIGNS)
    practised = exercise_listings(opened.exercises(fusion))
    drawn_choice = _drawn(
        refit(practised, start=of_piaf, free=~from_piaf, penalty=LISTING_PENALTY, signs=CHOICE_SIGNS),
        own_sentences,
        penalty=CHOICE_PENALTY,
        signs=CHOICE_SIGNS,
    )
    choice = _named(CHOICE_FEATURES, drawn_choice.weights)

    halves = unread(halves[0]), halves[1]
    practising = opened.exercises(fusion)
    judging = Judging(RememberedReadings(sources.reader), choice)
    step = counting("Lectures", _count(halves), progress)
    readings = [read_listings(half, judging, step=step) for half in halves]
    own_readings = read_questions(own, answerable, judging)
    reading_weights = fit_reading([*readings[0], *read_exercises(practising, judging)]).round(DECIMALS)
    judging = replace(judging, reading=float(reading_weights[1]))
    step = counting("Refus", _count(halves), progress)
    rows = [refusal_rows(half, judging, step=step) for half in halves]
    piaf_rows = labelled_rows(rows[0])
    others = [piaf_rows, exercise_rows(practising, judging)]
    judged = judge(own, questions, judging)
    piaf_model = _rounded(fit_answerability(piaf_rows))
    model = _rounded(fit_answerability(judged.labelled, *others))
    held_out = held_out_probabilities(judged, *others)
    thresholds = [
        _threshold(allowed, held_out, judged, model)
        for allowed in sorted({most_false_refusals, *OTHER_FALSE_REFUSALS})
    ]
    [retained] = [tried for tried in thresholds if tried.most_false_refusals == most_false_refusals]

    return Fit(
        piaf_fusion=_named(SCORINGS, drawn_fusion.start),
        fusion=fusion,
        piaf_choice=_named(CHOICE_FEATURES, drawn_choice.start),
        choice=choice,
        reading=judging.reading,
        piaf_answerability=piaf_model,
        answerability=model,
        retained=retained,
        thresholds=tuple(thresholds),
        retrieval=tuple(_listing_figures("recall", PASSAGES_AT, passages, own_passages, drawn_fusion)),
        answers=(
            *_listing_figures("sentence", SENTENCES_AT, sentences, own_sentences, drawn_choice),
            *_reading_figures((*readings, own_readings), reading_weights),
            *_answerability_figures(rows, judged, piaf_model, model, held_out),
        ),
    )


def _listing_figures(
    name: str,
    depths: Sequence[int],
    halves: Sequence[Sequence[Listing]],
    own: Sequence[Listing],
    drawn: Drawn,
) -> list[Figure]:
    """With PIAF's weights and with those retained; on our questions the latter are of weights held out."""
    fitted, checked = halves
    of_piaf = [
        Figure(
            f"{name}@{k}{OF_PIAF}",
            *(accuracy_at(k, listings, drawn.start) for listings in (fitted, checked, own)),
        )
        for k in depths
    ]
    retained = [
        Figure(
            f"{name}@{k}",
            accuracy_at(k, fitted, drawn.weights),
            accuracy_at(k, checked, drawn.weights),
            held_out_accuracy(k, own, start=drawn.start, penalty=drawn.penalty, signs=drawn.signs),
        )
        for k in depths
    ]
    return [*of_piaf, *retained]


def _reading_figures(listings: Sequence[Sequence[Listing]], weights: Matrix) -> list[Figure]:
    """Among the blocks that are read, as they are chosen and once they are."""
    without = np.array([1.0, 0.0])
    return [
        Figure(f"{name}@1", *(accuracy_at(1, half, used) for half in listings))
        for name, used in (("unread", without), ("read", weights))
    ]


def _answerability_figures(
    halves: Sequence[Mapping[str, Matrix]],
    judged: Judged,
    piaf_model: Logistic,
    model: Logistic,
    held_out: Matrix,
) -> list[Figure]:
    """The same for the AUROC of answerability; our own refusals count as one sort."""
    fitted, checked = halves
    of_piaf = judged.probabilities(piaf_model.probabilities(judged.rows))
    figures = []
    for origin, used, probabilities in ((OF_PIAF, piaf_model, of_piaf), ("", model, held_out)):
        for refusal in REFUSALS:
            on_halves = refusal_auroc(used, fitted, refusal), refusal_auroc(used, checked, refusal)
            figures.append(Figure(f"auroc {refusal}{origin}", *on_halves, None))
        own = auroc(probabilities[judged.answered], probabilities[~judged.answered])
        figures.append(Figure(f"auroc own{origin}", None, None, own))
    return figures


def _drawn(start: Matrix, own: Sequence[Listing], *, penalty: float, signs: Matrix | None = None) -> Drawn:
    rounded = start.round(DECIMALS)
    weights = refit(own, start=rounded, penalty=penalty, signs=signs).round(DECIMALS)
    return Drawn(rounded, weights, penalty, signs)


def _threshold(allowed: float, held_out: Matrix, judged: Judged, model: Logistic) -> Threshold:
    """Chosen on questions held out: on those that the model has seen it would be too high for new ones."""
    value = _rounded_down(choose_threshold(held_out, judged.answered, most_false=allowed))
    seen = judged.probabilities(model.probabilities(judged.rows))
    return Threshold(
        allowed, value, rates_at(value, held_out, judged.answered), rates_at(value, seen, judged.answered)
    )


def _named(names: Sequence[str], weights: Matrix) -> dict[str, float]:
    return dict(zip(names, weights.tolist(), strict=True))


def named_answerability(model: Logistic) -> dict[str, float]:
    """The weights by feature name, without the intercept."""
    return _named(ANSWERABILITY_FEATURES, model.weights)


def _rounded(model: Logistic) -> Logistic:
    return Logistic(model.weights.round(DECIMALS), round(model.intercept, DECIMALS))


def _rounded_down(threshold: float) -> float:
    """So that the question that gave it stays above."""
    scale = 10**THRESHOLD_DECIMALS
    return float(np.floor(threshold * scale) / scale)


def _count(halves: Sequence[Sequence[Searched]]) -> int:
    return sum(len(one.piaf.questions) for half in halves for one in half)
