"""The commands `cokit eval`, `bench` and `fit`, mounted through the entry point group `cokit.commands`."""

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table as RichTable

from assistant.console import progress_bar
from evals.extras import import_with_extra
from evals.recommendation_command import SITUATION_FILE, fit_situations
from evals.training_command import EXERCISES, fit_questions, fit_reader

if TYPE_CHECKING:
    from evals.bench import Measurement
    from evals.evaluated_corpus import EvaluatedCorpus
    from evals.fit_command import Fit
    from evals.gates import Gate
    from evals.questions import Question
    from evals.report import Report
    from evals.scoring import Outcome
    from evals.tables import Table
    from index.build import Progress

FOLDER = Path(__file__).parent
FITTING_TOOLS = ("scipy",)  # the extra `fit`
QUESTION_FILES = (FOLDER / "questions.yaml", FOLDER / "conversations.yaml")

Questions = Annotated[
    list[Path] | None, typer.Option("--questions", help="Fichier de questions (YAML), répétable.")
]
Corpus = Annotated[
    Path | None, typer.Option("--corpus", help="Dossier de PDF (ou qui contient documents/) à évaluer.")
]
DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Dossier de l'index.")]
Url = Annotated[str | None, typer.Option("--url", help="Serveur à interroger, sinon le moteur sur place.")]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire le rapport en JSON.")]


def register(app: typer.Typer) -> None:
    """Add the evaluation's commands to the command line."""
    app.command("eval")(evaluate)
    app.command("bench")(bench)
    app.command("fit")(fit)
    app.command("fit-questions")(fit_questions)
    app.command("fit-reader")(fit_reader)
    app.command("fit-situations")(fit_situations)


def evaluate(
    questions: Questions = None,
    corpus: Corpus = None,
    data_dir: DataDir = None,
    url: Url = None,
    output: Annotated[
        Path | None, typer.Option(help="Dossier des rapports ; sinon evaluation/ du dossier de données.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option(help="report.json d'une exécution précédente, à comparer.")
    ] = None,
    fail_under: Annotated[
        list[str] | None, typer.Option("--fail-under", help="Seuil NOM=VALEUR sur la moitié test, répétable.")
    ] = None,
    gates: Annotated[
        Path | None, typer.Option(help="Fichier de seuils ; sinon evals/gates.toml pour le jeu du kit.")
    ] = None,
    ablate: Annotated[bool, typer.Option("--ablate", help="Retirer les parties une à une.")] = False,
    as_json: AsJson = False,
) -> None:
    """Poser le jeu de questions et mesurer les réponses ; code 1 si un seuil est manqué."""
    from evals.comparison import compare
    from evals.figures import figures
    from evals.gates import check_gates
    from evals.report import Report, read_outcomes, report_to_json

    thresholds = _gates(gates, fail_under or [], own_questions=not questions and not corpus)
    earlier = read_outcomes(baseline) if baseline else None
    asked, evaluated = _load(questions, corpus, data_dir)
    if ablate:
        _ablate(asked, evaluated, output or evaluated.settings.data_dir / "evaluation")
        return
    with_situations = not questions and not corpus
    started = perf_counter()
    with progress_bar(_notices()) as progress:
        outcomes = _ask_all(asked, evaluated, url, progress=progress, with_situations=with_situations)
    report = Report(
        target=url or "moteur sur place",
        outcomes=outcomes,
        figures=figures(outcomes),
        gates=check_gates(thresholds, outcomes),
        seconds=perf_counter() - started,
        comparison=compare(earlier, outcomes) if earlier is not None else None,
    )
    written = _write(report, output or evaluated.settings.data_dir / "evaluation")
    if as_json:
        sys.stdout.write(report_to_json(report) + "\n")
    else:
        _print_report(report, written)
    if not report.passed:
        raise typer.Exit(1)


def bench(
    url: Url = None,
    corpus: Corpus = None,
    data_dir: DataDir = None,
    questions: Questions = None,
    as_json: AsJson = False,
) -> None:
    """Mesurer temps de réponse, démarrage, mémoire, ingestion et taille installée."""
    from evals.bench import ask_latency, installed_size, serving, unchanged_ingestion
    from evals.evaluated_corpus import open_corpus
    from evals.questions import load_questions
    from evals.target import ServerTarget

    texts = [question.text for question in load_questions(questions or QUESTION_FILES[:1])]
    if url:
        measurements = ask_latency(ServerTarget(url), texts)
    else:
        with progress_bar(_notices()) as progress:
            opened = open_corpus(corpus, data_dir=data_dir, progress=progress)
        measurements = [
            *serving(texts, opened.settings),
            unchanged_ingestion(opened.settings, opened.documents),
            installed_size(),
        ]
    if as_json:
        sys.stdout.write(
            json.dumps([asdict(one) for one in measurements], ensure_ascii=False, indent=1) + "\n"
        )
    else:
        Console().print(_measurement_table(measurements))


def fit(
    piaf: Annotated[Path, typer.Option("--piaf", help="Fichier de PIAF (JSON, format SQuAD).")],
    questions: Questions = None,
    corpus: Corpus = None,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Dossier des index ; sinon fit/ du dossier de données.")
    ] = None,
    exercises: Annotated[
        Path, typer.Option(help="Dossier des exercices (JSON Lines).", show_default=False)
    ] = EXERCISES,
    share: Annotated[
        float, typer.Option(min=0.01, max=1.0, help="Part des questions de PIAF, tirée avec une graine fixe.")
    ] = 1.0,
    most_false_refusals: Annotated[
        float, typer.Option(min=0.0, max=1.0, help="Refus à tort permis quand le seuil est choisi.")
    ] = 0.03,
    write: Annotated[
        bool, typer.Option("--write", help="Écrire index/ et assistant/coefficients.json.")
    ] = False,
    output: Annotated[
        Path, typer.Option(help="Dossier du projet où --write écrit.", show_default=False)
    ] = FOLDER.parent,
    as_json: Annotated[bool, typer.Option("--json", help="Écrire poids et mesures en JSON.")] = False,
) -> None:
    """Régler la fusion, le choix de la phrase et le refus ; ne change rien sans --write."""
    fit_report = import_with_extra("evals.fit_report", command="cokit fit", extra="fit", tools=FITTING_TOOLS)
    command = f"cokit fit --piaf {piaf.name} --share {share:g} --most-false-refusals {most_false_refusals:g}"
    found = _fit(piaf, exercises, questions, corpus, data_dir, share, most_false_refusals)
    files = fit_report.contents(found, command=command, today=date.today())
    if as_json:
        by_name = {path.as_posix(): content for path, content in files.items()}
        sys.stdout.write(json.dumps(by_name, ensure_ascii=False, indent=2) + "\n")
    else:
        _print_tables(fit_report.fit_tables(found))
    if write:
        written = fit_report.write(files, output)
        _notices().print("Écrits : " + ", ".join(escape(str(path)) for path in written), soft_wrap=True)


