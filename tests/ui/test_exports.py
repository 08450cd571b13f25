import csv
import io

from ui.conversation import Exchange
from ui.exports import (
    answer_with_references,
    conversation_markdown,
    reading_list_csv,
    reading_list_markdown,
)
from ui.responses import KitDocument, ReadingList, Recommendation, Reply, Source

SOURCE = Source(1, "programme", "Le programme", 2, "2", "Le comité a 3 membres.")
DOCUMENT = KitDocument(
    id="programme",
    title="Le programme",
    authors=("Le RAMEAU",),
    years=(2018,),
    nature="méthode",
    kind="programme",
    parcours=("animer",),
    in_corpus=True,
    page_count=4,
    abstract="",
    url=None,
)
DOCUMENTS = {DOCUMENT.id: DOCUMENT}
REPLY = Reply("answered", "Trois. [1]", "Combien ?", (SOURCE,), ())
FOUND = ReadingList(
    (
        Recommendation(
            1, "programme", "=SOMME(A1)", ("Le RAMEAU", "CGET"), 2018, "méthode", "programme", ("animer",),
            True, "Pour un comité ;\nà trois.", (SOURCE,)
        ),
    ),
    ("programme", "inconnu"),
    ("Le budget.",),
)  # fmt: skip


def test_a_copied_answer_ends_with_where_each_statement_stands() -> None:
    assert answer_with_references(REPLY, DOCUMENTS) == (
        "Trois. [1]\n\n[1] Le programme, 2018 · page 2 : «\u202fLe comité a 3 membres.\u202f»"
    )


def test_a_conversation_keeps_questions_answers_and_references_in_order() -> None:
    exported = conversation_markdown([Exchange("Combien ?", REPLY), Exchange("Et qui ?", REPLY)], DOCUMENTS)

    assert exported.index("## Combien ?") < exported.index("Trois") < exported.index("## Et qui ?")
    assert "1. Le programme, 2018 · page 2" in exported


def test_a_reading_list_in_markdown_has_its_order_and_its_gaps() -> None:
    exported = reading_list_markdown("Je cherche", FOUND, DOCUMENTS)

    assert "1. Le programme\n2. inconnu" in exported
    assert "- Le budget\\." in exported


def test_a_csv_cell_that_looks_like_a_formula_is_made_inert() -> None:
    table = reading_list_csv(FOUND, DOCUMENTS)

    (row,) = csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")
    assert table.startswith(b"\xef\xbb\xbf")
    assert row["titre"] == "'=SOMME(A1)"
    assert row["raison"] == "Pour un comité ; à trois."
    assert row["dans la base"] == "oui"
