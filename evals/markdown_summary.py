"""The report as Markdown, for a pull request."""

import re

from evals.report import Report
from evals.tables import Table, report_tables, wrong_table


def markdown_summary(report: Report) -> str:
    """A heading, the verdict, the failed gates with their questions, and every table."""
    failed = [result for result in report.gates if not result.passed]
    verdict = "Seuils manqués" if failed else "Seuils tenus" if report.gates else "Sans seuils"
    parts = [
        f"# Évaluation : {verdict.lower()}",
        f"{len(report.outcomes)} questions posées à {report.target} en {report.seconds:.0f} s.",
        "\n".join(f"- ✗ {escaped(result.message)}" for result in failed),
        *(markdown_table(table) for table in report_tables(report)),
    ]
    wrong = wrong_table(report.outcomes)
    if wrong.rows:
        summary = f"<summary>{wrong.title} ({len(wrong.rows)})</summary>"
        parts.append(f"<details>{summary}\n\n{markdown_table(wrong)}\n\n</details>")
    return "\n\n".join(part for part in parts if part) + "\n"


def markdown_table(table: Table) -> str:
    """A heading and a GitHub table."""
    rows = [table.columns, tuple("---" for _ in table.columns), *table.rows]
    lines = ("| " + " | ".join(escaped(cell) for cell in row) + " |" for row in rows)
    return f"## {table.title}\n\n" + "\n".join(lines)


def escaped(text: str) -> str:
    """Text that Markdown and HTML leave alone, on one line."""
    return re.sub(r"([\\`*_\[\]<>|#!])", r"\\\1", " ".join(text.split()))
