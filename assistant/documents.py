"""The documents of the kit without loading a model: the catalogue, what the index holds, and their check."""

from assistant.library import KitDocument, Library, catalogue_entries
from assistant.settings import Settings
from index.errors import IndexMissing
from index.opened import StoredIndex, open_index
from ingestion.catalogue import read_catalogue
from ingestion.catalogue_check import Finding, check_catalogue


def list_documents(settings: Settings) -> tuple[KitDocument, ...]:
    """Every document; without an index, none is in the base.

    Raises:
        CatalogueError, IndexProblem.
    """
    opened = _open(settings)
    held = opened.documents.values() if opened else ()
    return Library(catalogue_entries(settings.catalogue_path), held).documents


def check_documents(settings: Settings) -> list[Finding]:
    """What is missing or contradictory in the catalogue, its quotes looked up on the indexed pages.

    Raises:
        CatalogueError, IndexProblem.
    """
    opened = open_index(settings.data_dir, embedder_name=settings.embedder)
    return check_catalogue(read_catalogue(settings.catalogue_path), opened.pages.values())


def _open(settings: Settings) -> StoredIndex | None:
    try:
        return open_index(settings.data_dir, embedder_name=settings.embedder)
    except IndexMissing:
        return None
