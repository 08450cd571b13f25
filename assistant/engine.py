"""All that answers: the assistant, the recommender and the library, opened from one data directory."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.library import Library, catalogue_entries
from assistant.settings import Settings
from index.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Engine:
    """What the API and the command line call; safe to share between threads."""

    assistant: Assistant
    library: Library

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), documents: Collection[str] | None = None
    ) -> Answer:
        """Answer from the whole base, or from the given documents only.

        Raises:
            UnknownDocument, NoFile: a document of the filter is not in the base.
        """
        for document_id in documents or ():
            self.library.held(document_id)
        return self.assistant.ask(question, history=history, documents=documents or None)

    @property
    def manifest(self) -> Manifest:
        return self.assistant.index.manifest

    @property
    def index_version(self) -> str:
        """Names one build of the index: its date and the beginning of its corpus's hash."""
        return f"{self.manifest.created_at}-{self.manifest.corpus_hash[:8]}"


def open_engine(settings: Settings) -> Engine:
    """Load the index and the models.

    Raises:
        index.errors.IndexProblem, CatalogueError.
    """
    assistant = Assistant.open(settings.data_dir, embedder=settings.embedder, corpus_dir=settings.corpus_dir)
    entries = catalogue_entries(settings.catalogue_path)
    return Engine(assistant=assistant, library=Library(entries, assistant.index.documents.values()))
