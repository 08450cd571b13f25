"""The assistant without each part, over three passages and a lexicon of one family."""

from pathlib import Path

import pytest

from assistant.reader import Reader
from assistant.settings import Settings
from evals.switches import PARTS, target_without
from evals.target import Reply
from index.analysis import tokenize, words
from index.build import build_index
from index.embeddings import E5Embedder
from ingestion.document import Corpus, Document, Page, Passage, Sentence

PASSAGES = {
    "Le financement": "Chaque commune verse deux euros par habitant.",
    "Le calendrier": "Une école accueille la réunion du printemps.",
    "Les outils": "Un cahier recueille les idées des riverains.",
}
QUESTION = "Combien la mairie paie-t-elle à l’école pour le financement ?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("switches")
    (folder / "lexicon.yaml").write_text("synonymes:\n- [mairie, commune]\n", encoding="utf-8")
    passages = tuple(
        Passage(f"guide:{number}", "guide", (heading,), (Sentence(text, text, 1),))
        for number, (heading, text) in enumerate(PASSAGES.items())
    )
    documents = (Document("guide", "Le guide", Path("guide.pdf"), "0" * 64, ("1",)),)
    corpus = Corpus(documents, (Page("guide", 1, "1", "\n".join(PASSAGES.values())),), passages)
    engine = E5Embedder(threads=2)
    build_index(corpus, data_dir=folder, embedder=engine, corpus_hash="abc", tokenize=tokenize)
    return Settings(data_dir=folder, corpus_dir=folder, threads=2)


def reply(settings: Settings, part: str | None) -> Reply:
    with target_without(settings, part) as target:
        return target.ask(QUESTION)


def scores(answered: Reply) -> dict[str, float]:
    return {passage["text"]: passage["score"] for passage in answered["passages"]}


@pytest.fixture(scope="module")
def whole(settings: Settings) -> dict[str, float]:
    return scores(reply(settings, None))


@pytest.mark.parametrize("part", [part for part in PARTS if part not in ("answerability", "reader")])
def test_a_part_switched_off_changes_the_scores_of_the_passages(
    settings: Settings, whole: dict[str, float], part: str
) -> None:
    without = scores(reply(settings, part))

    assert set(without) == set(whole)
    assert max(abs(without[text] - whole[text]) for text in whole) > 0.01


def test_without_the_refusal_model_what_it_refused_is_answered(settings: Settings) -> None:
    question = "Quelle école a le plus beau drapeau de la planète Mars ?"

    def status(part: str | None) -> str:
        with target_without(settings, part) as target:
            return str(target.ask(question)["status"])

    assert (status(None), status("answerability")) == ("not_found", "answered")


def test_without_the_reader_nothing_is_read(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    class Read(Exception):
        pass

    def read(*_: object) -> None:
        raise Read

    monkeypatch.setattr(Reader, "log_odds", read)

    assert reply(settings, "reader")["status"] in ("answered", "not_found")
    with pytest.raises(Read):
        reply(settings, None)


def test_words_are_folded_again_once_the_block_ends(settings: Settings, whole: dict[str, float]) -> None:
    with target_without(settings, "elision_and_accents"):
        assert words("l’école") == ["l'école"]
    assert words("l’école") == ["ecole"]
    assert scores(reply(settings, None)) == pytest.approx(whole)


def test_vectors_without_headings_leave_the_cache_of_ingestion_alone(settings: Settings) -> None:
    cache = settings.data_dir / "cache" / "embeddings.sqlite"
    before = cache.read_bytes()

    reply(settings, "heading_trail")

    assert cache.read_bytes() == before