def _gates(file: Path | None, options: Sequence[str], *, own_questions: bool) -> "list[Gate]":
    """The committed gates hold for the kit's own questions only; `--gates` and `--fail-under` for any."""
    from evals.gates import COMMITTED_GATES, parse_gate, read_gates

    path = file or (COMMITTED_GATES if own_questions else None)
    return [*(read_gates(path) if path else ()), *(parse_gate(option) for option in options)]


def _load(
    files: Sequence[Path] | None, corpus_dir: Path | None, data_dir: Path | None
) -> "tuple[tuple[Question, ...], EvaluatedCorpus]":
    """The questions, checked against the pages of the corpus."""
    from evals.evaluated_corpus import open_corpus
    from evals.questions import check_sources, load_questions

    questions = load_questions(files or QUESTION_FILES)
    with progress_bar(_notices()) as progress:
        evaluated = open_corpus(corpus_dir, data_dir=data_dir, progress=progress)
    check_sources(questions, evaluated.page_texts)
    return questions, evaluated


def _fit(
    piaf: Path,
    exercises: Path,
    files: Sequence[Path] | None,
    corpus_dir: Path | None,
    data_dir: Path | None,
    share: float,
    most_false_refusals: float,
) -> "Fit":
    """Everything fitted; PIAF's indexes stand in the data directory, our corpus's in its `corpus/`."""
    from assistant.reader import Reader
    from assistant.settings import read_settings
    from evals.evaluated_corpus import open_corpus
    from evals.exercises import read_exercises
    from evals.fit_command import Sources, fit_everything
    from evals.questions import check_sources, load_questions
    from index.embeddings import open_embedder
    from index.lexicon import Lexicon
    from index.opened import open_index

    folder = data_dir or read_settings().data_dir / "fit"
    asked = load_questions(files or QUESTION_FILES)
    with progress_bar(_notices()) as progress:
        evaluated = open_corpus(corpus_dir, data_dir=folder / "corpus", progress=progress)
        check_sources(asked, evaluated.page_texts)
        settings = evaluated.settings
        sources = Sources(
            piaf=piaf,
            share=share,
            questions=asked,
            index=open_index(settings.data_dir, embedder_name=settings.embedder),
            lexicon=Lexicon.of_corpus(settings.lexicon_path),
            embedder=open_embedder(settings.embedder, threads=settings.threads),
            reader=Reader(threads=settings.threads),
            exercises=read_exercises(exercises),
        )
        return fit_everything(
            sources, data_dir=folder, most_false_refusals=most_false_refusals, progress=progress
        )


