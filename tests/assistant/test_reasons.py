"""The sentence that says why a document is recommended."""

from dataclasses import replace

from assistant.concepts import Concept, find_concepts
from assistant.reasons import NOT_IN_BASE, reason, split_clauses, uncovered
from ingestion.catalogue import CatalogueEntry

GUIDE = CatalogueEntry(
    id="guide",
    title="Guide",
    authors=("Le RAMEAU",),
    year=2014,
    nature="boîte à outils",
    section="Guides pratiques",
    parcours=(),
    kind="guide",
    abstract="Donne des repères sur les partenariats : étapes et conseils.",
    topics=(),
    file="documents/guide.pdf",
)
FIND = Concept("find", "need", "trouver un partenaire", ())
EVALUATE = Concept("evaluate", "need", "évaluer un projet", ())
YOUTH = Concept("youth", "subject", "les jeunes", ())
ACTOR = Concept("company", "actor", "une entreprise", ())


def test_a_reason_names_the_needs_then_what_the_document_does() -> None:
    said = reason(GUIDE, concepts=[FIND, EVALUATE], clause="", variant=0)

    assert (
        said
        == "Pour trouver un partenaire et évaluer un projet, ce guide donne des repères sur les partenariats."
    )


def test_reasons_are_turned_in_different_ways() -> None:
    said = [reason(GUIDE, concepts=[EVALUATE], clause="", variant=variant) for variant in range(3)]

    assert len(set(said)) == 3
    assert said[2].startswith("Puisqu'il s'agit d'évaluer un projet, ce guide")


def test_a_subject_is_contracted_with_its_preposition() -> None:
    assert reason(GUIDE, concepts=[YOUTH], clause="", variant=0).startswith("À propos des jeunes, ce guide")
    assert reason(GUIDE, concepts=[FIND, YOUTH], clause="", variant=0).startswith(
        "Pour trouver un partenaire, à propos des jeunes, ce guide"
    )


def test_without_a_concept_the_nearest_part_of_the_situation_is_quoted_and_cut_at_a_word() -> None:
    clause = "notre « club » voudrait " + "vraiment " * 20

    said = reason(GUIDE, concepts=[ACTOR], clause=clause, variant=0)

    assert said.startswith("En réponse à « notre “ club ” voudrait vraiment")
    assert "vraiment… », ce guide" in said


def test_a_document_that_is_not_in_the_base_is_said_to_be_so() -> None:
    assert reason(replace(GUIDE, file=None), concepts=[FIND], clause="", variant=0).endswith(
        f"({NOT_IN_BASE})."
    )
    assert NOT_IN_BASE not in reason(GUIDE, concepts=[FIND], clause="", variant=0)


def test_several_works_take_the_plural() -> None:
    studies = replace(GUIDE, kind="étude", abstract="Éclairent les fragilités des territoires.")

    assert reason(studies, concepts=[FIND], clause="", variant=0) == (
        "Pour trouver un partenaire, ces études éclairent les fragilités des territoires."
    )


def test_what_nothing_covers_is_said_with_the_situations_words() -> None:
    [mention] = [m for m in find_concepts("il nous faut un logiciel") if m.concept.role == "outside"]

    assert uncovered([mention]) == (
        "Aucun document du kit ne porte sur les logiciels et les sites internet (« logiciel »).",
    )


def test_a_situation_is_cut_into_clauses_that_mean_something() -> None:
    text = "La présidente veut un diagnostic complet. Nos partenaires se connaissent à peine, bonjour ?"

    assert split_clauses(text) == (
        "La présidente veut un diagnostic complet",
        "Nos partenaires se connaissent à peine, bonjour",
    )
    assert split_clauses("?!") == ("?!",)
