"""A small kit ingested for real once and the API over it; an index of four passages; the real corpus's."""

import shutil
import socket
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from hashlib import sha256
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import httpx
import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from assistant.api import create_app
from assistant.assistant import Assistant
from assistant.ingest import ingest_documents
from assistant.settings import Settings, read_settings
from index.analysis import tokenize
from index.build import build_index
from index.lexicon import Lexicon
from index.opened import StoredIndex, open_index
from index.search import Ranking, Searcher
from index.term_matches import TermMatcher
from ingestion.document import Corpus, Document, Page, Passage, Role, Sentence

PROGRAMME = (
    (
        "Le programme",
        "Le programme du parcours est piloté par un Comité de 3 partenaires : CGET, Le RAMEAU et FNCE.",
        "Le parcours d’expérience dure 9 mois et réunit 12 territoires pilotes.",
    ),
    ("Les sessions", "La première session collective est prévue le 3 mai 2018 au CGET à Paris."),
)
STUDY = (
    (
        "Le cadre de l’étude",
        "L’étude porte sur un échantillon de 200 personnes de la communauté des pionniers.",
        "Elle compte 52 répondants, soit un taux de réponse de 25 %.",
    ),
)
CATALOGUE = """\
documents:
- id: programme
  title: "Le programme du parcours d’expérience"
  authors: [Le RAMEAU, CGET]
  year: 2018
  nature: méthode
  section: "Se former"
  parcours: [animer]
  kind: programme
  file: documents/programme.pdf
  abstract: "Décrit le parcours d’expérience."
  topics: [se former]
- id: guide-absent
  title: "Un guide que le kit cite"
  authors: [MEDEF]
  year: 2014
  years: [2013, 2014]
  nature: boîte à outils
  section: ""
  parcours: [accompagner]
  kind: guide
  abstract: "Un guide sur les partenariats."
  topics: [partenariats]
"""


def write_pdf(path: Path, pages: tuple[tuple[str, ...], ...], *, title: str = "") -> Path:
    """A PDF whose pages hold a heading and lines of text."""
    drawing = canvas.Canvas(str(path), pagesize=A4)
    drawing.setTitle(title)
    for heading, *lines in pages:
        drawing.setFont("Helvetica-Bold", 20)
        drawing.drawString(60, 760, heading)
        drawing.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            drawing.drawString(60, 720 - 18 * number, line)
        drawing.showPage()
    drawing.save()
    return path


@pytest.fixture(scope="session")
def kit_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of a corpus that is ingested: `programme` (2 pages), `etude` (1 page, not catalogued)."""
    root = tmp_path_factory.mktemp("kit")
    documents = root / "corpus" / "documents"
    documents.mkdir(parents=True)
    write_pdf(documents / "programme.pdf", PROGRAMME)
    write_pdf(documents / "etude.pdf", STUDY, title="L’étude")
    (root / "corpus" / "catalogue.yaml").write_text(CATALOGUE, encoding="utf-8")
    settings = read_settings(data_dir=root / "data", corpus_dir=root / "corpus", max_body_kb=64)
    ingest_documents(settings, progress=lambda *_: None)
    return settings


READY_SECONDS = 240.0  # on a slow machine the catalogue's phrases take long to embed


@contextmanager
def served(app: FastAPI, *, ready: bool = False) -> Iterator[httpx.Client]:
    """A real server of an application on a free port, `ready` if asked so, and a client of it."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    listening.listen()  # a client may call before the server's thread accepts
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            deadline = monotonic() + READY_SECONDS
            while ready and (answer := client.get("/readyz")).status_code != 200:
                assert monotonic() < deadline, answer.text
                sleep(0.05)
            yield client
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@pytest.fixture(scope="session")
def serve() -> Callable[..., AbstractContextManager[httpx.Client]]:
    """Serves an application for real while a `with` block runs."""
    return served


@pytest.fixture(scope="session")
def api(kit_settings: Settings) -> Iterator[httpx.Client]:
    """The API over the small kit, its index loaded."""
    with served(create_app(kit_settings), ready=True) as client:
        yield client


ROOT = Path(__file__).parents[2]


