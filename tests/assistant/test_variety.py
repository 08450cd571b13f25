"""Near-duplicate documents do not both take the first places."""

from dataclasses import replace

import numpy as np

from assistant.variety import families, varied
from ingestion.catalogue import CatalogueEntry

GUIDE = CatalogueEntry(
    id="guide",
    title="Accompagner les associations dans leur dynamique partenariale",
    authors=("Le RAMEAU",),
    year=2014,
    nature="méthode",
    section="",
    parcours=(),
    kind="méthode",
    abstract="",
    topics=(),
)
COMPANIES = replace(
    GUIDE, id="companies", title="Accompagner les entreprises dans leur dynamique partenariale"
)
FILM = replace(COMPANIES, id="film", kind="film")
OTHER = replace(GUIDE, id="other", title="Réaliser une étude territoriale")
FAMILIES = (frozenset({1}), frozenset({0}), frozenset[int](), frozenset[int](), frozenset[int]())


def test_titles_of_one_kind_that_say_nearly_the_same_are_a_family() -> None:
    assert families([GUIDE, COMPANIES, FILM, OTHER]) == (
        frozenset({1}),
        frozenset({0}),
        frozenset(),
        frozenset(),
    )


def test_a_far_less_fitting_near_duplicate_comes_after_the_first_places() -> None:
    scores = np.array([1.0, 0.5, 0.4, 0.3, 0.2], dtype=np.float32)

    assert varied([0, 1, 2, 3, 4], scores, families=FAMILIES) == [0, 2, 3, 1, 4]


def test_both_stay_when_the_situation_calls_for_both() -> None:
    scores = np.array([1.0, 0.9, 0.4, 0.3, 0.2], dtype=np.float32)

    assert varied([0, 1, 2, 3, 4], scores, families=FAMILIES) == [0, 1, 2, 3, 4]


def test_no_document_is_lost_when_there_are_few() -> None:
    scores = np.array([1.0, 0.1], dtype=np.float32)

    assert varied([0, 1], scores, families=FAMILIES) == [0, 1]
