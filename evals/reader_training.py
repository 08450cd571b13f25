"""Lessons → a trained network → the two files of the reader."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from torch import Tensor, nn
from torch.nn import functional

from assistant.pieces import Pieces
from assistant.reader import UNKNOWN, Pairing, Segment
from evals.e5_weights import E5Weights
from evals.fit import SEED
from evals.reader_lessons import Lesson, as_written_in_haste
from evals.reader_network import LONGEST, Exported, Network
from index.analysis import fold
from index.french import common_words

MODEL_FILE, PIECES_FILE = Path("assistant/reader.onnx"), Path("assistant/reader_pieces.tsv")
QUESTIONS = 8  # of a step
RATE, RATE_OF_HEAD = 1e-4, 5e-4  # AdamW's, at their highest
WARM_UP = 200  # steps
MOST_RIGHT, MOST_WRONG = 2, 3  # stretches of a question in a step; one more wrong one is drawn
OWN_LOSS = 0.5  # weight of each stretch judged alone
COMMON_WORDS = 40_000  # of French, whose pieces are kept

Report = Callable[[float, float], None]  # share of the time, loss


def train(
    lessons: Sequence[Lesson], weights: E5Weights, *, layers: int, seconds: float, report: Report
) -> Network:
    """A network trained for so long; the rate falls to zero with the time that is left.

    The loss of a question is that of a choice among its stretches and « none of them », whose score is 0, and
    half that of each stretch judged alone. Weights are in bfloat16 while the optimiser keeps them in float32.
    """
    torch.manual_seed(SEED)
    drawn = Random(SEED)
    network = Network(weights, layers=layers).bfloat16()
    pairing = Pairing(Pieces(weights.pieces, unknown=UNKNOWN))
    trained = [parameter for parameter in network.parameters() if parameter.requires_grad]
    exact = [parameter.detach().float().requires_grad_() for parameter in trained]
    head = {id(one) for one in (*network.pooled.parameters(), *network.judged.parameters(), network.segments)}
    groups: list[dict[str, Any]] = [
        {"params": [copy for one, copy in zip(trained, exact, strict=True) if (id(one) in head) is in_head]}
        for in_head in (False, True)
    ]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    started = monotonic()
    for step, batch in enumerate(_batches(lessons, drawn), start=1):
        done = (monotonic() - started) / seconds
        if done >= 1:
            break
        for group, rate in zip(optimiser.param_groups, (RATE, RATE_OF_HEAD), strict=True):
            group["lr"] = rate * min(1.0, step / WARM_UP) * (1 - done)
        loss = _loss(network, pairing, batch, drawn)
        loss.backward()  # type: ignore[no-untyped-call]
        for parameter, copy in zip(trained, exact, strict=True):
            copy.grad = None if parameter.grad is None else parameter.grad.float()
            parameter.grad = None
        nn.utils.clip_grad_norm_(exact, 1.0)
        optimiser.step()
        with torch.no_grad():
            for parameter, copy in zip(trained, exact, strict=True):
                parameter.copy_(copy)
        report(done, loss.item())
    network.float()
    with torch.no_grad():
        for parameter, copy in zip(trained, exact, strict=True):
            parameter.copy_(copy)
    return network.eval()


def _batches(lessons: Sequence[Lesson], drawn: Random) -> Iterable[list[Lesson]]:
    """QUESTIONS lessons at a time, in another order at each turn, without end."""
    while True:
        order = drawn.sample(lessons, len(lessons))
        for start in range(0, len(order), QUESTIONS):
            yield order[start : start + QUESTIONS]


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
    kept = kept_pieces(weights, texts)
    model, pieces = folder / MODEL_FILE, folder / PIECES_FILE
    model.parent.mkdir(parents=True, exist_ok=True)
    whole = model.with_suffix(".float.onnx")
    example = (torch.full((2, LONGEST), UNKNOWN), torch.full((2, LONGEST), int(Segment.TEXT)))
    names = ("pieces", "segments")
    pairs, length = torch.export.Dim("pairs"), torch.export.Dim("length")
    torch.onnx.export(
        Exported(network, kept).eval(),
        example,
        str(whole),
        input_names=list(names),
        output_names=["log_odds"],
        dynamic_shapes={name: {0: pairs, 1: length} for name in names},
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    _forget_shapes(whole)
    quantize_dynamic(
        whole, model, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"]
    )
    whole.unlink()
    lines = (f"{weights.pieces[number][0]}\t{weights.pieces[number][1]:.3f}\n" for number in kept)
    pieces.write_text("".join(lines), encoding="utf-8")
    return [model, pieces]


def _forget_shapes(file: Path) -> None:
    """The shapes that the export wrote are not those of what quantisation puts in; it finds them again."""
    model = onnx.load(file)
    del model.graph.value_info[:]
    onnx.save(model, file)


def kept_pieces(weights: E5Weights, texts: Iterable[str]) -> list[int]:
    """The marks, the pieces of the texts and of common French as people write it, and single characters."""
    segmented = Pieces(weights.pieces, unknown=UNKNOWN)
    kept = set(range(UNKNOWN + 1))
    common = common_words(COMMON_WORDS)
    for text in (*texts, *common, *(word.capitalize() for word in common)):
        for written in (text, text.lower(), fold(text)):
            for word in written.split():
                kept.update(segmented.of(word))
    kept.update(
        number
        for number, (piece, _) in enumerate(weights.pieces)
        if len(piece) == 1 or (len(piece) <= 3 and set(piece) <= set("▁0123456789"))
        if ord(piece[-1]) < 0x2300 or piece[-1] == "▁"
    )
    return sorted(kept)
