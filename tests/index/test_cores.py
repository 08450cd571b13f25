import os

import pytest

from index import cores


def test_there_is_a_core_and_never_more_than_the_processors():
    assert 1 <= cores.physical_cores() <= (os.cpu_count() or 1)


def test_two_threads_of_one_core_count_once(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(cores, "_siblings", lambda processor: f"{processor % 2},{processor % 2 + 2}")
    monkeypatch.setattr(cores, "_quota", lambda: None)

    assert cores.physical_cores() == 2


def test_a_containers_quota_is_an_upper_bound(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: set(range(64)), raising=False)
    monkeypatch.setattr(cores, "_siblings", str)
    monkeypatch.setattr(cores, "_quota", lambda: 2)

    assert cores.physical_cores() == 2


@pytest.mark.parametrize(
    ("content", "processors"),
    [
        ("max 100000\n", None),
        ("200000 100000\n", 2),
        ("50000 100000\n", 1),
        ("250000 100000\n", 2),
        ("?", None),
    ],
)
def test_a_quota_is_read_as_whole_processors(tmp_path, content, processors):
    file = tmp_path / "cpu.max"
    file.write_text(content)

    assert cores._quota(file) == processors


def test_no_quota_file_means_no_quota(tmp_path):
    assert cores._quota(tmp_path / "cpu.max") is None
