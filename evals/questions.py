"""Questions with what a right answer holds and where it stands, read from YAML strictly.

The format is described in evals/README.md and evals/questions.schema.json.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Literal, cast

from evals.errors import Problem, QuestionFileError
from evals.facts import tokens
from evals.metrics import PageReference
from evals.yaml_fields import Fields, Value, read_entries
from ingestion.quotes import stands_on_page

Half = Literal["development", "test"]
HALVES: tuple[Half, ...] = ("development", "test")
CONVERSATION = "conversation"
KINDS = ("autre-sujet", "voisin", "donnees-personnelles", "instruction", "charabia", "langue")

EXPECTED_FIELDS = ("question", "refuse", "kind", "facts", "wrong", "sources", "is_list")
QUESTION_FIELDS = ("id", "history", "slice", "half", *EXPECTED_FIELDS)
CONVERSATION_FIELDS = ("id", "slice", "half", "turns")


@dataclass(frozen=True, slots=True)
class Source:
    """A right page and the exact text on it that holds the answer."""

    document: str
    page: int
    evidence: str
    line: int


@dataclass(frozen=True, slots=True)
class Expected:
    """One question and what its answer must be; with `refuse` there are no facts and no sources."""

    question: str
    refuse: bool = False
    kind: str = ""
    facts: tuple[tuple[str, ...], ...] = ()
    wrong: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    is_list: bool = False

    @property
    def right_pages(self) -> frozenset[PageReference]:
        return frozenset((source.document, source.page) for source in self.sources)


@dataclass(frozen=True, slots=True)
class Question:
    """An entry of a question file.

    `previous` holds the questions of a conversation's earlier turns: the runner asks them for real, and only
    the last turn, `expected`, counts. `history` is given as it stands instead: (role, content) messages.
    """

    id: str
    slice: str
    half: Half
    expected: Expected
    file: str
    line: int
    history: tuple[tuple[str, str], ...] = ()
    previous: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return self.expected.question


def load_questions(paths: Sequence[Path]) -> tuple[Question, ...]:
    """The questions and conversations of the files, in order.

    Raises:
        QuestionFileError: every wrong entry of the first wrong file, with line and field.
    """
    found: dict[str, Question] = {}
    for path in paths:
        for question in read_entries(path, partial(_read_question, file=path.name)):
            if question.id in found:
                earlier = found[question.id]
                message = (
                    f"« {question.id} » est déjà le nom de l'entrée {earlier.file}, ligne {earlier.line}."
                )
                raise QuestionFileError(path.name, (Problem(question.line, "id", message),))
            found[question.id] = question
    return tuple(found.values())


def check_sources(questions: Sequence[Question], page_texts: Mapping[PageReference, str]) -> None:
    """Refuse sources whose page is not in the corpus or whose evidence does not stand on it.

    Raises:
        QuestionFileError: every such source of the first file that has one, with its line.
    """
    problems: dict[str, list[Problem]] = {}
    for question in questions:
        for number, source in enumerate(question.expected.sources, start=1):
            fault = _source_fault(source, page_texts)
            if fault:
                field, message = fault
                problem = Problem(source.line, f"sources[{number}].{field}", f"{question.id} : {message}")
                problems.setdefault(question.file, []).append(problem)
    for file, found in problems.items():
        raise QuestionFileError(file, tuple(found))


def _source_fault(source: Source, page_texts: Mapping[PageReference, str]) -> tuple[str, str] | None:
    """The field that is wrong and why, or None."""
    page_text = page_texts.get((source.document, source.page))
    if page_text is None:
        if all(document != source.document for document, _ in page_texts):
            return "document", f"le document « {source.document} » n'est pas dans le corpus."
        return "page", f"« {source.document} » n'a pas de page {source.page}."
    if not stands_on_page(source.evidence, page_text):
        return "evidence", f"ce texte n'est pas sur la page {source.page} de « {source.document} »."
    return None


def _read_question(entry: Value, *, file: str) -> Question:
    if "turns" in dict(entry.pairs()):
        return _read_conversation(Fields(entry, CONVERSATION_FIELDS), file=file)
    fields = Fields(entry, QUESTION_FIELDS)
    history = fields.optional("history")
    return Question(
        id=fields.required("id").text(),
        slice=fields.required("slice").text(),
        half=_half(fields),
        expected=_read_expected(fields),
        file=file,
        line=entry.line,
        history=tuple(_read_message(message) for message in history.items()) if history else (),
    )


def _read_conversation(fields: Fields, *, file: str) -> Question:
    fields.required("slice").choice([CONVERSATION])
    turns = [Fields(turn, EXPECTED_FIELDS) for turn in fields.required("turns").items(least=2)]
    *previous, last = [_read_expected(turn) for turn in turns]
    return Question(
        id=fields.required("id").text(),
        slice=CONVERSATION,
        half=_half(fields),
        expected=last,
        file=file,
        line=fields.group.line,
        previous=tuple(turn.question for turn in previous),
    )


def _half(fields: Fields) -> Half:
    return cast(Half, fields.required("half").choice(HALVES))


def _read_message(value: Value) -> tuple[str, str]:
    fields = Fields(value, ("role", "content"))
    return fields.required("role").choice(["user", "assistant"]), fields.required("content").text()


def _read_expected(fields: Fields) -> Expected:
    question = fields.required("question").text()
    refuse = fields.optional("refuse")
    if refuse is not None and refuse.flag():
        for name in ("facts", "wrong", "sources", "is_list"):
            fields.refuse(name, "une question à refuser (refuse: true) n'a pas ce champ.")
        kind = fields.optional("kind")
        return Expected(question=question, refuse=True, kind=kind.choice(KINDS) if kind else "")
    fields.refuse("kind", "ce champ ne va qu'avec refuse: true.")
    wrong, is_list = fields.optional("wrong"), fields.optional("is_list")
    return Expected(
        question=question,
        facts=tuple(_read_forms(group) for group in fields.required("facts").items()),
        wrong=_read_forms(wrong) if wrong else (),
        sources=tuple(_read_source(source) for source in fields.required("sources").items()),
        is_list=is_list.flag() if is_list else False,
    )


def _read_forms(group: Value) -> tuple[str, ...]:
    return tuple(_read_form(form) for form in group.items())


def _read_form(value: Value) -> str:
    form = value.text()
    if not tokens(form):
        raise value.wrong(f"« {form} » ne contient que des articles ou de la ponctuation : précisez.")
    return form


def _read_source(value: Value) -> Source:
    fields = Fields(value, ("document", "page", "evidence"))
    return Source(
        document=fields.required("document").text(),
        page=fields.required("page").whole_number(low=1),
        evidence=fields.required("evidence").text(),
        line=value.line,
    )
