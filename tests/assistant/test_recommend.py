"""Situations → documents, with the real encoders, on a part of the real catalogue."""

import shutil
from pathlib import Path

import pytest

from assistant.concepts import read_concepts
from assistant.recommend import NEEDS_FILE, NOTHING_LEFT, OFF_SUBJECT, Recommender, open_relevance, stage
from assistant.recommendation import Filters
from index.embeddings import E5Embedder
from ingestion.catalogue import Catalogue, read_catalogue
from ingestion.catalogue_check import KIT

PATH = Path(__file__).parents[2] / "corpus" / "catalogue.yaml"
KINDS = ("MOOC", "fiche outil", "référentiel", "film", "présentation", "méthode")


@pytest.fixture(scope="module")
def recommender(pytestconfig: pytest.Config) -> Recommender:
    assert pytestconfig.cache
    whole = read_catalogue(PATH)
    part = Catalogue(whole.path, tuple(entry for entry in whole if entry.kind in KINDS))
    return Recommender.open(
        part,
        embedder=E5Embedder(threads=2),
        data_dir=pytestconfig.cache.mkdir("ui-embeddings"),
    )


def test_a_situation_gets_at_most_the_documents_asked_for_best_first(recommender: Recommender) -> None:
    found = recommender.recommend("Comment évaluer l'impact de nos partenariats ?", limit=3).recommendations

    assert [item.rank for item in found] == [1, 2, 3]
    assert found[0].score == max(item.score for item in found)
    assert "évaluation" in " ".join(found[0].entry.topics)


def test_a_document_outside_the_base_is_cited_by_the_kits_line_that_lists_it(
    recommender: Recommender,
) -> None:
    found = recommender.recommend("je veux me former aux partenariats en ligne").recommendations
    absent = [item for item in found if not item.entry.in_corpus]

    assert absent
    for item in absent:
        assert "pas dans la base" in item.reason
        [citation] = item.citations
        assert citation.document_id == KIT
        assert (citation.page, citation.quote) in {(line.page, line.quote) for line in item.entry.listed_on}


def test_the_reading_path_goes_from_understanding_to_tools(recommender: Recommender) -> None:
    answer = recommender.recommend("Lancer une expérimentation collective : comprendre, puis agir", limit=8)
    stages = {item.entry.id: stage(item.entry) for item in answer.recommendations}

    order = ["understand", "method", "tool"]
    assert sorted(answer.reading_path) == sorted(stages)
    assert [stages[name] for name in answer.reading_path] == sorted(stages.values(), key=order.index)


@pytest.mark.parametrize(
    "situation",
    ["Quelle recette de tarte aux pommes ?", "comment déclarer la TVA de ma boutique", "qsdf ghjk lm", "?!"],
)
def test_a_situation_off_the_subject_gets_no_document_and_a_sentence(
    recommender: Recommender, situation: str
) -> None:
    answer = recommender.recommend(situation)

    assert answer.recommendations == ()
    assert answer.reading_path == ()
    assert answer.gaps == (OFF_SUBJECT,)


def test_what_no_document_treats_is_a_gap(recommender: Recommender) -> None:
    gaps = recommender.recommend(
        "Animer un réseau d'entreprises et d'associations et choisir un logiciel"
    ).gaps

    assert len(gaps) == 1
    assert "logiciel" in gaps[0]


def test_filters_hold_and_a_filter_that_leaves_nothing_says_so(recommender: Recommender) -> None:
    situation = "je veux me former aux partenariats"

    found = recommender.recommend(situation, filters=Filters(kinds=("MOOC",)))
    nothing = recommender.recommend(situation, filters=Filters(year_from=2100))

    assert {item.entry.kind for item in found.recommendations} == {"MOOC"}
    assert nothing.gaps == (NOTHING_LEFT,)


def test_the_same_situation_gets_the_same_answer_twice(recommender: Recommender) -> None:
    first, second = (recommender.recommend("convaincre mes élus").recommendations for _ in range(2))

    assert first
    assert first == second


def test_the_catalogue_is_indexed_with_known_concepts_only() -> None:
    known = {concept.id for concept in read_concepts() if concept.role != "outside"}

    for entry in read_catalogue(PATH):
        assert set(entry.main_concepts) | set(entry.other_concepts) <= known, entry.id
        assert entry.main_concepts, entry.id


def test_a_first_opening_says_how_far_it_is(tmp_path: Path) -> None:
    shutil.copy(PATH, tmp_path)
    needs = 'needs: [{need: voir, read: {x: 3}, phrases: ["une vidéo à montrer", "un film"]}]'
    (tmp_path / NEEDS_FILE).write_text(needs, "utf-8")
    told: list[tuple[int, int]] = []
    catalogue = Catalogue(tmp_path / PATH.name, tuple(read_catalogue(PATH))[:2])

    for _ in range(2):
        relevance = open_relevance(
            catalogue,
            E5Embedder(threads=2),
            data_dir=tmp_path,
            progress=lambda done, count: told.append((done, count)),
        )

    count = len(set(relevance.examples.texts))
    assert told[-1] == (count, count)
    assert [done for done, _ in told] == sorted({done for done, _ in told})
