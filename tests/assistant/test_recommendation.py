"""Which documents the filters let through."""

from pathlib import Path

import pytest

from assistant.recommendation import Filters
from ingestion.catalogue import CatalogueEntry, read_catalogue

CATALOGUE = read_catalogue(Path(__file__).parents[2] / "corpus" / "catalogue.yaml")


def accepted(filters: Filters) -> list[CatalogueEntry]:
    return [entry for entry in CATALOGUE if filters.accept(entry)]


def test_no_filter_lets_every_document_through() -> None:
    assert len(accepted(Filters())) == len(CATALOGUE)


@pytest.mark.parametrize(
    ("filters", "count"),
    [(Filters(in_corpus=True), 5), (Filters(kinds=("MOOC",)), 2), (Filters(kinds=("MOOC", "film")), 3)],
)
def test_a_filter_keeps_the_documents_of_that_sort(filters: Filters, count: int) -> None:
    assert len(accepted(filters)) == count


def test_filters_are_combined() -> None:
    found = accepted(Filters(natures=("méthode",), parcours=("accompagner",), in_corpus=False))

    assert found
    assert all(entry.nature == "méthode" and "accompagner" in entry.parcours for entry in found)
    assert not any(entry.in_corpus for entry in found)


def test_a_document_dated_twice_passes_by_either_year() -> None:
    twice = next(entry for entry in CATALOGUE if entry.all_years == (2014, 2016))

    assert Filters(year_from=2016).accept(twice)
    assert Filters(year_to=2014).accept(twice)
    assert not Filters(year_from=2017).accept(twice)
