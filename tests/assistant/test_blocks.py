"""The stretch of a passage that a reader needs around a chosen sentence."""

import pytest

from assistant.blocks import Block, block_around
from assistant.expectation import Kind
from ingestion.document import Passage, Role, Sentence


def passage_of(*sentences: tuple[str, Role]) -> Passage:
    return Passage("doc:0", "doc", (), tuple(Sentence(text, text, 1, role) for text, role in sentences))


PHASES = passage_of(
    ("Les phases", Role.HEADING),
    ("Le programme comporte trois temps :", Role.INTRO),
    ("la conception,", Role.ITEM),
    ("le test,", Role.ITEM),
    ("l’évaluation du programme et la réflexion sur son déploiement national.", Role.ITEM),
    ("Le pilotage est collectif.", Role.TEXT),
    ("Les membres sont :", Role.TEXT),
    ("le CGET et le RAMEAU.", Role.TEXT),
)


def texts(block: Block) -> tuple[int, int, bool]:
    return block.start, block.end, block.is_list


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (5, Kind.LIST, (5, 6, False)),
        (1, Kind.LIST, (1, 5, True)),
        (1, Kind.OTHER, (1, 5, True)),
        (1, Kind.NUMBER, (1, 3, False)),
        (3, Kind.LIST, (1, 5, True)),
        (3, Kind.OTHER, (1, 5, True)),
        (3, Kind.DATE, (3, 4, False)),
        (4, Kind.OTHER, (4, 5, False)),
        (4, Kind.EXAMPLE, (1, 5, True)),
        (6, Kind.OTHER, (6, 8, False)),
        (7, Kind.OTHER, (7, 8, False)),
        (0, Kind.LIST, (0, 5, True)),
        (0, Kind.NUMBER, (0, 3, False)),
    ],
    ids=[
        "a sentence stands alone",
        "an introduction brings its list",
        "also when no kind is recognised",
        "for a number the introduction and what follows",
        "an item brings its whole list when a list is asked for",
        "a fragment of a list is nothing without it",
        "but a date in an item is",
        "a long item is understood alone",
        "unless examples are asked for",
        "a colon brings what follows",
        "what follows a colon stands alone",
        "a heading brings the list below it",
        "for a number a heading brings two sentences",
    ],
)
def test_a_sentence_comes_with_what_it_needs(place: int, kind: Kind, expected: tuple[int, int, bool]) -> None:
    assert texts(block_around(PHASES, place, kind)) == expected


def test_a_list_without_introduction_is_whole() -> None:
    passage = passage_of(("Avant.", Role.TEXT), ("un", Role.ITEM), ("deux", Role.ITEM), ("Après.", Role.TEXT))

    assert texts(block_around(passage, 2, Kind.LIST)) == (1, 3, True)


def test_items_right_below_a_heading_are_its_list() -> None:
    passage = passage_of(("Les leviers", Role.HEADING), ("le mécénat", Role.ITEM), ("l’impôt", Role.ITEM))

    assert texts(block_around(passage, 2, Kind.LIST)) == (0, 3, True)
    assert texts(block_around(passage, 0, Kind.OTHER)) == (0, 3, True)


def test_a_heading_stops_before_the_next_one() -> None:
    passage = passage_of(("Un", Role.HEADING), ("Deux", Role.HEADING), ("Du texte.", Role.TEXT))

    assert texts(block_around(passage, 0, Kind.OTHER)) == (0, 1, False)


def test_a_colon_at_the_end_of_a_passage_brings_nothing() -> None:
    passage = passage_of(("Les membres sont :", Role.TEXT))

    assert texts(block_around(passage, 0, Kind.OTHER)) == (0, 1, False)


def test_a_list_has_a_bound() -> None:
    passage = passage_of(("Les documents :", Role.INTRO), *((f"note {n}", Role.ITEM) for n in range(40)))

    assert texts(block_around(passage, 0, Kind.LIST)) == (0, 26, True)


def test_a_block_that_only_asks_answers_nothing() -> None:
    passage = passage_of(("Qui pilote ?", Role.TEXT), ("Qui paie ? »", Role.TEXT), ("La FNCE.", Role.TEXT))
    assert Block(passage, 0, 2, is_list=False).only_asks
    assert not Block(passage, 1, 3, is_list=False).only_asks


def test_a_block_knows_its_sentences() -> None:
    block = Block(PHASES, 2, 4, is_list=True)

    assert [sentence.text for sentence in block.sentences] == ["la conception,", "le test,"]
    assert [block.holds(PHASES, place) for place in (1, 2, 3, 4)] == [False, True, True, False]
    assert not block.holds(Passage("doc:1", "doc", (), PHASES.sentences), 2)


