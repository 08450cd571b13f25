"""Generations: an index is written whole beside the one in use, then one rename makes it the current one.

data/index/
├── current.json              the pointer: which generation serves, its manifest's sha256, the one before it
├── lock                      held by the process that ingests; a killed process lets go of it
└── generations/<id>/         manifest.json and the files whose sha256 it lists

A process killed at any moment leaves the pointer on a generation that is complete on the disk. What it had
begun is in no pointer, and the next ingestion removes it.
"""

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from index.manifest import FORMAT_VERSION, Manifest

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """Which generation serves."""

    generation: str
    manifest_sha256: str
    previous: str | None  # kept: a server may be opening it


@contextmanager
def writing(data_dir: Path) -> Iterator[None]:
    """Hold the right to write the index of this data folder.

    On the way in and out, every generation is removed but the current one and the one before it: what a
    killed or failed ingestion left, and what is too old.
    Raises: IndexBusy if another process or thread holds it.
    """
    _index_dir(data_dir).mkdir(parents=True, exist_ok=True)
    with (_index_dir(data_dir) / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise IndexBusy(data_dir) from error
        _remove_unreferenced(data_dir)
        try:
            yield
        finally:
            _remove_unreferenced(data_dir)


def new_generation(data_dir: Path) -> Path:
    """An empty folder for an index to be written in."""
    identifier = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"
    folder = _generations(data_dir) / identifier
    folder.mkdir(parents=True)
    return folder


def sha256_of_files(folder: Path) -> dict[str, str]:
    """The sha256 of every file below a folder, by its path inside it."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): _sha256(path) for path in files}


def publish(data_dir: Path, folder: Path, manifest: Manifest) -> None:
    """Make a written generation the current one, in one step."""
    content = manifest.to_json().encode()
    (folder / MANIFEST).write_bytes(content)
    for path in (*folder.rglob("*"), folder, folder.parent):
        _sync(path)
    previous = _readable_pointer(data_dir)
    pointer = Pointer(
        generation=folder.name,
        manifest_sha256=hashlib.sha256(content).hexdigest(),
        previous=previous.generation if previous else None,
    )
    _replace(_index_dir(data_dir) / "current.json", json.dumps(asdict(pointer)))


def read_pointer(data_dir: Path) -> Pointer:
    """Which generation serves.

    Raises: IndexMissing, IndexDamaged.
    """
    file = _index_dir(data_dir) / "current.json"
    try:
        return Pointer(**json.loads(file.read_bytes()))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(data_dir) from error
    except (OSError, ValueError, TypeError) as error:
        raise IndexDamaged(file, "n'est pas lisible") from error


def open_generation(data_dir: Path, pointer: Pointer) -> tuple[Path, Manifest]:
    """The folder of a generation and its manifest, once every file is what ingestion wrote.

    Raises: IndexOutdated, IndexDamaged.
    """
    folder = _generations(data_dir) / pointer.generation
    _check(folder / MANIFEST, pointer.manifest_sha256)
    content = (folder / MANIFEST).read_text(encoding="utf-8")
    found = json.loads(content).get("format_version")
    if found != FORMAT_VERSION:
        raise IndexOutdated(data_dir, found=found, expected=FORMAT_VERSION)
    manifest = Manifest.from_json(content)
    for name, sha256 in manifest.files.items():
        _check(folder / name, sha256)
    return folder, manifest


def _check(file: Path, sha256: str) -> None:
    try:
        found = _sha256(file)
    except FileNotFoundError as error:
        raise IndexDamaged(file, "est absent") from error
    except OSError as error:
        raise IndexDamaged(file, "ne peut pas être lu") from error
    if found != sha256:
        raise IndexDamaged(file, "a été modifié depuis l'ingestion (sha256 différent)")


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _replace(file: Path, content: str) -> None:
    draft = file.with_name(f"{file.name}.draft")
    draft.write_text(content, encoding="utf-8")
    _sync(draft)
    draft.replace(file)
    _sync(file.parent)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _remove_unreferenced(data_dir: Path) -> None:
    pointer = _readable_pointer(data_dir)
    kept = {pointer.generation, pointer.previous} if pointer else set()
    if _generations(data_dir).is_dir():
        for folder in _generations(data_dir).iterdir():
            if folder.name not in kept:
                shutil.rmtree(folder)


def _readable_pointer(data_dir: Path) -> Pointer | None:
    try:
        return read_pointer(data_dir)
    except (IndexMissing, IndexDamaged):
        return None


def _index_dir(data_dir: Path) -> Path:
    return data_dir / "index"


def _generations(data_dir: Path) -> Path:
    return _index_dir(data_dir) / "generations"
