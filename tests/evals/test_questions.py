"""A question file is read strictly: what is wrong has a line, a field and a remedy."""

import json
from pathlib import Path

import jsonschema
import pytest
import yaml

from evals.commands import QUESTION_FILES
from evals.errors import QuestionFileError
from evals.questions import check_sources, load_questions

SCHEMA = QUESTION_FILES[0].with_name("questions.schema.json")
GOOD = """\
- id: nombre-1
  question: "Combien de territoires ?"
  slice: nombre
  half: test
  history: [{role: user, content: Bonjour}, {role: assistant, content: Bonjour.}]
  facts: [["12", douze], [territoires]]
  wrong: ["10 territoires"]
  sources: [{document: programme, page: 1, evidence: "12 territoires"}]
  is_list: true
- id: refus-1
  question: "Quel temps fait-il ?"
  slice: refus
  half: development
  refuse: true
  kind: autre-sujet
- id: conversation-1
  slice: conversation
  half: test
  turns:
    - question: Qui pilote ?
      facts: [[CGET]]
      sources: [{document: programme, page: 2, evidence: CGET}]
    - question: Et leur salaire ?
      refuse: true
"""


def written(folder: Path, text: str, name: str = "jeu.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_question_keeps_every_field(tmp_path: Path) -> None:
    question = load_questions([written(tmp_path, GOOD)])[0]
    assert question.id == "nombre-1"
    assert question.text == "Combien de territoires ?"
    assert (question.slice, question.half, question.line) == ("nombre", "test", 1)
    assert question.history == (("user", "Bonjour"), ("assistant", "Bonjour."))
    assert question.expected.facts == (("12", "douze"), ("territoires",))
    assert question.expected.wrong == ("10 territoires",)
    assert question.expected.right_pages == {("programme", 1)}
    assert question.expected.is_list


def test_a_refusal_has_its_kind_and_nothing_to_find(tmp_path: Path) -> None:
    refusal = load_questions([written(tmp_path, GOOD)])[1].expected
    assert (refusal.refuse, refusal.kind, refusal.facts, refusal.sources) == (True, "autre-sujet", (), ())


def test_the_last_turn_of_a_conversation_is_what_counts(tmp_path: Path) -> None:
    conversation = load_questions([written(tmp_path, GOOD)])[2]
    assert conversation.previous == ("Qui pilote ?",)
    assert conversation.text == "Et leur salaire ?"
    assert conversation.expected.refuse


WRONG_FILES = [
    ("half: test", "half: tests", 4, "half", "development, test"),
    ("  slice: nombre\n", "", 1, "slice", "ce champ manque"),
    ("slice: nombre", "slise: nombre", 3, "slise", "Vouliez-vous dire « slice »"),
    ('[["12", douze]', "[[12, douze]", 6, "facts[1][1]", "Mettez 12 entre guillemets"),
    ('[["12", douze]', "[[un]", 6, "facts[1][1]", "articles"),
    ('[["12", douze], [territoires]]', "[]", 6, "facts", "au moins 1"),
    ("page: 1,", "page: 0,", 8, "sources[1].page", "à partir de 1"),
    ("page: 1,", "page: trois,", 8, "sources[1].page", "nombre entier"),
    ('evidence: "12 territoires"', 'evidence: ""', 8, "sources[1].evidence", "texte vide"),
    ("is_list: true", "is_list: peut-être", 9, "is_list", "true ou false"),
    ("role: user", "role: maire", 5, "history[1].role", "user, assistant"),
    ("kind: autre-sujet", "kind: meteo", 15, "kind", "autre-sujet, voisin"),
    ("kind: autre-sujet", 'facts: [["12"]]', 15, "facts", "refuse: true"),
    ("  is_list: true", "  kind: voisin", 9, "kind", "refuse: true"),
    (
        "  half: test\n  history",
        "  half: test\n  half: test\n  history",
        5,
        "half",
        "déjà donné à la ligne 4",
    ),
    ("slice: conversation", "slice: dialogue", 17, "slice", "conversation"),
    ("document: programme, page: 2", "page: 2", 22, "turns[1].sources[1].document", "ce champ manque"),
]


@pytest.mark.parametrize(("right", "wrong", "line", "field", "message"), WRONG_FILES)
def test_a_wrong_file_gets_the_line_and_the_field(
    tmp_path: Path, right: str, wrong: str, line: int, field: str, message: str
) -> None:
    assert right in GOOD
    path = written(tmp_path, GOOD.replace(right, wrong, 1))
    with pytest.raises(QuestionFileError) as failure:
        load_questions([path])
    problem = failure.value.problems[0]
    assert (problem.line, problem.field) == (line, field)
    assert message in problem.message
    assert f"jeu.yaml, ligne {line}, champ « {field} »" in str(failure.value)


def test_every_wrong_entry_is_told_at_once(tmp_path: Path) -> None:
    path = written(tmp_path, GOOD.replace("half: test", "half: x"))
    with pytest.raises(QuestionFileError) as failure:
        load_questions([path])
    assert [problem.line for problem in failure.value.problems] == [4, 18]


def test_an_id_used_twice_is_refused_across_files(tmp_path: Path) -> None:
    first, second = written(tmp_path, GOOD), written(tmp_path, GOOD, "suite.yaml")
    with pytest.raises(QuestionFileError, match=r"suite\.yaml, ligne 1, champ « id ».*jeu\.yaml, ligne 1"):
        load_questions([first, second])


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: [", "syntaxe YAML"),
        ("", "une liste d'entrées"),
        ("id: x", "une liste d'entrées"),
        ("- id: \x07", "caractère interdit"),
    ],
)
def test_a_file_that_is_no_list_of_entries_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(QuestionFileError, match=message):
        load_questions([written(tmp_path, text)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(QuestionFileError, match=r"absent\.yaml.*ne peut pas être lu"):
        load_questions([tmp_path / "absent.yaml"])


def test_a_file_in_latin_1_is_told_to_be_saved_in_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "jeu.yaml"
    path.write_bytes("- id: été".encode("latin-1"))
    with pytest.raises(QuestionFileError, match="UTF-8"):
        load_questions([path])


PAGES = {("programme", 1): "conçu pour 12\nterritoires", ("programme", 2): "CGET"}


def test_evidence_that_stands_on_its_page_is_accepted(tmp_path: Path) -> None:
    check_sources(load_questions([written(tmp_path, GOOD)]), PAGES)


@pytest.mark.parametrize(
    ("pages", "field", "message"),
    [
        ({("autre", 1): ""}, "document", "n'est pas dans le corpus"),
        ({("programme", 2): "CGET"}, "page", "n'a pas de page 1"),
        ({("programme", 1): "13 territoires"}, "evidence", "n'est pas sur la page 1"),
    ],
)
def test_a_source_that_does_not_hold_is_refused_with_its_line(
    tmp_path: Path, pages: dict[tuple[str, int], str], field: str, message: str
) -> None:
    questions = load_questions([written(tmp_path, GOOD)])[:1]
    with pytest.raises(QuestionFileError, match=message) as failure:
        check_sources(questions, pages)
    assert failure.value.problems[0].line == 8
    assert failure.value.problems[0].field == f"sources[1].{field}"


def test_the_published_schema_accepts_what_the_loader_accepts(tmp_path: Path) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for path in (written(tmp_path, GOOD), *QUESTION_FILES):
        load_questions([path])
        assert list(validator.iter_errors(yaml.safe_load(path.read_text(encoding="utf-8")))) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [case[:2] for case in WRONG_FILES if "[[un]" not in case[1] and case[1].count("half: test") < 2],
)
def test_the_published_schema_refuses_what_it_can_see(right: str, wrong: str) -> None:
    validator = jsonschema.Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert not validator.is_valid(yaml.safe_load(GOOD.replace(right, wrong, 1)))
