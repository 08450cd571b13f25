import json
import threading
from dataclasses import replace

import pytest

from index.errors import IndexBusy, IndexDamaged, IndexMissing, IndexOutdated
from index.generation import new_generation, open_generation, publish, read_pointer, sha256_of_files, writing
from index.manifest import FORMAT_VERSION, Manifest

MANIFEST = Manifest(
    format_version=FORMAT_VERSION,
    embedding_model="empreinte",
    embedding_revision="1",
    dimension=16,
    document_count=1,
    page_count=1,
    passage_count=1,
    sentence_count=1,
    corpus_hash="0",
    created_at="2026-11-21T10:00:00+00:00",
    files={},
)


def write_generation(data_dir, content="un", **changes):
    with writing(data_dir):
        folder = new_generation(data_dir)
        (folder / "words").mkdir()
        (folder / "words" / "a.json").write_text(content)
        publish(data_dir, folder, replace(MANIFEST, files=sha256_of_files(folder), **changes))
    return folder


def generations(data_dir):
    return {folder.name for folder in (data_dir / "index" / "generations").iterdir()}


def open_current(data_dir):
    return open_generation(data_dir, read_pointer(data_dir))


def test_a_published_generation_is_the_one_that_opens(tmp_path):
    written = write_generation(tmp_path)

    folder, manifest = open_current(tmp_path)

    assert folder == written
    assert list(manifest.files) == ["words/a.json"]


def test_a_manifest_comes_back_as_it_was():
    assert Manifest.from_json(MANIFEST.to_json()) == MANIFEST


def test_until_it_is_published_the_previous_generation_opens(tmp_path):
    first = write_generation(tmp_path)
    with writing(tmp_path):
        new_generation(tmp_path)

        assert open_current(tmp_path)[0] == first


def test_the_current_generation_and_the_one_before_it_are_kept(tmp_path):
    _, second, third = (write_generation(tmp_path, str(number)) for number in range(3))

    assert generations(tmp_path) == {second.name, third.name}


def test_what_a_killed_ingestion_left_is_removed_by_the_next(tmp_path):
    first = write_generation(tmp_path)
    leftover = tmp_path / "index" / "generations" / "20200101T000000-dead"
    (leftover / "words").mkdir(parents=True)
    (leftover / "passages.faiss").write_bytes(b"half")

    second = write_generation(tmp_path)

    assert generations(tmp_path) == {first.name, second.name}


def test_what_a_failed_ingestion_wrote_is_removed_at_once(tmp_path):
    first = write_generation(tmp_path)

    with pytest.raises(FileNotFoundError), writing(tmp_path):
        (new_generation(tmp_path) / "absent" / "passages.faiss").write_bytes(b"half")

    assert generations(tmp_path) == {first.name}
    assert open_current(tmp_path)[0] == first


def test_two_ingestions_do_not_write_at_once(tmp_path):
    with writing(tmp_path), pytest.raises(IndexBusy, match="Une autre ingestion"), writing(tmp_path):
        pass


def test_the_lock_is_let_go_of_after_a_failure(tmp_path):
    with pytest.raises(ZeroDivisionError), writing(tmp_path):
        raise ZeroDivisionError

    with writing(tmp_path):
        pass


def test_no_index_says_which_folder_and_what_to_run(tmp_path):
    with pytest.raises(IndexMissing, match=f"« {tmp_path} ».*« cokit ingest »"):
        read_pointer(tmp_path)


def test_another_format_says_which_was_found_and_which_is_read(tmp_path):
    write_generation(tmp_path, format_version=FORMAT_VERSION + 1)

    with pytest.raises(IndexOutdated, match=f"au format {FORMAT_VERSION + 1} ;.* format {FORMAT_VERSION}"):
        open_current(tmp_path)


@pytest.mark.parametrize("name", ["words/a.json", "manifest.json"])
def test_a_changed_byte_is_refused(tmp_path, name):
    file = write_generation(tmp_path) / name
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)

    with pytest.raises(IndexDamaged, match=f"{name} » a été modifié"):
        open_current(tmp_path)


@pytest.mark.parametrize("name", ["words/a.json", "manifest.json"])
def test_an_absent_file_is_named(tmp_path, name):
    (write_generation(tmp_path) / name).unlink()

    with pytest.raises(IndexDamaged, match=f"{name} » est absent"):
        open_current(tmp_path)


def test_a_file_in_the_data_folders_place_is_no_index(tmp_path):
    (tmp_path / "data").write_text("")

    with pytest.raises(IndexMissing):
        read_pointer(tmp_path / "data")


def test_what_cannot_be_read_is_named(tmp_path):
    file = write_generation(tmp_path) / "words" / "a.json"
    file.unlink()
    file.mkdir()

    with pytest.raises(IndexDamaged, match=r"words/a\.json » ne peut pas être lu"):
        open_current(tmp_path)


@pytest.mark.parametrize("content", ["", "{", "[]", "{}", '{"generation": 3}', "\xff"])
def test_an_unreadable_pointer_is_refused_and_the_next_ingestion_repairs_it(tmp_path, content):
    write_generation(tmp_path)
    (tmp_path / "index" / "current.json").write_text(content, encoding="latin-1")

    with pytest.raises(IndexDamaged, match=r"current\.json » n'est pas lisible"):
        read_pointer(tmp_path)

    repaired = write_generation(tmp_path)
    assert open_current(tmp_path)[0] == repaired


def test_a_pointer_to_another_generation_is_refused(tmp_path):
    write_generation(tmp_path)
    file = tmp_path / "index" / "current.json"
    file.write_text(json.dumps(json.loads(file.read_text()) | {"generation": "20200101T000000-dead"}))

    with pytest.raises(IndexDamaged, match="est absent"):
        open_current(tmp_path)


def test_readers_always_find_a_whole_generation_while_others_are_published(tmp_path):
    write_generation(tmp_path)
    stop, seen = threading.Event(), set()

    def publish_until_stopped():
        while not stop.is_set():
            write_generation(tmp_path, "x" * 1000)

    writer = threading.Thread(target=publish_until_stopped)
    writer.start()
    try:
        while len(seen) < 5 and writer.is_alive():
            seen.add(read_pointer(tmp_path).generation)
    finally:
        stop.set()
        writer.join()

    assert len(seen) == 5
    assert open_current(tmp_path)
