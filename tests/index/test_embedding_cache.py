import errno
import sqlite3

import numpy as np
import pytest

from index.embedding_cache import open_embedding_cache

TEXTS = ["un", "deux", "trois", "deux"]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cache" / "embeddings.sqlite"


def test_rows_are_those_of_the_model_in_the_texts_order(file, embedder):
    with open_embedding_cache(file) as cache:
        vectors = cache.embed_passages(embedder, TEXTS)

    np.testing.assert_array_equal(vectors, embedder.embed_passages(TEXTS))


def test_a_text_met_again_is_not_embedded_again(file, embedder):
    with open_embedding_cache(file) as cache:
        first = cache.embed_passages(embedder, TEXTS)
    embedder.embedded.clear()

    with open_embedding_cache(file) as cache:
        again = cache.embed_passages(embedder, [*TEXTS, "quatre"])

    assert embedder.embedded == ["quatre"]
    np.testing.assert_array_equal(again[:4], first)


def test_a_text_that_occurs_twice_is_embedded_once(file, embedder):
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, TEXTS)

    assert sorted(embedder.embedded) == ["deux", "trois", "un"]


@pytest.mark.parametrize("change", [{"name": "autre"}, {"revision": "2"}, {"dimension": 8}])
def test_another_model_or_another_revision_of_it_shares_nothing(file, embedder, change):
    other = type(embedder)(**{"name": embedder.name, "revision": "1", "dimension": 16} | change)
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, TEXTS)

        vectors = cache.embed_passages(other, TEXTS)

    assert sorted(other.embedded) == ["deux", "trois", "un"]
    np.testing.assert_array_equal(vectors, other.embed_passages(TEXTS))


def test_what_was_not_asked_for_since_the_opening_is_forgotten(file, embedder):
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, TEXTS)
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, ["deux"])

        forgotten = cache.forget_unused()

        assert (forgotten, len(cache)) == (2, 1)


def test_groups_embedded_before_a_failure_are_kept(file, embedder):
    texts = [f"texte {number:03}" for number in range(100)]
    embed = embedder.embed_passages
    embedder.embed_passages = lambda group: embed(group) if "texte 000" in group else 1 / 0
    with pytest.raises(ZeroDivisionError), open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, texts)
    embedder.embedded.clear()
    embedder.embed_passages = embed

    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, texts)

    assert len(embedder.embedded) == 36


def test_progress_counts_the_different_texts_to_the_last(file, embedder):
    seen = []
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, TEXTS, progress=lambda done, total: seen.append((done, total)))

    assert seen[-1] == (3, 3)


def test_no_text_gives_no_row(file, embedder):
    with open_embedding_cache(file) as cache:
        assert cache.embed_passages(embedder, []).shape == (0, 16)


def test_a_vector_whose_bytes_changed_is_embedded_again(file, embedder):
    with open_embedding_cache(file) as cache:
        first = cache.embed_passages(embedder, TEXTS)
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE embeddings SET vector = zeroblob(64) WHERE rowid = 1")
    connection.close()
    embedder.embedded.clear()

    with open_embedding_cache(file) as cache:
        again = cache.embed_passages(embedder, TEXTS)

    assert len(embedder.embedded) == 1
    np.testing.assert_array_equal(again, first)


@pytest.mark.parametrize("position", [0, 4100], ids=["header", "table"])
def test_a_file_that_is_no_database_any_more_is_started_afresh(file, embedder, position):
    with open_embedding_cache(file) as cache:
        first = cache.embed_passages(embedder, TEXTS)
    content = bytearray(file.read_bytes())
    content[position : position + 16] = b"\xff" * 16
    file.write_bytes(content)

    with open_embedding_cache(file) as cache:
        again = cache.embed_passages(embedder, TEXTS)

    np.testing.assert_array_equal(again, first)


def test_a_file_in_the_folders_place_is_an_os_error(tmp_path):
    (tmp_path / "cache").write_text("")

    with pytest.raises(OSError), open_embedding_cache(tmp_path / "cache" / "embeddings.sqlite"):  # noqa: PT011
        pass


def test_a_folder_in_the_files_place_is_an_os_error(file):
    file.mkdir(parents=True)

    with pytest.raises(OSError, match=r"embeddings\.sqlite"), open_embedding_cache(file):
        pass


def test_a_full_disk_is_an_os_error_that_says_so(file, embedder):
    def embed_on_a_small_disk():
        with open_embedding_cache(file) as cache:
            cache._connection.execute("PRAGMA max_page_count = 4")
            cache.embed_passages(embedder, [f"texte {number}" for number in range(500)])

    with pytest.raises(OSError, match="full") as raised:
        embed_on_a_small_disk()

    assert raised.value.errno == errno.ENOSPC


def test_what_is_forgotten_is_given_back_to_the_disk(file, embedder):
    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, [f"texte {number}" for number in range(500)])
    full = file.stat().st_size

    with open_embedding_cache(file) as cache:
        cache.embed_passages(embedder, ["texte 1"])
        cache.forget_unused()

    assert file.stat().st_size < full / 2
