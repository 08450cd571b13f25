"""What the command line prints: answers, documents, reading lists, findings, as plain text in French."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from assistant.answer import Answer, Citation
from assistant.recommendation import Recommendations
from assistant.schemas import DocumentOut
from ingestion.catalogue_check import Finding
from ingestion.document import FileFailure

if TYPE_CHECKING:
    from assistant.doctor import Check
    from index.build import Progress as ReportProgress

MAX_NEAREST = 3  # passages shown below a refusal
MAX_EXCERPT = 160  # characters of each


def print_answer(console: Console, answer: Answer) -> None:
    """The answer, then each source on a line: `[1] title, page N : « quote »`."""
    console.print(escape(answer.text))
    if answer.citations:
        console.print("\n[bold]Sources[/bold]")
        for citation in answer.citations:
            console.print(escape(citation_line(citation)), soft_wrap=True)
    elif answer.hits:
        console.print("\n[bold]Passages les plus proches[/bold] (ce ne sont pas des réponses)")
        for hit in answer.hits[:MAX_NEAREST]:
            passage = hit.passage
            line = f"- {passage.document_id}, page {passage.page} : {shorten(plain(passage.text))}"
            console.print(escape(line), soft_wrap=True)


def citation_line(citation: Citation) -> str:
    """One source as a line."""
    return f"[{citation.number}] {citation.title}, page {citation.page} : « {plain(citation.quote)} »"


def plain(text: str) -> str:
    """A quote for display: one line, without the Markdown stars that some transcriptions carry."""
    return " ".join(text.replace("**", "").split())


def shorten(text: str) -> str:
    """The beginning of a text, cut between two words."""
    return text if len(text) <= MAX_EXCERPT else text[:MAX_EXCERPT].rsplit(" ", 1)[0] + " …"


def print_documents(console: Console, documents: Sequence[DocumentOut]) -> None:
    """The documents of the kit as a table."""
    table = Table("Identifiant", "Titre", "Année", "Nature", "Parcours", "Pages")
    for document in documents:
        table.add_row(
            escape(document.id),
            escape(document.title),
            ", ".join(str(year) for year in document.years),
            document.nature or "",
            ", ".join(document.parcours),
            str(document.page_count) if document.in_corpus else "hors base",
        )
    console.print(table)


def print_failures(console: Console, failures: Sequence[FileFailure]) -> None:
    """The files that could not be read, with what to do about each."""
    for failure in failures:
        console.print(f"✗ {escape(failure.message)}", soft_wrap=True)


def print_recommendations(console: Console, found: Recommendations) -> None:
    """The documents with their reasons and passages, the order to read them in, and the gaps."""
    titles = {item.entry.id: item.entry.title for item in found.recommendations}
    for item in found.recommendations:
        entry = item.entry
        held = "" if entry.in_corpus else " — référencé par le kit, pas dans la base"
        console.print(f"[bold]{item.rank}. {escape(entry.title)}[/bold] ({entry.year}){held}", soft_wrap=True)
        console.print(f"   {escape(item.reason)}", soft_wrap=True)
        for citation in item.citations:
            console.print(f"   {escape(citation_line(citation))}", soft_wrap=True)
    if found.reading_path:
        console.print("\n[bold]Ordre de lecture[/bold]")
        for number, document_id in enumerate(found.reading_path, start=1):
            console.print(escape(f"{number}. {titles[document_id]}"), soft_wrap=True)
    for gap in found.gaps:
        console.print(escape(gap), soft_wrap=True)


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """What the check of the catalogue found, errors first."""
    for finding in sorted(findings, key=lambda finding: finding.severity != "erreur"):
        console.print(
            escape(f"{finding.severity} · {finding.document_id} : {finding.message}"), soft_wrap=True
        )
    errors = sum(finding.severity == "erreur" for finding in findings)
    console.print(f"{errors} erreur(s), {len(findings) - errors} point(s) à savoir.")


def print_checks(console: Console, checks: "Sequence[Check]") -> None:
    """Each check on a line."""
    for check in checks:
        console.print(
            escape(f"{'✓' if check.passed else '✗'} {check.name} : {check.message}"), soft_wrap=True
        )


@contextmanager
def progress_bar(console: Console) -> "Iterator[ReportProgress]":
    """A bar for each stage of the work; call the value with (label, done, total)."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console) as progress:
        tasks = {}

        def report(label: str, done: int, total: int) -> None:
            if label not in tasks:
                tasks[label] = progress.add_task(label, total=total)
            progress.update(tasks[label], completed=done, total=total)

        yield report
