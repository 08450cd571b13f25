"""PIAF's file as small corpora, on a file of a few articles."""

import json
from pathlib import Path
from typing import Any

import pytest

from evals.errors import PiafFileError
from evals.piaf import read_piaf, sampled

CONTEXT = "La ruche a été posée en mai. Elle donne douze kilos de miel. Le rucher compte 14 ruches."


def article(number: int, category: str) -> dict[str, Any]:
    """One article of one paragraph, asked where its numbers stand."""
    found = [{"text": text, "answer_start": CONTEXT.index(text)} for text in ("douze", "14")]
    questions = [
        {"question": f"Combien de miel ? ({number})", "answers": found[:1]},
        {"question": f"Combien ? ({number})", "answers": found},
    ]
    return {
        "title": f"Article {number}",
        "categorie": category,
        "paragraphs": [{"context": CONTEXT, "qas": questions}],
    }


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "piaf.json"
    data = [article(number, ("Nature", "Sport")[number % 2]) for number in range(20)]
    path.write_text(json.dumps({"data": data}), encoding="utf-8")
    return path


def test_articles_are_drawn_in_two_halves_that_share_none_and_lose_none(file: Path) -> None:
    corpora = read_piaf(file)
    halves = [
        {document.id for piaf in corpora if piaf.half == half for document in piaf.corpus.documents}
        for half in (0, 1)
    ]
    assert [len(half) for half in halves] == [10, 10]
    assert len(halves[0] | halves[1]) == 20


def test_the_halves_are_drawn_alike_each_time(file: Path) -> None:
    assert read_piaf(file) == read_piaf(file)


def test_each_half_has_one_corpus_for_a_category(file: Path) -> None:
    corpora = read_piaf(file)
    assert [(piaf.half, piaf.name) for piaf in corpora] == [
        (0, "Nature"),
        (0, "Sport"),
        (1, "Nature"),
        (1, "Sport"),
    ]
    for piaf in corpora:
        numbers = [int(document.id.removeprefix("article-")) for document in piaf.corpus.documents]
        assert {number % 2 for number in numbers} == {0 if piaf.name == "Nature" else 1}


def test_right_are_the_sentences_that_hold_a_span(file: Path) -> None:
    piaf = read_piaf(file)[0]
    one, several = piaf.questions[:2]
    passage = piaf.corpus.passages[one.passage]
    assert [passage.sentences[place].text for place in one.sentences] == ["Elle donne douze kilos de miel."]
    assert several.sentences == {1, 2}
    assert passage.document_id == one.article


def test_a_sample_keeps_every_paragraph_and_the_same_share_of_questions(file: Path) -> None:
    whole = read_piaf(file)
    some = sampled(whole, 0.5)
    assert [piaf.corpus for piaf in some] == [piaf.corpus for piaf in whole]
    assert 0 < sum(len(piaf.questions) for piaf in some) < 40
    assert some == sampled(whole, 0.5)
    assert sampled(whole, 1.0) == whole


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "ce n'est pas un fichier de PIAF"),
        ("[]", "ce n'est pas un fichier de PIAF"),
        (json.dumps({"data": [{"title": "Sans catégorie", "paragraphs": []}]}), "categorie"),
        (json.dumps({"data": [article(0, "Sport"), article(1, "Sport")]}), "deux catégories"),
        (json.dumps({"data": []}), "deux catégories"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_with_its_name(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "autre.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PiafFileError, match=rf"autre\.json : .*{said}"):
        read_piaf(path)


def test_a_file_that_is_not_there_is_told_with_its_name(tmp_path: Path) -> None:
    with pytest.raises(PiafFileError, match=r"absent\.json : "):
        read_piaf(tmp_path / "absent.json")
