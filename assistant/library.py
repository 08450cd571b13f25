"""The kit's documents: what the catalogue lists joined with what the base holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import NoFile, UnknownDocument
from ingestion.catalogue import CatalogueEntry, read_catalogue
from ingestion.document import Document


@dataclass(frozen=True, slots=True)
class KitDocument:
    """One document: its catalogue entry, its file in the base, or both."""

    id: str
    entry: CatalogueEntry | None
    held: Document | None


class Library:
    """Every document by its id: those of the catalogue in its order, then those that it does not know."""

    def __init__(self, entries: Iterable[CatalogueEntry], held: Iterable[Document]) -> None:
        held_by_id = {document.id: document for document in held}
        listed = [KitDocument(entry.id, entry, held_by_id.pop(entry.id, None)) for entry in entries]
        others = [KitDocument(document.id, None, document) for document in held_by_id.values()]
        self._by_id = {document.id: document for document in (*listed, *others)}

    @property
    def documents(self) -> tuple[KitDocument, ...]:
        return tuple(self._by_id.values())

    @property
    def held_count(self) -> int:
        return sum(document.held is not None for document in self._by_id.values())

    def find(self, document_id: str) -> KitDocument:
        """The document of that id.

        Raises:
            UnknownDocument: there is none.
        """
        if document_id not in self._by_id:
            raise UnknownDocument(document_id)
        return self._by_id[document_id]

    def held(self, document_id: str) -> Document:
        """What the base holds of a document.

        Raises:
            UnknownDocument, NoFile.
        """
        document = self.find(document_id).held
        if document is None:
            raise NoFile(document_id)
        return document

    def file(self, document_id: str) -> Path:
        """The PDF of a document, checked to be still there.

        Raises:
            UnknownDocument, NoFile.
        """
        path = self.held(document_id).path
        if not path.is_file():
            raise NoFile(document_id)
        return path


def catalogue_entries(path: Path) -> tuple[CatalogueEntry, ...]:
    """The catalogue's entries; none where the corpus has no catalogue (any folder of PDFs will do).

    Raises:
        CatalogueError: there is a catalogue and it cannot be read.
    """
    if not path.exists():
        return ()
    return read_catalogue(path).entries
