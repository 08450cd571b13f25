import numpy as np
import pytest

from index.vectors import VectorStore


def unit_rows(count: int, dimension: int = 24, seed: int = 7) -> np.ndarray:
    rows = np.random.default_rng(seed).standard_normal((count, dimension))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.mark.parametrize("k", [1, 5, 300])
def test_search_gives_the_rows_and_cosines_of_a_brute_force_search_in_its_order(k):
    vectors, question = unit_rows(300), unit_rows(1, seed=8)[0]

    found = VectorStore.build(vectors).search(question, k)

    similarities = vectors @ question
    expected = np.argsort(-similarities)[:k]
    assert found.positions.tolist() == expected.tolist()
    np.testing.assert_allclose(found.scores, similarities[expected], atol=1e-6)


def test_equal_rows_come_in_their_order():
    vectors = np.repeat(unit_rows(2), 3, axis=0)

    assert VectorStore.build(vectors).search(vectors[3], 6).positions.tolist() == [3, 4, 5, 0, 1, 2]


def test_asking_for_more_rows_than_there_are_gives_them_all():
    assert len(VectorStore.build(unit_rows(3)).search(unit_rows(1)[0], 10).positions) == 3


@pytest.mark.parametrize("k", [0, 5])
def test_an_empty_store_finds_nothing(k):
    found = VectorStore.build(np.empty((0, 24), dtype=np.float32)).search(unit_rows(1)[0], k)

    assert found.positions.tolist() == found.scores.tolist() == []


def test_rows_are_given_back_as_they_were_in_the_order_asked():
    vectors = unit_rows(10)

    np.testing.assert_array_equal(VectorStore.build(vectors).rows([7, 0, 7]), vectors[[7, 0, 7]])


@pytest.mark.parametrize("exact_rows", [50_000, 100], ids=["exact", "HNSW"])
def test_a_store_read_again_answers_the_same(tmp_path, exact_rows):
    store, question = VectorStore.build(unit_rows(400), exact_rows=exact_rows), unit_rows(1, seed=8)[0]
    store.write(tmp_path / "vectors.faiss")

    again = VectorStore.read(tmp_path / "vectors.faiss")

    assert (len(again), again.dimension) == (400, 24)
    assert again.search(question, 9).positions.tolist() == store.search(question, 9).positions.tolist()
    np.testing.assert_array_equal(again.search(question, 9).scores, store.search(question, 9).scores)


def test_above_the_exact_bound_the_graph_finds_nearly_all_that_brute_force_finds():
    vectors, questions = unit_rows(3000), unit_rows(20, seed=8)
    store = VectorStore.build(vectors, exact_rows=2999)

    found = [set(store.search(question, 10).positions) for question in questions]

    expected = [set(np.argsort(-(vectors @ question))[:10]) for question in questions]
    assert type(store._store.client).__name__ == "IndexHNSWFlat"
    assert sum(len(f & e) for f, e in zip(found, expected, strict=True)) >= 190
    np.testing.assert_array_equal(store.rows([5, 2]), vectors[[5, 2]])


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="absent"):
        VectorStore.build(unit_rows(2)).write(tmp_path / "absent" / "vectors.faiss")
