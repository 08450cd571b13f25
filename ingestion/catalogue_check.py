"""What is missing or contradictory in the catalogue (`cokit documents --check`)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from ingestion.catalogue import LISTS, NATURES, PARCOURS, Catalogue, CatalogueEntry
from ingestion.document import Page
from ingestion.quotes import stands_on_page

KIT = "kit-presentation-mode-d-emploi"
"""The document whose pages `listed_on` speaks of."""

YEARS = range(2006, 2030)
"""Le RAMEAU was founded in 2006: no document of the kit is older."""

Severity = Literal["erreur", "à savoir"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a maintainer must correct (`erreur`) or know (French, shown as it is)."""

    document_id: str
    severity: Severity
    message: str


def check_catalogue(catalogue: Catalogue, pages: Iterable[Page]) -> list[Finding]:
    """All that is wrong with the catalogue, then what is only worth knowing.

    `pages` are the pages of the base: quotes are looked up on those of the kit's presentation, and a document
    of the base without a page, or a document with pages but no entry, is reported.
    """
    texts: dict[str, dict[int, str]] = defaultdict(dict)
    for page in pages:
        texts[page.document_id][page.number] = page.text
    findings = [*_duplicates(catalogue), *_unknown_documents(catalogue, texts)]
    for entry in catalogue:
        findings += _values(entry)
        findings += _presence(catalogue, entry, texts)
        findings += _listings(entry, texts.get(KIT, {}))
        findings += _disagreements(entry)
    return sorted(findings, key=lambda finding: finding.severity == "à savoir")


def _error(entry: CatalogueEntry, message: str) -> Finding:
    return Finding(entry.id, "erreur", message)


def _title_key(title: str) -> str:
    return re.sub(r"\W+", " ", title.casefold()).strip()


def _duplicates(catalogue: Catalogue) -> Iterator[Finding]:
    for document_id, count in Counter(entry.id for entry in catalogue).items():
        if count > 1:
            yield Finding(document_id, "erreur", f"l'identifiant est porté par {count} entrées")
    owners: dict[str, str] = {}
    for entry in catalogue:
        owner = owners.setdefault(_title_key(entry.title), entry.id)
        if owner != entry.id:
            yield _error(
                entry, f"même titre que « {owner} » : un document listé deux fois est une seule entrée"
            )


def _unknown_documents(catalogue: Catalogue, texts: dict[str, dict[int, str]]) -> Iterator[Finding]:
    for document_id in sorted(texts.keys() - {entry.id for entry in catalogue}):
        yield Finding(document_id, "à savoir", "dans la base, mais pas au catalogue")


def _values(entry: CatalogueEntry) -> Iterator[Finding]:
    for name in ("id", "title", "kind", "abstract"):
        if not getattr(entry, name):
            yield _error(entry, f"le champ « {name} » est vide")
    if not entry.authors:
        yield _error(entry, "aucun auteur")
    if not entry.topics:
        yield _error(entry, "aucun sujet (« topics »)")
    if entry.nature not in NATURES:
        yield _error(entry, f"nature inconnue « {entry.nature} » (connues : {', '.join(NATURES)})")
    for parcours in entry.parcours:
        if parcours not in PARCOURS:
            yield _error(entry, f"parcours inconnu « {parcours} » (connus : {', '.join(PARCOURS)})")
    for year in (entry.year, *entry.years):
        if year not in YEARS:
            yield _error(entry, f"année invraisemblable : {year}")
    if entry.years and entry.year not in entry.years:
        yield _error(
            entry, f"l'année {entry.year} n'est pas parmi celles des listes : {_joined(entry.years)}"
        )


def _presence(
    catalogue: Catalogue, entry: CatalogueEntry, texts: dict[str, dict[int, str]]
) -> Iterator[Finding]:
    file = catalogue.file_of(entry)
    if file is None and not entry.listed_on:
        yield _error(entry, "ni dans la base, ni listé par le kit : donnez « file » ou « listed_on »")
    if file is not None and not file.is_file():
        yield _error(entry, f"fichier absent : {entry.file}")
    elif file is not None and not texts.get(entry.id):
        yield _error(entry, f"aucune page lue de {entry.file} : lancez « cokit ingest »")


def _listings(entry: CatalogueEntry, kit: dict[int, str]) -> Iterator[Finding]:
    for listing in entry.listed_on:
        if listing.list not in LISTS:
            yield _error(entry, f"liste inconnue « {listing.list} » (connues : {', '.join(LISTS)})")
        if not kit or stands_on_page(listing.quote, kit.get(listing.page, "")):
            continue
        pages = [number for number, text in sorted(kit.items()) if stands_on_page(listing.quote, text)]
        place = f"elle se trouve page {_joined(pages)}" if pages else "elle ne se trouve sur aucune page"
        yield _error(entry, f"page {listing.page} du kit : citation « {listing.quote} » absente ; {place}")


def _disagreements(entry: CatalogueEntry) -> Iterator[Finding]:
    listed = {listing.list for listing in entry.listed_on if listing.list in PARCOURS}
    if entry.listed_on and listed != set(entry.parcours):
        difference = sorted(listed ^ set(entry.parcours))
        message = f"parcours et listes diffèrent : {_joined(difference)}"
        yield (
            Finding(entry.id, "à savoir", f"{message} ({entry.note})")
            if entry.note
            else _error(entry, message)
        )
    if len(entry.years) > 1:
        yield Finding(entry.id, "à savoir", f"plusieurs années : {_joined(entry.years)} ({entry.note})")


def _joined(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)