class SeededEmbedder:
    """Unit vectors drawn from a text alone: instant, and the same everywhere."""

    name, dimension, revision, question_revision = "tirage", 8, "1", "1"

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_for_question_centre(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        seeds = [int.from_bytes(sha256(text.encode()).digest()[:8]) for text in texts]
        rows = np.stack([np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


@pytest.fixture(scope="session")
def tiny_index(tmp_path_factory: pytest.TempPathFactory) -> StoredIndex:
    """Two documents that disagree on a budget, and a list that crosses a page: four passages."""
    documents = (
        Document("etude", "L’étude", Path("etude.pdf"), "a" * 64, ("1", "2"), year=2016),
        Document("programme", "Le programme 2018", Path("programme.pdf"), "b" * 64, ("i", "1"), year=2018),
    )
    pages = (
        Page("etude", 1, "1", "Le cadre\nL’étude compte 52 répo-\nndants. Les maires y sont nombreux.\n"),
        Page("etude", 2, "2", "Le laboratoire dispose de 1 M€ de budget.\n"),
        Page("programme", 1, "i", "Le programme comporte trois temps :\n❑ la conception,\n❑ le test,\n"),
        Page("programme", 2, "1", "❑ l’évaluation.\nLe laboratoire affiche 1,5 M€ de budget.\n"),
    )
    passages = (
        Passage(
            "etude:0",
            "etude",
            ("Le cadre",),
            (
                Sentence("Le cadre", "Le cadre", 1, Role.HEADING),
                Sentence("L’étude compte 52 répondants.", "L’étude compte 52 répondants.", 1),
                Sentence("Les maires y sont nombreux.", "Les maires y sont nombreux.", 1),
            ),
        ),
        Passage(
            "etude:1",
            "etude",
            ("Les moyens",),
            (
                Sentence(
                    "Le laboratoire dispose de 1 M€ de budget.",
                    "Le laboratoire dispose de 1 M€ de budget.",
                    2,
                ),
            ),
        ),
        Passage(
            "programme:0",
            "programme",
            (),
            (
                Sentence(
                    "Le programme comporte trois temps :",
                    "Le programme comporte trois temps :",
                    1,
                    Role.INTRO,
                ),
                Sentence("la conception,", "la conception,", 1, Role.ITEM),
                Sentence("le test,", "le test,", 1, Role.ITEM),
                Sentence("l’évaluation.", "l’évaluation.", 2, Role.ITEM),
            ),
        ),
        Passage(
            "programme:1",
            "programme",
            ("Les moyens",),
            (
                Sentence(
                    "Le laboratoire affiche 1,5 M€ de budget.",
                    "Le laboratoire affiche 1,5 M€ de budget.",
                    2,
                ),
            ),
        ),
    )
    data_dir = tmp_path_factory.mktemp("tiny")
    build_index(
        Corpus(documents, pages, passages),
        data_dir=data_dir,
        embedder=SeededEmbedder(),
        corpus_hash="abc",
        tokenize=tokenize,
    )
    return open_index(data_dir, embedder_name=SeededEmbedder.name)


@pytest.fixture
def rank(tiny_index: StoredIndex) -> Callable[..., Ranking]:
    """A ranking of the tiny index with scores and similarities given by hand, for a question really read."""
    reader = Searcher(tiny_index, SeededEmbedder(), Lexicon())
    matcher = TermMatcher(tiny_index.sentence_words, None)

    def ranked(
        question: str,
        scores: Sequence[float] = (4, 3, 2, 1),
        passage_similarities: Sequence[float] = (0.4, 0.3, 0.2, 0.1),
        sentence_similarities: Sequence[float] = (0,) * 9,
    ) -> Ranking:
        query = reader.read(question)
        return Ranking(
            query=query,
            vector=np.eye(1, SeededEmbedder.dimension, dtype=np.float32)[0],
            scores=np.array(scores, dtype=np.float32),
            scorings={},
            passage_similarities=np.array(passage_similarities, dtype=np.float32),
            sentence_similarities=np.array(sentence_similarities, dtype=np.float32),
            term_matches=matcher.matches(query.terms),
        )

    return ranked


@pytest.fixture(scope="session")
def real_assistant(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Assistant:
    """The assistant on the documents of corpus/; their embeddings are kept between test sessions."""
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings")  # the screens' tests embed the same documents
    data_dir = tmp_path_factory.mktemp("real")
    shutil.copytree(kept, data_dir, dirs_exist_ok=True)
    settings = read_settings(data_dir=data_dir, corpus_dir=ROOT / "corpus", threads=2)
    ingest_documents(settings, progress=lambda *_: None)
    shutil.copytree(data_dir, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("index*", "*.lock"))
    return Assistant.open(data_dir, embedder=settings.embedder, corpus_dir=settings.corpus_dir, threads=2)
