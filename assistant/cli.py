"""The command `cokit`. Heavy parts are imported by the command that needs them, so that help is instant."""

import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.settings import Settings, limit_threads, read_settings

if TYPE_CHECKING:
    from assistant.ingest import IngestionReport

EXTENSION_GROUP = "cokit.commands"  # other packages add commands here: this one must not import them

app = typer.Typer(
    name="cokit",
    help="Assistant documentaire du kit « Co-construction territoriale ».",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
feedback_app = typer.Typer(help="Les avis des lecteurs sur les réponses.", no_args_is_help=True)
app.add_typer(feedback_app, name="feedback")

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", help="Dossier de l'index, de son cache et des avis.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Écrire ce que l'API renverrait.")]


def main() -> None:
    """Run the command line; errors go to stderr in French, 1 is a failure and 2 a wrong use."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command line; the exit code."""
    from assistant.cli_errors import report_error

    try:
        limit_threads(read_settings().thread_count)
        load_extensions()
        result = app(arguments, prog_name="cokit", standalone_mode=False)
    except Exception as error:  # the command line's outermost edge
        return report_error(error)
    return result if isinstance(result, int) else 0


@cache
def load_extensions() -> None:
    """Add the commands of the packages above, once."""
    for extension in entry_points(group=EXTENSION_GROUP):
        extension.load()(app)


def output() -> Console:
    """Where results go."""
    return Console(highlight=False)


def notices() -> Console:
    """Where progress and warnings go, so that `--json` stays clean."""
    return Console(stderr=True, highlight=False)


@app.command()
def ingest(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="PDF ou dossiers ; sinon corpus/documents.")
    ] = None,
    data_dir: DataDir = None,
    force: Annotated[bool, typer.Option("--force", help="Relire même si rien n'a changé.")] = False,
    as_json: AsJson = False,
) -> None:
    """Lire des PDF et construire l'index."""
    report = _build(read_settings(data_dir=data_dir), paths=paths or (), force=force)
    if as_json:
        sys.stdout.write(report.to_json() + "\n")
    else:
        output().print(report.summary())
    if report.failures:
        raise typer.Exit(1)


def _build(settings: Settings, *, paths: Sequence[Path] = (), force: bool = False) -> "IngestionReport":
    """Ingest with a progress bar; the files that failed are listed on stderr."""
    from assistant.console import print_failures, progress_bar
    from assistant.ingest import ingest_documents

    with progress_bar(notices()) as progress:
        report = ingest_documents(settings, paths=paths, force=force, progress=progress)
    print_failures(notices(), report.failures)
    return report


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="La question, entre guillemets.")],
    documents: Annotated[
        list[str] | None, typer.Option("--document", help="Chercher dans ce document seulement.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Poser une question au kit."""
    from assistant.console import print_answer
    from assistant.engine import open_engine
    from assistant.schemas import AskRequest, answer_to_json

    request = AskRequest(question=question, history=[], documents=documents)
    engine = open_engine(read_settings(data_dir=data_dir), with_recommender=False)
    answer = engine.ask(request.question, documents=request.documents)
    if as_json:
        sys.stdout.write(answer_to_json(answer) + "\n")
    else:
        print_answer(output(), answer)


@app.command()
def recommend(
    situation: Annotated[str, typer.Argument(help="La situation, entre guillemets.")],
    limit: Annotated[int, typer.Option(help="Nombre de documents au plus.")] = 5,
    nature: Annotated[list[str] | None, typer.Option(help="Nature, répétable.")] = None,
    parcours: Annotated[list[str] | None, typer.Option(help="Parcours, répétable.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Genre de document, répétable.")] = None,
    year: Annotated[int | None, typer.Option(help="Année.")] = None,
    in_corpus: Annotated[
        bool | None, typer.Option("--in-corpus/--not-in-corpus", help="Dans la base ou non.")
    ] = None,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Trouver les documents du kit à lire pour une situation."""
    from assistant.console import print_recommendations
    from assistant.engine import open_engine
    from assistant.schemas import RecommendRequest, recommendations_out

    request = RecommendRequest(
        situation=situation,
        limit=limit,
        nature=nature or [],
        parcours=parcours or [],
        kind=kind or [],
        year=year,
        in_corpus=in_corpus,
    )
    engine = open_engine(read_settings(data_dir=data_dir))
    found = engine.recommend(request.situation, limit=request.limit, filters=request.filters())
    if as_json:
        sys.stdout.write(recommendations_out(found).model_dump_json(indent=2) + "\n")
    else:
        print_recommendations(output(), found)


@app.command()
def documents(
    check: Annotated[bool, typer.Option("--check", help="Vérifier le catalogue.")] = False,
    data_dir: DataDir = None,
    as_json: AsJson = False,
) -> None:
    """Lister les documents du kit, dans la base ou non."""
    from assistant.console import print_documents, print_findings
    from assistant.documents import check_documents, list_documents
    from assistant.schemas import DocumentsOut, document_out

    settings = read_settings(data_dir=data_dir)
    if check:
        findings = check_documents(settings)
        print_findings(output(), findings)
        if any(finding.severity == "erreur" for finding in findings):
            raise typer.Exit(1)
        return
    listed = [document_out(document) for document in list_documents(settings)]
    if as_json:
        sys.stdout.write(DocumentsOut(documents=listed).model_dump_json(indent=2) + "\n")
    else:
        print_documents(output(), listed)


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Adresse d'écoute (COKIT_HOST).")] = None,
    port: Annotated[int | None, typer.Option(help="Port (COKIT_PORT).")] = None,
    ui: Annotated[bool, typer.Option("--ui", help="Lancer aussi l'interface.")] = False,
    ui_port: Annotated[int | None, typer.Option(help="Port de l'interface (COKIT_UI_PORT).")] = None,
    data_dir: DataDir = None,
) -> None:
    """Servir l'API ; construit l'index de corpus/documents s'il n'y en a pas."""
    from assistant.ingest import has_index
    from assistant.serving import check_address, serve_api

    settings = read_settings(host=host, port=port, ui_port=ui_port, data_dir=data_dir)
    check_address(settings.host, settings.port)
    if not has_index(settings.data_dir):
        notices().print(_build(settings).summary())
    serve_api(settings, with_ui=ui, console=notices())


@app.command()
def doctor(data_dir: DataDir = None, as_json: AsJson = False) -> None:
    """Vérifier l'installation, les réglages, l'index et les documents."""
    from assistant.console import print_checks
    from assistant.doctor import checks_to_json, run_checks

    checks = run_checks(read_settings(data_dir=data_dir))
    if as_json:
        sys.stdout.write(checks_to_json(checks) + "\n")
    else:
        print_checks(output(), checks)
    if not all(check.passed for check in checks):
        raise typer.Exit(1)


@feedback_app.command("export")
def export_feedback(data_dir: DataDir = None) -> None:
    """Écrire les plaintes comme ébauches de questions d'évaluation (YAML), à compléter."""
    from assistant.feedback import FeedbackStore
    from assistant.feedback_export import draft_questions

    settings = read_settings(data_dir=data_dir)
    store = FeedbackStore(settings.data_dir, keep_days=settings.feedback_days)
    store.purge()
    sys.stdout.write(draft_questions(store.all()))


if __name__ == "__main__":
    main()