def test_blocks_that_show_the_same_sentence_overlap() -> None:
    shown = Block(PHASES, 1, 5, is_list=True)

    assert shown.overlaps(Block(PHASES, 4, 6, is_list=False))
    assert not shown.overlaps(Block(PHASES, 5, 6, is_list=False))
    assert not shown.overlaps(Block(Passage("doc:1", "doc", (), PHASES.sentences), 1, 5, is_list=True))


NUMBERED = passage_of(
    ("Le programme comporte deux temps :", Role.INTRO),
    ("1- Phase de lancement", Role.ITEM),
    ("a. Choix des territoires", Role.ITEM),
    ("b. Rencontres de lancement", Role.ITEM),
    ("2- Phase de test", Role.ITEM),
    ("c’est la plus longue", Role.ITEM),
)


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (1, Kind.OTHER, (1, 4, True)),
        (1, Kind.LIST, (1, 4, True)),
        (1, Kind.DATE, (1, 2, False)),
        (4, Kind.LIST, (0, 6, True)),
    ],
    ids=["its lettered items", "also for a list", "not for a date", "no letter below: the whole list"],
)
def test_a_numbered_item_brings(place: int, kind: Kind, expected: tuple[int, int, bool]) -> None:
    assert texts(block_around(NUMBERED, place, kind)) == expected


def test_a_step_brings_all_the_steps_to_one_who_asks_how() -> None:
    steps = passage_of(
        ("Les étapes d’une demande", Role.HEADING),
        ("1. Créer le compte de l’association sur le portail", Role.ITEM),
        ("2. Décrire l’action et son budget en quelques lignes", Role.ITEM),
    )

    assert texts(block_around(steps, 2, Kind.MANNER)) == (0, 3, True)
    assert texts(block_around(steps, 2, Kind.NUMBER)) == (2, 3, False)


FAQ = passage_of(
    ("Des habitants veulent nettoyer la rivière.", Role.TEXT),
    ("Que prévoir ?", Role.TEXT),
    ("des gants ;", Role.ITEM),
    ("une trousse de secours.", Role.ITEM),
    ("Un étranger peut-il être bénévole ?", Role.TEXT),
    ("Oui.", Role.TEXT),
    ("Il doit séjourner régulièrement en France et le prouver à l’association qui le demande.", Role.TEXT),
    ("Qui assure ?", Role.HEADING),
    ("La commune a eu du mal à recruter, plus que les autres années, et le dit sans détour.", Role.TEXT),
    ("Les raisons avancées sont :", Role.INTRO),
    ("le temps de travail ;", Role.ITEM),
    ("le salaire.", Role.ITEM),
)


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (1, Kind.MANNER, (1, 4, True)),
        (0, Kind.MANNER, (0, 4, True)),
        (4, Kind.OTHER, (4, 7, False)),
        (7, Kind.REASON, (7, 12, True)),
        (8, Kind.REASON, (8, 12, True)),
        (8, Kind.NUMBER, (8, 9, False)),
    ],
    ids=[
        "a question brings the list that answers it",
        "so does what comes before it",
        "or the sentences that do",
        "a heading brings the list that its first sentence leads to",
        "so does that sentence to one who asks why",
        "not for a number",
    ],
)
def test_what_asks_or_announces_comes_with_its_answer(
    place: int, kind: Kind, expected: tuple[int, int, bool]
) -> None:
    assert texts(block_around(FAQ, place, kind)) == expected


TOLD = passage_of(
    ("Les maires sont co-créateurs d’alliances.", Role.TEXT),
    ("Ils animent le dialogue entre les associations, les entreprises et tous les citoyens.", Role.TEXT),
    ("L’État observe sans jamais décider à la place des acteurs de chaque territoire.", Role.TEXT),
    ("Une ingénierie de projet.", Role.TEXT),
    ("Elle coordonne les acteurs.", Role.TEXT),
    ("Une ingénierie de gestion.", Role.TEXT),
    ("Les collectivités la portent.", Role.TEXT),
    ("Une ingénierie relationnelle.", Role.TEXT),
    ("Les principes", Role.HEADING),
)


@pytest.mark.parametrize(
    ("place", "kind", "expected"),
    [
        (0, Kind.OTHER, (0, 2, False)),
        (1, Kind.MANNER, (0, 2, False)),
        (2, Kind.OTHER, (2, 3, False)),
        (0, Kind.NUMBER, (0, 1, False)),
        (5, Kind.DEFINITION, (5, 7, False)),
        (5, Kind.NUMBER, (5, 6, False)),
        (7, Kind.DEFINITION, (7, 8, False)),
    ],
    ids=[
        "the sentence that goes on",
        "the one it goes on from",
        "no other",
        "a value stands alone",
        "what completes a short one",
        "not when a value is asked",
        "not a heading",
    ],
)
def test_a_sentence_is_shown_with_what_completes_it(
    place: int, kind: Kind, expected: tuple[int, int, bool]
) -> None:
    assert texts(block_around(TOLD, place, kind)) == expected
