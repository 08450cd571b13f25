"""What PIAF's questions teach, on four small corpora searched with the real engine."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.answerability import FEATURES as ANSWERABILITY_FEATURES
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.reader import Reader
from evals.fit import Listing, Logistic
from evals.fit_answerability import fit_answerability
from evals.fit_piaf import (
    ANSWERABLE,
    REFUSALS,
    Judging,
    RememberedQuestions,
    Searched,
    answerability_row,
    labelled_rows,
    open_corpora,
    passage_listings,
    passages_of,
    refusal_auroc,
    refusal_rows,
    searched,
    sentence_listings,
    taught,
    unread,
)
from evals.piaf import read_piaf
from evals.taught import is_taught_article
from index.embeddings import E5Embedder, Vectors
from index.lexicon import Lexicon
from index.opened import StoredIndex
from index.search import SCORINGS

EVEN = dict.fromkeys(SCORINGS, 1.0)
CHOICE = {name: float(name in ("covered", "similarity")) for name in CHOICE_FEATURES}
JUDGING = Judging(Reader(threads=2), CHOICE)


class Counted:
    """The real engine, and what it was asked to embed."""

    def __init__(self) -> None:
        self._engine = E5Embedder(threads=2)
        self.name, self.dimension = self._engine.name, self._engine.dimension
        self.revision, self.question_revision = self._engine.revision, self._engine.question_revision
        self.embedded: list[str] = []

    def embed_questions(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        return self._engine.embed_questions(texts)

    def embed_for_question_centre(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        return self._engine.embed_for_question_centre(texts)

    def embed_passages(self, texts: list[str]) -> Vectors:
        self.embedded += texts
        return self._engine.embed_passages(texts)


def nothing(*_: Any) -> None:
    """Progress that nobody watches."""


@pytest.fixture(scope="module")
def engine() -> Counted:
    return Counted()


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("piaf")


@pytest.fixture(scope="module")
def indexes(piaf_file: Path, data_dir: Path, engine: Counted) -> list[StoredIndex]:
    return opened(piaf_file, data_dir, engine)


def opened(piaf_file: Path, data_dir: Path, engine: Counted) -> list[StoredIndex]:
    corpora = {f"{one.half}-{one.name}": one.corpus for one in read_piaf(piaf_file)}
    return open_corpora(corpora, data_dir=data_dir, embedder=engine, progress=nothing)


@pytest.fixture(scope="module")
def fitted_half(piaf_file: Path, indexes: list[StoredIndex], engine: Counted) -> list[Searched]:
    corpora = read_piaf(piaf_file)
    remembered = RememberedQuestions(engine)
    return searched(corpora, indexes, embedder=remembered, lexicon=Lexicon(), weights=EVEN)[0]


@pytest.mark.usefixtures("indexes")
def test_indexes_are_built_once_and_again_when_their_texts_change(
    piaf_file: Path, data_dir: Path, engine: Counted, tmp_path: Path
) -> None:
    engine.embedded.clear()
    opened(piaf_file, data_dir, engine)
    assert engine.embedded == []

    changed = tmp_path / "changed.json"
    changed.write_text(piaf_file.read_text(encoding="utf-8").replace("samedi", "lundi"), encoding="utf-8")
    rebuilt = opened(changed, data_dir, engine)
    assert any("lundi" in passage.text for index in rebuilt for passage in index.passages)
    assert not any("samedi" in passage.text for index in rebuilt for passage in index.passages)


def test_a_question_is_embedded_once(engine: Counted) -> None:
    remembered = RememberedQuestions(engine)
    engine.embedded.clear()
    twice = remembered.embed_questions(["Qui ?", "Où ?", "Qui ?"])
    assert np.array_equal(twice, remembered.embed_questions(["Qui ?", "Où ?", "Qui ?"]))
    assert engine.embedded == ["Qui ?", "Où ?"]


def test_the_right_passage_and_sentence_of_each_question_are_marked(fitted_half: list[Searched]) -> None:
    asked = [(one, question) for one in fitted_half for question in one.piaf.questions]
    steps: list[None] = []

    passages = passage_listings(fitted_half, step=lambda: steps.append(None))
    sentences = sentence_listings(fitted_half, step=nothing)

    assert len(passages) == len(sentences) == len(asked) == len(steps)
    for (one, question), ranked, candidates in zip(asked, passages, sentences, strict=True):
        assert ranked.features.shape == (len(one.searcher.index.passages), len(SCORINGS))
        assert np.flatnonzero(ranked.right).tolist() == [question.passage]
        assert candidates.features.shape[1] == len(CHOICE_FEATURES)
        assert candidates.right.sum() == len(question.sentences) == 1


def test_only_questions_on_what_the_reader_was_not_trained_on_are_kept(fitted_half: list[Searched]) -> None:
    for before, after in zip(fitted_half, unread(fitted_half), strict=True):
        titles = {document.id: document.title for document in before.piaf.corpus.documents}
        expected = [one for one in before.piaf.questions if not is_taught_article(titles[one.article])]
        assert list(after.piaf.questions) == expected
        assert after.piaf.corpus is before.piaf.corpus


def test_a_withheld_passage_covers_nothing_of_its_question(fitted_half: list[Searched]) -> None:
    one = fitted_half[0]
    question = one.piaf.questions[0]
    covered = ANSWERABILITY_FEATURES.index("covered_in_context")

    def row(without: list[int]) -> np.ndarray | None:
        return answerability_row(one, question.text, without=without, judging=JUDGING)

    whole, withheld = row([]), row(passages_of(one.searcher.index, question.article))
    assert whole is not None
    assert withheld is not None
    assert withheld[covered] < whole[covered]
    assert row(list(range(len(one.searcher.index.passages)))) is None  # nothing is left to read


def test_a_question_without_any_term_never_reaches_the_model(fitted_half: list[Searched]) -> None:
    assert answerability_row(fitted_half[0], "et ?", without=[], judging=JUDGING) is None


def test_each_sort_of_refusal_has_its_rows_and_scores_below_what_is_answerable(
    fitted_half: list[Searched],
) -> None:
    count = sum(len(one.piaf.questions) for one in fitted_half)

    rows = refusal_rows(fitted_half, JUDGING, step=nothing)
    model = fit_answerability(labelled_rows(rows))

    assert {name: len(found) for name, found in rows.items()} == dict.fromkeys((ANSWERABLE, *REFUSALS), count)
    for refusal in REFUSALS:
        assert (refusal_auroc(model, rows, refusal) or 0) > 0.8


def test_a_sort_without_any_question_has_no_auroc() -> None:
    none = np.empty((0, len(ANSWERABILITY_FEATURES)))
    rows = {
        ANSWERABLE: np.ones((2, len(ANSWERABILITY_FEATURES))),
        "far": none,
        "near": none,
        "hard": none[:0],
    }
    assert refusal_auroc(Logistic(np.zeros(len(ANSWERABILITY_FEATURES)), 0.0), rows, "near") is None


def test_what_right_sentences_hardly_ever_have_is_not_taught() -> None:
    shown = Listing(np.array([[1.0, 0.0], [0.0, 1.0]]), np.array([True, False]))
    assert taught([shown] * 1000).tolist() == [True, False]
    other = Listing(shown.features[::-1], shown.right)
    assert taught([shown] * 999 + [other]).tolist() == [True, False]
    assert taught([shown] * 90 + [other] * 10).tolist() == [True, True]
