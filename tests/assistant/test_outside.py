"""How near a question is to what people ask elsewhere."""

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.outside import OutsideMatters, outside_phrases


@pytest.fixture(scope="module")
def outside(real_assistant: Assistant, pytestconfig: pytest.Config) -> OutsideMatters:
    assert pytestconfig.cache
    return OutsideMatters(real_assistant.searcher, data_dir=pytestconfig.cache.mkdir("ui-embeddings"))


def nearness(assistant: Assistant, outside: OutsideMatters, question: str) -> float:
    return outside.nearness(assistant.searcher.rank(assistant.searcher.read(question)).vector)


def test_a_phrase_itself_is_as_near_as_can_be(real_assistant: Assistant, outside: OutsideMatters) -> None:
    assert nearness(real_assistant, outside, outside_phrases()[0]) == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    "elsewhere", ["ma chaudière est tombée en panne", "j'ai mal à la gorge, que prendre"]
)
@pytest.mark.parametrize("of_the_kit", ["qui anime la co-construction chez nous", "à quoi sert le kit"])
def test_another_matter_is_nearer_than_one_of_the_kit(
    real_assistant: Assistant, outside: OutsideMatters, elsewhere: str, of_the_kit: str
) -> None:
    assert nearness(real_assistant, outside, elsewhere) > nearness(real_assistant, outside, of_the_kit)


def test_kept_embeddings_are_those_computed(
    real_assistant: Assistant, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = outside_phrases()[:12]
    monkeypatch.setattr("assistant.outside.outside_phrases", lambda: few)
    asked = "mon chien a disparu"
    computed = OutsideMatters(real_assistant.searcher)
    first, again = (OutsideMatters(real_assistant.searcher, data_dir=tmp_path) for _ in range(2))

    assert (tmp_path / "cache" / "outside.sqlite").exists()
    for kept in (first, again):
        expected = nearness(real_assistant, computed, asked)
        assert nearness(real_assistant, kept, asked) == pytest.approx(expected, abs=1e-3)
