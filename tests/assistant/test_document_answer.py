"""A question for documents is answered with the recommended ones."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.engine import Engine
from assistant.library import Library
from assistant.recommend import Recommender
from assistant.settings import read_settings
from index.embeddings import open_embedder
from ingestion.catalogue import read_catalogue


@pytest.fixture(scope="module")
def engine(real_assistant: Assistant, pytestconfig: pytest.Config) -> Engine:
    settings = read_settings()
    catalogue = read_catalogue(settings.catalogue_path)
    searcher = real_assistant.searcher
    recommender = Recommender.open(
        catalogue,
        embedder=open_embedder(),
        searcher=searcher,
        data_dir=pytestconfig.cache.mkdir("ui-embeddings"),
    )
    return Engine(real_assistant, Library(catalogue, searcher.index.documents.values()), recommender)


def test_asking_which_documents_to_read_gives_recommended_documents_with_citations(engine: Engine) -> None:
    answer = engine.ask("Quels documents pour lancer une expérimentation collective chez nous ?")

    assert answer.status == "answered"
    assert [citation.number for citation in answer.citations] == list(range(1, len(answer.citations) + 1))
    assert all(f"[{citation.number}]" in answer.text for citation in answer.citations)
    assert "expérimentation" in answer.text


def test_a_question_about_a_document_is_answered_from_the_pages(engine: Engine) -> None:
    answer = engine.ask("De quand date le référentiel sur la co-construction en territoire ?")

    assert "Documents du kit à lire" not in answer.text


def test_the_filter_on_documents_keeps_the_answer_inside_them(engine: Engine) -> None:
    chosen = next(iter(engine.assistant.index.documents))
    answer = engine.ask("Quels documents pour lancer une expérimentation ?", documents=[chosen])

    assert {citation.document_id for citation in answer.citations} <= {chosen}
    assert Path(engine.assistant.index.documents[chosen].path).suffix == ".pdf"
