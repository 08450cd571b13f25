"""The parts are switched off one at a time, over the same questions."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from evals.ablation import ablate, ablation_table
from evals.questions import Expected, Question, Source
from evals.target import Message, Reply

QUESTIONS = [
    Question(
        id="q",
        slice="nombre",
        half="test",
        expected=Expected("Combien ?", facts=(("12",),), sources=(Source("programme", 1, "12", 1),)),
        file="jeu.yaml",
        line=1,
    )
]


class AnswersFromPage:
    """Finds its passage on the given page."""

    def __init__(self, page: int) -> None:
        self.page = page

    def ask(
        self, question: str, *, history: Sequence[Message] = (), documents: Sequence[str] | None = None
    ) -> Reply:
        del question, history, documents
        passage = {"document_id": "programme", "page": self.page, "page_end": self.page, "text": ""}
        return {"status": "not_found", "answer": "Rien.", "citations": [], "passages": [passage]}


def test_each_part_has_a_row_with_its_difference_to_the_whole() -> None:
    opened: list[str | None] = []
    closed: list[str | None] = []

    @contextmanager
    def open_target(without: str | None) -> Iterator[AnswersFromPage]:
        opened.append(without)
        yield AnswersFromPage(2 if without == "words" else 1)
        closed.append(without)

    rows = ablate(open_target, QUESTIONS, page_texts={}, parts=("words", "lexicon"))
    table = ablation_table(rows, labels={"words": "les mots", "lexicon": "le lexique"})
    assert opened == closed == [None, "words", "lexicon"]
    assert [row[:2] for row in table.rows] == [
        ("(rien : tout est là)", "100,0 %"),
        ("les mots", "0,0 % (−100,0)"),
        ("le lexique", "100,0 % (+0,0)"),
    ]
