"""A small kit: two PDFs and a catalogue, ingested for real once, and the API over it."""

import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from assistant.api import create_app
from assistant.ingest import ingest_documents
from assistant.settings import Settings, read_settings

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


@contextmanager
def served(app: FastAPI) -> Iterator[httpx.Client]:
    """A real server of an application on a free port, and a client of it."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical"))
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()


@pytest.fixture(scope="session")
def serve() -> Callable[[FastAPI], AbstractContextManager[httpx.Client]]:
    """Serves an application for real while a `with` block runs."""
    return served


@pytest.fixture(scope="session")
def api(kit_settings: Settings) -> Iterator[httpx.Client]:
    """The API over the small kit, its index loaded."""
    with served(create_app(kit_settings)) as client:
        deadline = monotonic() + 60
        while (ready := client.get("/readyz")).status_code != 200:
            assert monotonic() < deadline, ready.text
            sleep(0.05)
        yield client
