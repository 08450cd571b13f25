"""Outcomes with values chosen by hand, and a small file in the format of PIAF."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from evals.scoring import Outcome, Result

MakeOutcome = Callable[..., Outcome]


@pytest.fixture
def make_outcome() -> MakeOutcome:
    """An outcome of the test half with a page, an answer and the scores that go with its result."""

    def make(
        identifier: str,
        result: Result = "right",
        *,
        half: str = "test",
        slice_name: str = "nombre",
        kind: str = "",
        page: str = "programme p. 1",
        **scores: float,
    ) -> Outcome:
        verdicts = ("caught", "missed") if result in ("caught", "missed") else ("right", "wrong", "refused")
        own = {name: float(name == result) for name in verdicts if name != "missed"}
        if "right" in own:
            own["accepted"] = 1 - own["refused"]
        return Outcome(
            id=identifier,
            question=f"Question {identifier} <b>|</b> ?",
            slice=slice_name,
            half=half,
            kind=kind,
            result=result,
            answer="12 territoires [1].",
            pages=(page,),
            cited=(page,),
            scores={"milliseconds": 20.0, **own, **scores},
        )

    return make


@pytest.fixture(scope="session")
def piaf_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve articles in two categories, two paragraphs of two sentences each, in the format of PIAF."""
    path = tmp_path_factory.mktemp("piaf") / "piaf.json"
    articles = [_village(number) if number % 2 else _ship(number) for number in range(12)]
    path.write_text(json.dumps({"data": articles}), encoding="utf-8")
    return path


def _village(number: int) -> dict[str, object]:
    place = ("le verger", "la fontaine", "le moulin", "la halle", "le lavoir", "la chapelle")[number // 2]
    return _article(
        f"Le village et {place}",
        "Villages",
        (f"En {1800 + number}, la commune rénova {place}.", f"Le maçon qui travailla là est Martin{number}."),
        ("Les habitants y viennent le samedi.", f"Le marché propose {20 + number} étals de légumes."),
        questions=(
            f"En quelle année la commune rénova-t-elle {place} ?",
            "Combien d'étals propose le marché ?",
        ),
    )


def _ship(number: int) -> dict[str, object]:
    name = ("Aurore", "Boussole", "Comète", "Dauphine", "Étoile", "Fauvette")[number // 2]
    return _article(
        f"Le navire {name}",
        "Navires",
        (f"Le navire {name} transporta {300 + number} marins.", "Sa coque était en chêne."),
        ("La tempête arriva en automne.", f"Le capitaine Durand{number} commandait l'équipage."),
        questions=(f"Combien de marins le navire {name} transporta-t-il ?", "Qui commandait l'équipage ?"),
    )


def _article(
    title: str, category: str, *paragraphs: tuple[str, str], questions: tuple[str, str]
) -> dict[str, object]:
    """The first question's answer is its paragraph's first sentence; the other's, the second one."""
    answers = ((paragraphs[0], 0), (paragraphs[1], 1))
    return {
        "title": title,
        "categorie": category,
        "paragraphs": [
            {
                "context": " ".join(sentences),
                "qas": [
                    {
                        "question": question,
                        "answers": [
                            {
                                "text": sentences[place],
                                "answer_start": " ".join(sentences).index(sentences[place]),
                            }
                        ],
                    }
                ],
            }
            for question, (sentences, place) in zip(questions, answers, strict=True)
        ],
    }