def _ask_all(
    questions: "Sequence[Question]",
    evaluated: "EvaluatedCorpus",
    url: str | None,
    *,
    progress: "Progress",
    with_situations: bool,
) -> "tuple[Outcome, ...]":
    """Every question, then every situation, asked to the server or to the engine in this process."""
    from assistant.engine import open_engine
    from evals.runner import run
    from evals.situations import RecommendingTarget, load_situations, run_situations
    from evals.target import EngineRecommendations, EngineTarget, ServerTarget, Target

    target: Target
    recommending: RecommendingTarget
    situations = load_situations(SITUATION_FILE) if with_situations else ()
    if url:
        target = recommending = ServerTarget(url)
    else:
        engine = open_engine(evaluated.settings, with_recommender=with_situations)
        target, recommending = EngineTarget(engine), EngineRecommendations(engine)
    answered = run(
        target,
        questions,
        page_texts=evaluated.page_texts,
        progress=lambda done, total: progress("Questions", done, total),
    )
    recommended = run_situations(
        recommending, situations, progress=lambda done, total: progress("Situations", done, total)
    )
    return answered + recommended


def _ablate(questions: "Sequence[Question]", evaluated: "EvaluatedCorpus", folder: Path) -> None:
    """Print the ablation, and write it as `ablation.md` for the README."""
    from evals.ablation import ablate, ablation_table
    from evals.markdown_summary import markdown_table
    from evals.switches import PARTS, target_without

    with progress_bar(_notices()) as progress:
        rows = ablate(
            lambda part: target_without(evaluated.settings, part),
            questions,
            page_texts=evaluated.page_texts,
            parts=tuple(PARTS),
            progress=lambda part, done, total: progress(
                f"Sans {PARTS[part]}" if part else "Au complet", done, total
            ),
        )
    table = ablation_table(rows, labels=PARTS)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "ablation.md").write_text(markdown_table(table) + "\n", encoding="utf-8")
    _print_tables([table])


def _write(report: "Report", folder: Path) -> list[Path]:
    """`report.json`, `summary.md` and `junit.xml` in the folder."""
    from evals.junit import junit_xml
    from evals.markdown_summary import markdown_summary
    from evals.report import report_to_json

    contents = {
        "report.json": report_to_json(report).encode(),
        "summary.md": markdown_summary(report).encode(),
        "junit.xml": junit_xml(report),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in contents.items():
        (folder / name).write_bytes(content)
    return [folder / name for name in contents]


def _print_report(report: "Report", written: Sequence[Path]) -> None:
    from evals.tables import report_tables, wrong_table

    console = Console(highlight=False)
    _print_tables([*report_tables(report), wrong_table(report.outcomes)])
    console.print(f"{len(report.outcomes)} questions en {report.seconds:.1f} s.")
    console.print("Rapports : " + ", ".join(escape(str(path)) for path in written), soft_wrap=True)
    for result in report.gates:
        if not result.passed:
            _notices().print(f"✗ {escape(result.message)}", soft_wrap=True)


def _print_tables(tables: "Sequence[Table]") -> None:
    console = Console(highlight=False)
    for table in tables:
        shown = RichTable(*table.columns, title=escape(table.title), title_justify="left")
        for row in table.rows:
            shown.add_row(*(escape(cell) for cell in row))
        console.print(shown)


def _measurement_table(measurements: "Sequence[Measurement]") -> RichTable:
    table = RichTable("mesure", "valeur", "au plus")
    for one in measurements:
        aim = "" if one.aim is None else f"{one.aim:.0f} {one.unit}"
        table.add_row(one.label, f"{one.value:.1f} {one.unit}", aim)
    return table


def _notices() -> Console:
    """Progress and failures, away from what `--json` prints."""
    return Console(stderr=True, highlight=False)
