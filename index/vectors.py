"""Unit vectors in FAISS behind llama-index's vector-store interface: nearest rows by inner product.

Exact up to 50,000 rows, HNSW above. Add-only: llama-index's stores lose track of deleted rows, so an index is
always rebuilt whole, from cached embeddings.
"""

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from llama_index.core.vector_stores.types import VectorStoreQuery
from llama_index.vector_stores.faiss import FaissVectorStore
from numpy.typing import NDArray

from index.ranked import Ranked

EXACT_ROWS = 50_000
HNSW_LINKS = 32  # neighbours per node: faiss's own default in its HNSW examples
HNSW_BUILD_WIDTH = 200
HNSW_SEARCH_WIDTH = 256  # candidates kept while searching; FAISS takes k where that is more


class VectorStore:
    """Rows of unit vectors; positions are those of the rows it was built from."""

    def __init__(self, store: FaissVectorStore) -> None:
        self._store = store

    @classmethod
    def build(cls, vectors: NDArray[np.float32], *, exact_rows: int = EXACT_ROWS) -> "VectorStore":
        """Store of (n, d) float32 unit rows."""
        rows, dimension = vectors.shape
        if rows <= exact_rows:
            index: faiss.Index = faiss.IndexFlatIP(dimension)
        else:
            index = faiss.IndexHNSWFlat(dimension, HNSW_LINKS, faiss.METRIC_INNER_PRODUCT)
            index.hnsw.efConstruction = HNSW_BUILD_WIDTH
            index.hnsw.efSearch = HNSW_SEARCH_WIDTH
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(FaissVectorStore(faiss_index=index))

    def __len__(self) -> int:
        return int(self._store.client.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._store.client.d)

    def search(self, vector: NDArray[np.float32], k: int) -> Ranked:
        """The k nearest rows of a (d,) unit vector, best first, with their cosine."""
        if k < 1 or not len(self):
            return Ranked(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32))
        found = self._store.query(VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=k))
        positions = np.array(found.ids, dtype=np.int64)
        scores = np.array(found.similarities, dtype=np.float32)
        order = np.lexsort((positions, -scores))  # FAISS leaves the order of equal scores open
        return Ranked(positions[order], scores[order])

    def rows(self, positions: Sequence[int] | NDArray[np.int64]) -> NDArray[np.float32]:
        """(k, d) vectors at these positions."""
        chosen = np.asarray(positions, dtype=np.int64)
        vectors: NDArray[np.float32] = self._store.client.reconstruct_batch(chosen)
        return vectors

    def write(self, file: Path) -> None:
        """Write the rows to one FAISS file."""
        with file.open("wb") as stream:  # not by FAISS, whose errors do not say that the disk is full
            stream.write(faiss.serialize_index(self._store.client).data)

    @classmethod
    def read(cls, file: Path) -> "VectorStore":
        """The store that `write` wrote; FAISS trusts the bytes, so the caller has checked them."""
        return cls(FaissVectorStore(faiss_index=faiss.read_index(str(file))))
