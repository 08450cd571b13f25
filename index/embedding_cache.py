"""Embeddings kept by content, so that a text whose model and words did not change is never embedded again.

One SQLite file of blobs (no pickle). What a killed ingestion had embedded is kept; a row that is not what was
written is embedded again; a file that is no database any more is started afresh.
"""

import errno
import hashlib
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.embeddings import Embedder, groups_by_length

_TABLE = "CREATE TABLE IF NOT EXISTS embeddings (key BLOB PRIMARY KEY, vector BLOB, checksum INTEGER)"

_ERROR_NUMBERS = {
    sqlite3.SQLITE_FULL: errno.ENOSPC,
    sqlite3.SQLITE_READONLY: errno.EACCES,
    sqlite3.SQLITE_CANTOPEN: errno.EACCES,
}


class EmbeddingCache:
    """Vectors of passages and sentences, by model, revision and text."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._used: set[bytes] = set()

    def embed_passages(
        self,
        embedder: Embedder,
        texts: Sequence[str],
        *,
        progress: Callable[[int, int], None] | None = None,
    ) -> NDArray[np.float32]:
        """(n, dimension) float32 unit rows: those known, and the others embedded and kept.

        `progress` is given the different texts done so far and their total, after each group embedded.
        """
        keys = [_key(embedder, text) for text in texts]
        self._used.update(keys)
        by_key = dict(zip(keys, texts, strict=True))
        known: dict[bytes, NDArray[np.float32]] = {}
        for key in by_key:
            vector = self._read(key, embedder.dimension)
            if vector is not None:
                known[key] = vector
        missing = [key for key in by_key if key not in known]
        for group in groups_by_length([by_key[key] for key in missing]):
            group_keys = [missing[position] for position in group]
            vectors = embedder.embed_passages([by_key[key] for key in group_keys])
            self._write(group_keys, vectors)
            known.update(zip(group_keys, vectors, strict=True))
            if progress:
                progress(len(known), len(by_key))
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(-1, embedder.dimension)

    def forget_unused(self) -> int:
        """Delete the vectors that were not asked for since the cache was opened; how many there were."""
        kept = [row[0] for row in self._connection.execute("SELECT key FROM embeddings")]
        unused = [(key,) for key in kept if key not in self._used]
        if unused:
            with self._connection:
                self._connection.executemany("DELETE FROM embeddings WHERE key = ?", unused)
        return len(unused)

    def __len__(self) -> int:
        return int(self._connection.execute("SELECT count(*) FROM embeddings").fetchone()[0])

    def _read(self, key: bytes, dimension: int) -> NDArray[np.float32] | None:
        found = self._connection.execute("SELECT vector, checksum FROM embeddings WHERE key = ?", (key,))
        row = found.fetchone()
        if row is None or len(row[0]) != 4 * dimension or zlib.crc32(row[0]) != row[1]:
            return None
        return np.frombuffer(row[0], dtype="<f4").astype(np.float32)

    def _write(self, keys: Sequence[bytes], vectors: NDArray[np.float32]) -> None:
        blobs = [vector.astype("<f4").tobytes() for vector in vectors]
        rows = [(key, blob, zlib.crc32(blob)) for key, blob in zip(keys, blobs, strict=True)]
        with self._connection:
            self._connection.executemany("INSERT OR REPLACE INTO embeddings VALUES (?, ?, ?)", rows)


@contextmanager
def open_embedding_cache(file: Path) -> Iterator[EmbeddingCache]:
    """The cache in this file, made if absent.

    Raises: OSError if the file cannot be read or written.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        connection = _connect(file)
        try:
            yield EmbeddingCache(connection)
        finally:
            connection.close()
    except sqlite3.OperationalError as error:
        number = _ERROR_NUMBERS.get(error.sqlite_errorcode & 0xFF, errno.EIO)
        raise OSError(number, str(error), str(file)) from error


def _connect(file: Path) -> sqlite3.Connection:
    try:
        return _checked_connection(file)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:  # damaged: nothing in it that cannot be computed again
        file.unlink()
        file.with_name(f"{file.name}-journal").unlink(missing_ok=True)
        return _checked_connection(file)


def _checked_connection(file: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file)
    try:
        connection.execute("PRAGMA auto_vacuum = FULL")  # what is forgotten is given back to the disk
        connection.execute(_TABLE)
        [answer] = connection.execute("PRAGMA quick_check(1)").fetchone()
        if answer != "ok":
            raise sqlite3.DatabaseError(answer)
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _key(embedder: Embedder, text: str) -> bytes:
    content = "\0".join((embedder.name, embedder.revision, "passage", text))
    return hashlib.sha256(content.encode("utf-8", errors="surrogatepass")).digest()
