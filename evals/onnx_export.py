"""A trained network → the two files of a model that a package carries: ONNX in 8 bits, and its pieces."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic  # type: ignore[import-untyped]
from onnxruntime.quantization.matmul_nbits_quantizer import (  # type: ignore[import-untyped]
    MatMulNBitsQuantizer,
)
from torch import Tensor, nn

from evals.e5_weights import E5Weights
from index.analysis import fold
from index.french import common_words
from index.pieces import UNKNOWN, Pieces

BITS, BLOCK = 8, 128  # of a weight; weights that share a scale
EIGHT_BIT_PRODUCTS = 4  # ONNX Runtime's accuracy level: activations in 8 bits too, a scale a block
logging.getLogger().setLevel(logging.WARNING)  # the quantiser's module has set INFO, for every library
COMMON_WORDS = 40_000  # of French, whose pieces are kept


def export_model(
    model_of: Callable[[Sequence[int]], nn.Module],
    weights: E5Weights,
    texts: Iterable[str],
    path: Path,
    *,
    inputs: Mapping[str, Tensor],
    output: str,
    any_count: bool,
    in_blocks: bool,
) -> list[Path]:
    """Write `path`.onnx and `path`_pieces.tsv, the latter with the pieces of these texts.

    With `in_blocks` the scales of the 8 bits are those of blocks: the question encoder's vectors then have a
    cosine of 0.9997 with those of 32 bits, else of 0.996; the reader, whose pieces are many, would take half
    as long again.
    """
    kept = kept_pieces(weights, texts)
    model, pieces = path.with_suffix(".onnx"), path.with_name(f"{path.name}_pieces.tsv")
    model.parent.mkdir(parents=True, exist_ok=True)
    whole = model.with_suffix(".float.onnx")
    free = {1: torch.export.Dim("length")} | ({0: torch.export.Dim("count")} if any_count else {})
    torch.onnx.export(
        model_of(kept).eval(),
        tuple(inputs.values()),
        str(whole),
        input_names=list(inputs),
        output_names=[output],
        dynamic_shapes=dict.fromkeys(inputs, free),
        dynamo=True,
        external_data=False,
        verbose=False,
    )
    (_quantise_in_blocks if in_blocks else _quantise)(whole, model)
    whole.unlink()
    lines = (f"{weights.pieces[number][0]}\t{weights.pieces[number][1]:.3f}\n" for number in kept)
    pieces.write_text("".join(lines), encoding="utf-8")
    return [model, pieces]


def _quantise(whole: Path, model: Path) -> None:
    """One scale for all activations of a product, one for each column of its weights."""
    content = onnx.load(whole)
    del content.graph.value_info[:]  # the shapes of what quantisation replaces
    onnx.save(content, whole)
    quantize_dynamic(
        whole, model, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul", "Gemm"]
    )


def _quantise_in_blocks(whole: Path, model: Path) -> None:
    """One scale for each BLOCK activations and weights."""
    quantised = MatMulNBitsQuantizer(
        onnx.load(whole),
        bits=BITS,
        block_size=BLOCK,
        is_symmetric=True,
        accuracy_level=EIGHT_BIT_PRODUCTS,
    )
    quantised.process()
    quantised.model.save_model_to_file(str(model))


def kept_pieces(weights: E5Weights, texts: Iterable[str]) -> list[int]:
    """The marks, the pieces of the texts and of common French as people write it, and single characters."""
    segmented = Pieces(weights.pieces)
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
