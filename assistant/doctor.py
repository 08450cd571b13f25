"""`cokit doctor`: what a maintainer checks first when something does not work."""

import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from importlib.util import find_spec

from assistant.documents import check_documents
from assistant.errors import AddressTaken
from assistant.ingest import hash_of_inputs, is_up_to_date
from assistant.serving import check_address
from assistant.settings import Settings
from index.embeddings import open_embedder
from index.errors import IndexProblem
from index.opened import open_index
from ingestion.catalogue import CatalogueError
from ingestion.errors import IngestionError
from ingestion.pipeline import pdf_files

FREE_BYTES = 500_000_000  # an index, its cache and its successor fit many times over


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at; `message` says what was found, and the remedy when it is wrong."""

    name: str
    passed: bool
    message: str


def run_checks(settings: Settings) -> list[Check]:
    """Every check, in the order in which things depend on each other."""
    return list(_checks(settings))


def checks_to_json(checks: Sequence[Check]) -> str:
    """The checks as JSON."""
    return json.dumps([asdict(check) for check in checks], ensure_ascii=False, indent=2)


def _checks(settings: Settings) -> Iterator[Check]:
    running = ".".join(str(part) for part in sys.version_info[:3])
    yield Check("Python", sys.version_info >= (3, 11), f"{running} (3.11 ou plus récent est nécessaire)")
    torch = "présent : seulement utile à sentence-transformers" if find_spec("torch") else "absent"
    yield Check(
        "cokit", True, f"version {version('cokit')}, {settings.thread_count} fils de calcul, torch {torch}"
    )
    yield _attempt(
        "Documents", lambda: f"{len(pdf_files([settings.documents_dir]))} PDF dans {settings.documents_dir}"
    )
    yield _attempt("Modèle", lambda: _model_state(settings))
    yield _attempt("Index", lambda: _index_state(settings))
    yield _attempt("Catalogue", lambda: _catalogue_state(settings))
    yield _attempt("Port", lambda: _port_state(settings))
    parent = next(
        path
        for path in (settings.data_dir.absolute(), *settings.data_dir.absolute().parents)
        if path.exists()
    )
    free = shutil.disk_usage(parent).free
    yield Check("Disque", free > FREE_BYTES, f"{free / 1e9:.1f} Go libres pour {settings.data_dir}")


def _attempt(name: str, look: Callable[[], str]) -> Check:
    try:
        return Check(name, True, look())
    except (IndexProblem, IngestionError, CatalogueError, AddressTaken) as error:
        return Check(name, False, str(error))


def _model_state(settings: Settings) -> str:
    embedder = open_embedder(settings.embedder)
    embedder.embed_passages(["essai"])  # passages may have weights of their own, loaded when they are needed
    embedder.embed_questions(["essai"])
    return f"{embedder.name} se charge"


def _index_state(settings: Settings) -> str:
    manifest = open_index(settings.data_dir, embedder_name=settings.embedder).manifest
    held = f"{manifest.document_count} documents, {manifest.passage_count} passages, du {manifest.created_at}"
    current = is_up_to_date(manifest, settings, hash_of_inputs(settings, [settings.documents_dir]))
    return held if current else f"{held} ; il ne reflète pas corpus/documents d'aujourd'hui (cokit ingest)"


def _catalogue_state(settings: Settings) -> str:
    wrong = [finding for finding in check_documents(settings) if finding.severity == "erreur"]
    if wrong:
        return f"{len(wrong)} erreurs : cokit documents --check les liste"
    return "sans erreur"


def _port_state(settings: Settings) -> str:
    check_address(settings.host, settings.port)
    return f"{settings.host}:{settings.port} est libre"
