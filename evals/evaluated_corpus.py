"""The corpus under evaluation: brought up to date in its data directory, with the text of its pages."""

from dataclasses import dataclass
from pathlib import Path

from assistant.ingest import ingest_documents
from assistant.settings import Settings, read_settings
from evals.errors import EvaluationError
from evals.metrics import PageReference
from index.build import Progress
from index.opened import open_index


@dataclass(frozen=True, slots=True)
class EvaluatedCorpus:
    """Where the index is, the folder of the PDF files, and what stands on each page."""

    settings: Settings
    documents: Path
    page_texts: dict[PageReference, str]


def open_corpus(corpus_dir: Path | None, *, data_dir: Path | None, progress: Progress) -> EvaluatedCorpus:
    """Ingest the corpus if something changed, and read its pages.

    `corpus_dir` is a folder of PDFs or a folder with `documents/` inside, its catalogue optional; None: the
    corpus of the settings.
    Raises:
        EvaluationError: another corpus without a data directory of its own, or a document that is not read.
        IngestionError, IndexProblem, CatalogueError.
    """
    if corpus_dir is not None and data_dir is None:
        raise EvaluationError(
            "--corpus : donnez aussi --data-dir, un dossier pour l'index de ce corpus. "
            "Celui du kit reste ainsi en place."
        )
    settings = read_settings(corpus_dir=corpus_dir, data_dir=data_dir)
    documents = settings.documents_dir if settings.documents_dir.is_dir() else settings.corpus_dir
    report = ingest_documents(settings, paths=[documents], progress=progress)
    if report.failures:
        messages = "\n".join(f"✗ {failure.message}" for failure in report.failures)
        raise EvaluationError(f"Des documents du corpus ne sont pas lus :\n{messages}")
    index = open_index(settings.data_dir, embedder_name=settings.embedder)
    page_texts = {place: page.text for place, page in index.pages.items()}
    return EvaluatedCorpus(settings, documents, page_texts)
