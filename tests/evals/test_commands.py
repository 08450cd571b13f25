"""`cokit eval` and `cokit bench` as a person runs them, over a real corpus and a real server."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import typer
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from evals.commands import register
from evals.errors import EvaluationError, QuestionFileError, TargetError
from evals.switches import PARTS

QUESTIONS = """\
- id: nombre-1
  question: "Combien de ruches sont installées ?"
  slice: nombre
  half: test
  facts: [["14", "quatorze"]]
  sources: [{document: ruches, page: 1, evidence: "quatorze ruches"}]
"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one PDF that no catalogue knows, its questions beside it."""
    folder = tmp_path_factory.mktemp("foreign")
    (folder / "pdf").mkdir()
    canvas = Canvas(str(folder / "pdf" / "ruches.pdf"))
    canvas.drawString(72, 720, "La commune a installé quatorze ruches sur le toit de la mairie.")
    canvas.drawString(72, 700, "Le miel est vendu au marché du samedi par les apiculteurs.")
    canvas.save()
    (folder / "questions.yaml").write_text(QUESTIONS, encoding="utf-8")
    return folder


def cokit(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, arguments)


def evaluate(folder: Path, *more: str) -> Result:
    questions, corpus, data = folder / "questions.yaml", folder / "pdf", folder / "data"
    return cokit(
        "eval", "--questions", str(questions), "--corpus", str(corpus), "--data-dir", str(data), *more
    )


def test_any_other_corpus_is_evaluated_and_reported(foreign: Path) -> None:
    result = evaluate(foreign, "--json")
    report = json.loads(result.stdout)
    recall = next(f for f in report["figures"] if (f["measure"], f["group"]) == ("recall@1", "ensemble"))
    assert (result.exit_code, recall["value"], recall["n"]) == (0, 1.0, 1)
    assert report["gates"] == []
    assert sorted(path.name for path in (foreign / "data" / "evaluation").iterdir()) == [
        "junit.xml",
        "report.json",
        "summary.md",
    ]


def test_the_ablation_has_a_line_for_every_part_switched_off(foreign: Path, tmp_path: Path) -> None:
    assert evaluate(foreign, "--ablate", "--output", str(tmp_path)).exit_code == 0

    rows = (tmp_path / "ablation.md").read_text(encoding="utf-8").splitlines()
    assert [row.split("|")[1].strip() for row in rows if "100,0" in row] == [
        "(rien : tout est là)",
        *PARTS.values(),
    ]


def test_a_missed_gate_is_exit_code_one_and_a_held_one_is_zero(foreign: Path) -> None:
    assert evaluate(foreign, "--fail-under", "recall@1=1").exit_code == 0
    missed = evaluate(foreign, "--fail-under", "refusals_caught=0.9")
    assert missed.exit_code == 1
    assert "refusals_caught" in missed.stderr


def test_the_baseline_of_the_same_run_shows_no_change(foreign: Path) -> None:
    evaluate(foreign)
    result = evaluate(foreign, "--json", "--baseline", str(foreign / "data" / "evaluation" / "report.json"))
    comparison = json.loads(result.stdout)["comparison"]
    assert (comparison["won"], comparison["lost"], comparison["changed_page"]) == ([], [], [])


def test_evidence_that_is_not_on_its_page_stops_before_any_question(foreign: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "faux.yaml"
    wrong.write_text(QUESTIONS.replace("quatorze ruches", "quinze ruches"), encoding="utf-8")
    arguments = ["--corpus", str(foreign / "pdf"), "--data-dir", str(foreign / "data")]
    result = cokit("eval", "--questions", str(wrong), *arguments)
    assert isinstance(result.exception, QuestionFileError)
    assert "faux.yaml, ligne 6" in str(result.exception)


def test_another_corpus_never_takes_the_place_of_the_kit(foreign: Path) -> None:
    arguments = ["--questions", str(foreign / "questions.yaml"), "--corpus", str(foreign / "pdf")]
    result = cokit("eval", *arguments)
    assert isinstance(result.exception, EvaluationError)
    assert "--data-dir" in str(result.exception)


class PreparedServer(BaseHTTPRequestHandler):
    """Answers every question with the same body."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        passage = {"document_id": "ruches", "page": 1, "page_end": 1, "text": "quatorze ruches", "score": 1}
        citation = {"number": 1, "document_id": "ruches", "title": "Ruches", "page": 1}
        body = {
            "status": "answered",
            "answer": "14 ruches [1].",
            "citations": [{**citation, "quote": "quatorze ruches"}],
            "passages": [passage],
        }
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *_: object) -> None:
        """Stay silent."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), PreparedServer) as http:
        Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}"
        http.shutdown()


def test_a_running_server_is_evaluated_over_http(foreign: Path, server: str) -> None:
    result = evaluate(foreign, "--json", "--url", server, "--fail-under", "fact_accuracy=1")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["questions"][0]["answer"] == "14 ruches [1]."


def test_the_bench_of_a_running_server_times_its_answers(foreign: Path, server: str) -> None:
    result = cokit("bench", "--url", server, "--questions", str(foreign / "questions.yaml"), "--json")
    measured = {one["name"]: one["value"] for one in json.loads(result.stdout)}
    assert measured.keys() == {"ask_p50", "ask_p95"}
    assert 0 < measured["ask_p50"] <= measured["ask_p95"]


def test_a_server_that_is_not_there_is_said_with_the_remedy(foreign: Path) -> None:
    result = evaluate(foreign, "--url", "http://127.0.0.1:9")
    assert isinstance(result.exception, TargetError)
    assert "cokit serve" in str(result.exception)
