"""What readers take away: an answer with its references, a conversation, a reading list."""

import csv
import io
import re
from collections.abc import Mapping, Sequence

from ui.conversation import Exchange
from ui.markup import page_phrase, quoted, year_phrase
from ui.responses import KitDocument, ReadingList, Recommendation, Reply, Source

MARKDOWN_SIGNIFICANT = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:@&=^])")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CSV_COLUMNS = (
    "rang", "titre", "auteurs", "année", "nature", "parcours", "dans la base", "raison", "passages"
)  # fmt: skip


def escape_markdown(text: str) -> str:
    """The text on one line, such that a Markdown reader shows it as it is."""
    return MARKDOWN_SIGNIFICANT.sub(r"\\\1", " ".join(text.split()))


def answer_with_references(reply: Reply, documents: Mapping[str, KitDocument]) -> str:
    """Plain text to paste in a letter: the answer, then where each statement stands."""
    references = [f"[{source.number}] {_reference(source, documents)}" for source in reply.sources]
    return "\n\n".join(filter(None, [reply.text, "\n".join(references)]))


def conversation_markdown(exchanges: Sequence[Exchange], documents: Mapping[str, KitDocument]) -> str:
    """The conversation as a Markdown document."""
    parts = ["# Questions au kit « Co-construction territoriale »"]
    for exchange in exchanges:
        parts.append(f"## {escape_markdown(exchange.question)}")
        parts.extend(escape_markdown(line) for line in exchange.reply.text.splitlines() if line.strip())
        references = [
            f"{source.number}. {escape_markdown(_reference(source, documents))}"
            for source in exchange.reply.sources
        ]
        if references:
            parts.append("\n".join(references))
    return "\n\n".join(parts) + "\n"


def reading_list_markdown(situation: str, found: ReadingList, documents: Mapping[str, KitDocument]) -> str:
    """The recommendations as a Markdown document, in rank order, then the reading order and the gaps."""
    parts = ["# Documents du kit à lire", f"**Situation :** {escape_markdown(situation)}"]
    for item in found.recommendations:
        parts.append(f"## {item.rank}\\. {escape_markdown(item.title)}")
        parts.append(_facts(item, documents))
        parts.append(escape_markdown(item.reason))
        parts.extend(f"> {escape_markdown(_reference(source, documents))}" for source in item.sources)
    if found.reading_path:
        steps = (
            f"{step}. {escape_markdown(title_of(document_id, documents))}"
            for step, document_id in enumerate(found.reading_path, start=1)
        )
        parts += ["## Ordre de lecture", "\n".join(steps)]
    if found.gaps:
        parts += ["## Ce que le kit ne couvre pas", "\n".join(f"- {escape_markdown(g)}" for g in found.gaps)]
    return "\n\n".join(parts) + "\n"


def reading_list_csv(found: ReadingList, documents: Mapping[str, KitDocument]) -> bytes:
    """The recommendations as CSV that a French spreadsheet opens: semicolons, UTF-8 with its mark.

    A cell that a spreadsheet would run as a formula is preceded by an apostrophe.
    """
    table = io.StringIO()
    writer = csv.writer(table, delimiter=";")
    writer.writerow(CSV_COLUMNS)
    for item in found.recommendations:
        row = (
            str(item.rank),
            item.title,
            ", ".join(item.authors),
            year_phrase(years_of(item, documents)),
            item.nature,
            ", ".join(item.parcours),
            "oui" if item.in_corpus else "non",
            item.reason,
            " | ".join(_reference(source, documents) for source in item.sources),
        )
        writer.writerow([_inert(cell) for cell in row])
    return table.getvalue().encode("utf-8-sig")


def title_of(document_id: str, documents: Mapping[str, KitDocument]) -> str:
    """The title of a document, or its id where the catalogue does not know it."""
    return documents[document_id].title if document_id in documents else document_id


def years_of(item: Recommendation, documents: Mapping[str, KitDocument]) -> tuple[int, ...]:
    """The years of a recommended document: all those of the catalogue, else its own."""
    if item.document_id in documents:
        return documents[item.document_id].years
    return (item.year,) if item.year else ()


def _facts(item: Recommendation, documents: Mapping[str, KitDocument]) -> str:
    presence = "dans la base" if item.in_corpus else "référencé par le kit, pas dans la base"
    facts = [
        ", ".join(item.authors),
        year_phrase(years_of(item, documents)),
        item.nature,
        *(f"parcours {name}" for name in item.parcours),
        presence,
    ]
    return escape_markdown(" · ".join(filter(None, facts)))


def _reference(source: Source, documents: Mapping[str, KitDocument]) -> str:
    years = documents[source.document_id].years if source.document_id in documents else ()
    where = page_phrase(source.page, page_label=source.page_label, years=years)
    return f"{source.title}, {where} : {quoted(source.quote)}"


def _inert(cell: str) -> str:
    flat = " ".join(cell.split())
    return f"'{flat}" if flat.startswith(FORMULA_STARTS) else flat
