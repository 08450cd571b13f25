"""All that answers: the assistant, the recommender and the library, opened from one data directory."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant
from assistant.document_answer import SHOWN, with_documents
from assistant.document_request import is_document_request
from assistant.errors import NoCatalogue
from assistant.library import Library
from assistant.reader import Reader
from assistant.recommend import Recommender
from assistant.recommendation import Filters, Recommendations
from assistant.settings import Settings
from index.embeddings import open_embedder
from index.lexicon import Lexicon
from index.manifest import Manifest
from index.opened import open_index
from index.search import Searcher
from ingestion.catalogue import read_catalogue


@dataclass(frozen=True, slots=True)
class Engine:
    """What the API and the command line call; safe to share between threads."""

    assistant: Assistant
    library: Library
    recommender: Recommender | None  # None: the corpus has no catalogue

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), documents: Collection[str] | None = None
    ) -> Answer:
        """Answer from the whole base, or from the given documents only.

        A question that asks which documents to read gets those that are recommended for it.

        Raises:
            UnknownDocument, NoFile: a document of the filter is not in the base.
        """
        for document_id in documents or ():
            self.library.held(document_id)
        answer = self.assistant.ask(question, history=history, documents=documents or None)
        if self.recommender is None or documents or not is_document_request(question):
            return answer
        return with_documents(answer, self.recommender.recommend(answer.standalone_question, limit=SHOWN))

    def recommend(self, situation: str, *, limit: int, filters: Filters) -> Recommendations:
        """Documents to read for a situation.

        Raises:
            NoCatalogue: nothing can be recommended without one.
        """
        if self.recommender is None:
            raise NoCatalogue
        return self.recommender.recommend(situation, limit=limit, filters=filters)

    @property
    def manifest(self) -> Manifest:
        return self.assistant.index.manifest

    @property
    def index_version(self) -> str:
        """Names one build of the index: its date and the beginning of its corpus's hash."""
        return f"{self.manifest.created_at}-{self.manifest.corpus_hash[:8]}"


def open_engine(
    settings: Settings,
    *,
    with_recommender: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> Engine:
    """Load the index and the models, each once; `progress` follows what the recommender embeds at first.

    Raises:
        index.errors.IndexProblem, CatalogueError.
    """
    index = open_index(settings.data_dir, embedder_name=settings.embedder)
    embedder = open_embedder(settings.embedder, threads=settings.threads)
    searcher = Searcher(index, embedder, Lexicon.of_corpus(settings.lexicon_path))
    catalogue = read_catalogue(settings.catalogue_path) if settings.catalogue_path.exists() else None
    return Engine(
        assistant=Assistant(searcher, Reader(threads=settings.threads), data_dir=settings.data_dir),
        library=Library(catalogue or (), index.documents.values()),
        recommender=Recommender.open(
            catalogue,
            embedder=embedder,
            searcher=searcher,
            data_dir=settings.data_dir,
            progress=progress,
        )
        if catalogue and with_recommender
        else None,
    )
