"""`cokit fit` as a person runs it, on a small file in the format of PIAF and a corpus of one page."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import typer
from reportlab.pdfgen.canvas import Canvas
from typer.testing import CliRunner, Result

from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.candidates import FEATURES as CHOICE_FEATURES
from evals.commands import register
from evals.errors import PiafFileError
from evals.taught import HELD_OUT_EXERCISES
from index.search import SCORINGS

LINES = (
    "La commune a installé quatorze ruches sur le toit de la mairie.",
    "Le miel est vendu au marché du samedi par les apiculteurs.",
    "Le verger partagé compte quarante pommiers plantés par les élèves.",
)
ANSWERABLE = (
    ("Combien de ruches sont installées ?", "quatorze", 0),
    ("Où le miel est-il vendu ?", "marché", 1),
    ("Combien de pommiers compte le verger ?", "quarante", 2),
)
REFUSED = ("Qui a gagné le tour de France ?", "Quel est le prix du gaz ?", "Comment réparer un vélo ?")


def cokit(*arguments: str) -> Result:
    app = typer.Typer()
    register(app)
    return CliRunner().invoke(app, arguments)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one page with questions on it, half of them to be refused."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "pdf").mkdir()
    canvas = Canvas(str(folder / "pdf" / "village.pdf"))
    for place, line in enumerate(LINES):
        canvas.drawString(72, 720 - 20 * place, line)
    canvas.save()
    entries: list[dict[str, Any]] = [
        {
            "question": text,
            "facts": [[fact]],
            "sources": [{"document": "village", "page": 1, "evidence": LINES[line]}],
        }
        for text, fact, line in ANSWERABLE
    ]
    entries += [{"question": text, "refuse": True, "kind": "autre-sujet"} for text in REFUSED]
    written = [
        {"id": f"q{number}", "slice": "nombre", "half": "development"} | entry
        for number, entry in enumerate(entries)
    ]
    (folder / "questions.yaml").write_text(json.dumps(written, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def fitted(folder: Path, piaf_file: Path) -> Result:
    """One fit without --write; the later ones find its indexes."""
    return run(folder, piaf_file, "--json")


def run(folder: Path, piaf_file: Path, *more: str) -> Result:
    places = {"--piaf": piaf_file, "--questions": folder / "questions.yaml", "--corpus": folder / "pdf"}
    places["--exercises"] = _exercises(folder)
    options = [str(part) for option in (places | {"--data-dir": folder / "data"}).items() for part in option]
    return cokit("fit", *options, "--output", str(folder / "written"), *more)


def _exercises(folder: Path) -> Path:
    """One file on which the reader was not trained, in each sort of question."""
    document = {
        "title": "Le marché du samedi",
        "passages": [
            {"headings": ["Les étals"], "sentences": ["Le marché compte 12 étals.", "Il ouvre à 8 h."]},
            {"headings": ["Les règles"], "sentences": ["Un placier attribue les places chaque semaine."]},
        ],
        "questions": [
            {"q": "Combien d'étals compte le marché ?", "at": [[0, 0]], "slice": "number"},
            {"q": "ça ouvre à quelle heure le marché", "at": [[0, 1]], "slice": "date"},
            {"q": "Comment s'appelle le placier du marché ?", "at": [], "slice": "neighbour"},
            {"q": "Où renouveler mon passeport ?", "at": [], "slice": "far"},
        ],
    }
    made = folder / "exercises"
    made.mkdir(exist_ok=True)
    (made / f"{min(HELD_OUT_EXERCISES)}.jsonl").write_text(json.dumps(document), encoding="utf-8")
    return made


def committed() -> list[str]:
    return [files(package).joinpath("coefficients.json").read_text() for package in ("index", "assistant")]


def test_every_weight_is_fitted_and_every_figure_is_a_share(fitted: Result) -> None:
    assert fitted.exit_code == 0, fitted.stderr
    found = json.loads(fitted.stdout)
    index, assistant = found["index/coefficients.json"], found["assistant/coefficients.json"]
    assert tuple(index["fusion"]) == SCORINGS
    assert tuple(assistant["choice"]) == CHOICE_FEATURES
    assert assistant["reading"] >= 0
    assert tuple(assistant["answerability"]["weights"]) == ANSWERABILITY_FEATURES
    measured = {
        (name, half): value
        for part in (index, assistant)
        for name, halves in part["figures"].items()
        if isinstance(halves, dict)
        for half, value in halves.items()
    }
    assert all(0 <= value <= 1 for value in measured.values())
    assert measured["recall@5", "piaf_checked"] == 1.0
    assert measured["recall@1", "development"] == 1.0  # the corpus has one page
    assert {half for name, half in measured if name.startswith("sentence@1")} == {
        "piaf_fitted",
        "piaf_checked",
        "development",
    }
    for half in ("piaf_fitted", "development"):
        assert measured["read@1", half] >= measured["unread@1", half]
    for refusal in ("far", "near", "hard"):
        assert measured[f"auroc {refusal}", "piaf_fitted"] > 0.5
    assert measured["threshold", "false_refusals"] <= 0.03


def test_the_figures_name_the_command_and_no_folder_of_this_machine(fitted: Result, piaf_file: Path) -> None:
    for part in json.loads(fitted.stdout).values():
        figures = part["figures"]
        assert figures["command"] == "cokit fit --piaf piaf.json --share 1 --most-false-refusals 0.03"
        assert figures["seed"] > 0
        assert figures["date"][:2] == "20"
    assert str(piaf_file.parent) not in fitted.stdout


def test_nothing_changes_without_write_and_write_writes_what_was_shown(
    fitted: Result, folder: Path, piaf_file: Path
) -> None:
    before = committed()
    assert not (folder / "written").exists()

    result = run(folder, piaf_file, "--json", "--write")

    assert result.exit_code == 0, result.stderr
    for path, content in json.loads(fitted.stdout).items():  # the same ones: every draw has its seed
        assert json.loads((folder / "written" / path).read_text(encoding="utf-8")) == content
    assert committed() == before


@pytest.mark.usefixtures("fitted")
def test_the_tables_show_weights_figures_and_threshold(folder: Path, piaf_file: Path) -> None:
    result = run(folder, piaf_file, "--share", "0.8", "--most-false-refusals", "0.4")
    assert result.exit_code == 0, result.stderr
    for shown in ("en vigueur", "covered_in_context", "AUROC", "PIAF, vérifiée", "* retenu"):
        assert shown in result.stdout


def test_a_file_that_is_no_piaf_is_told_by_name(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "autre.json").write_text("{}", encoding="utf-8")
    result = run(folder, tmp_path / "autre.json")
    assert isinstance(result.exception, PiafFileError)
    assert "autre.json" in str(result.exception)


def test_without_the_extra_the_error_says_what_to_install() -> None:
    program = (
        "import sys; sys.modules['scipy'] = None; sys.argv = ['cokit', 'fit', '--piaf', 'piaf.json']; "
        "from assistant.cli import main; sys.exit(main())"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "scipy" in result.stderr
    assert "pip install -e '.[fit]'" in result.stderr
