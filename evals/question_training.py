"""Lessons → a trained question encoder and its two files."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from evals.e5_weights import E5Weights
from evals.fit import SEED
from evals.onnx_export import export_model
from evals.question_lessons import QuestionLesson, TaughtCorpus
from evals.question_network import ExportedQuestions, QuestionNetwork
from evals.training import Report, batches, optimise
from evals.written_in_haste import as_written_in_haste
from index.pieces import UNKNOWN, Pieces
from index.question_encoder import in_pieces

FOLDER, NAME = "index", "question_encoder"
QUESTIONS = 32  # of a step, all of one corpus
TEMPERATURE = 0.05  # of the cosines
LEARNED = 0.6  # share of the way from e5 to what training ends with


@dataclass(frozen=True)
class Step:
    """The questions of one step and the corpus that they are asked of."""

    corpus: TaughtCorpus
    lessons: Sequence[QuestionLesson]


def train(
    corpora: Sequence[TaughtCorpus],
    weights: E5Weights,
    *,
    fusion: Mapping[str, float],
    seconds: float,
    report: Report,
) -> QuestionNetwork:
    """A question encoder trained for so long; the passages' vectors stay.

    The loss of a question is that of a choice among the passages of its corpus, by their cosine, among its
    sentences likewise, and among the passages by the fused score, which asks most where words do not help.
    The weights kept lie between those of e5 and the trained ones: better than both on matters that the
    exercises do not have (Wortsman et al. 2022, « Robust fine-tuning of zero-shot models »).
    """
    torch.manual_seed(SEED)
    drawn = Random(SEED)
    network = QuestionNetwork(weights)
    pieces = Pieces(weights.pieces)
    start = {name: weight.clone() for name, weight in network.state_dict().items()}
    optimise(
        network,
        (partial(_loss, network, pieces, fusion, step, drawn) for step in _steps(corpora, drawn)),
        seconds=seconds,
        report=report,
    )
    trained = network.state_dict()
    network.load_state_dict({name: torch.lerp(start[name], trained[name], LEARNED) for name in start})
    return network


def _steps(corpora: Sequence[TaughtCorpus], drawn: Random) -> Iterator[Step]:
    """Without end; the corpora take turns in another order each time."""
    while True:
        steps = []
        for corpus in corpora:
            count = -(-len(corpus.lessons) // QUESTIONS)
            of_corpus = batches(corpus.lessons, QUESTIONS, drawn)
            steps += [Step(corpus, next(of_corpus)) for _ in range(count)]
        yield from drawn.sample(steps, len(steps))


def _loss(
    network: QuestionNetwork, pieces: Pieces, fusion: Mapping[str, float], step: Step, drawn: Random
) -> Tensor:
    corpus, lessons = step.corpus, step.lessons
    asked = [in_pieces(as_written_in_haste(lesson.question, drawn), pieces) for lesson in lessons]
    vectors = functional.normalize(network(asked) - torch.from_numpy(corpus.centre))
    passages = vectors @ torch.from_numpy(corpus.passages).T
    sentences = vectors @ torch.from_numpy(corpus.sentences).T
    owner = torch.from_numpy(corpus.owner).expand(len(lessons), -1)
    best = torch.full_like(passages, -1.0).scatter_reduce(1, owner, sentences, "amax")
    by_words = torch.from_numpy(np.stack([lesson.by_words for lesson in lessons]))
    by_vectors = fusion["passages"] * _standardised(passages) + fusion["sentences"] * _standardised(best)
    right = [lesson.passages for lesson in lessons]
    return (
        _of_choice(passages / TEMPERATURE, right)
        + _of_choice(sentences / TEMPERATURE, [lesson.sentences for lesson in lessons])
        + _of_choice(by_words + by_vectors, right)
    )


def _of_choice(scores: Tensor, right: Sequence[Collection[int]]) -> Tensor:
    """The mean over rows of -log of the probability of the right columns."""
    taken = torch.full_like(scores, -torch.inf)
    for row, columns in enumerate(right):
        taken[row, list(columns)] = 0.0
    return (torch.logsumexp(scores, 1) - torch.logsumexp(scores + taken, 1)).mean()


def _standardised(scores: Tensor) -> Tensor:
    """As the fusion does (`index.fusion`)."""
    variance = scores.var(1, keepdim=True, correction=0)
    return (scores - scores.mean(1, keepdim=True)) / torch.sqrt(variance + 1e-12)


def export(network: QuestionNetwork, weights: E5Weights, texts: Iterable[str], folder: Path) -> list[Path]:
    """Write the encoder's two files below the project's folder; the pieces of these texts are kept."""
    return export_model(
        lambda kept: ExportedQuestions(network, kept),
        weights,
        texts,
        folder / FOLDER / NAME,
        inputs={"pieces": torch.full((1, 40), UNKNOWN)},
        output="vector",
        any_count=False,
        in_blocks=True,
    )
