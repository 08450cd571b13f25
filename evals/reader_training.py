"""Lessons → a trained reader and its two files."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from assistant.reader import Pairing, Segment
from evals.e5_weights import E5Weights
from evals.fit import SEED
from evals.onnx_export import export_model
from evals.reader_lessons import Lesson
from evals.reader_network import LONGEST, Exported, Network
from evals.training import Report, batches, optimise
from evals.written_in_haste import as_written_in_haste
from index.pieces import UNKNOWN, Pieces

FOLDER, NAME = "assistant", "reader"
QUESTIONS = 8  # of a step
MOST_RIGHT, MOST_WRONG = 2, 3  # stretches of a question in a step; one more wrong one is drawn
OWN_LOSS = 0.5  # weight of each stretch judged alone


def train(
    lessons: Sequence[Lesson], weights: E5Weights, *, layers: int, seconds: float, report: Report
) -> Network:
    """A reader trained for so long.

    The loss of a question is that of a choice among its stretches and « none of them », whose score is 0, and
    half that of each stretch judged alone.
    """
    torch.manual_seed(SEED)
    drawn = Random(SEED)
    network = Network(weights, layers=layers)
    pairing = Pairing(Pieces(weights.pieces))
    optimise(
        network,
        (partial(_loss, network, pairing, batch, drawn) for batch in batches(lessons, QUESTIONS, drawn)),
        new=[*network.pooled.parameters(), *network.judged.parameters(), network.segments],
        seconds=seconds,
        report=report,
    )
    return network


def _loss(network: Network, pairing: Pairing, lessons: Sequence[Lesson], drawn: Random) -> Tensor:
    pairs, rights = [], []
    for lesson in lessons:
        question = as_written_in_haste(lesson.question, drawn)
        places = _shown(lesson, drawn)
        pairs += [pairing.pair(question, lesson.stretches[place]) for place in places]
        rights.append(torch.tensor([lesson.right[place] for place in places]))
    none, loss = torch.zeros(1), torch.zeros(())
    of_lessons = network(pairs).float().split([len(right) for right in rights])
    for scores, right in zip(of_lessons, rights, strict=True):
        stated = torch.logsumexp(scores[right], 0) if right.any() else torch.zeros(())
        loss = loss + torch.logsumexp(torch.cat([scores, none]), 0) - stated
        loss = loss + OWN_LOSS * functional.binary_cross_entropy_with_logits(scores, right.float())
    return loss / len(lessons)


def _shown(lesson: Lesson, drawn: Random) -> list[int]:
    """The right stretches, the likeliest wrong ones and one more."""
    right = [place for place, is_right in enumerate(lesson.right) if is_right][:MOST_RIGHT]
    wrong = [place for place, is_right in enumerate(lesson.right) if not is_right]
    return [*right, *wrong[:MOST_WRONG], *drawn.sample(wrong[MOST_WRONG:], min(1, len(wrong[MOST_WRONG:])))]


def export(network: Network, weights: E5Weights, texts: Iterable[str], folder: Path) -> list[Path]:
    """Write the reader's two files below the project's folder; the pieces of these texts are kept."""
    example = (torch.full((2, LONGEST), UNKNOWN), torch.full((2, LONGEST), int(Segment.TEXT)))
    return export_model(
        lambda kept: Exported(network, kept),
        weights,
        texts,
        folder / FOLDER / NAME,
        inputs={"pieces": example[0], "segments": example[1]},
        output="log_odds",
        any_count=True,
        in_blocks=False,
    )
