"""Outcomes with values chosen by hand."""

from collections.abc import Callable

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
