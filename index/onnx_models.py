"""The small models that a package carries: an ONNX file, and beside it the pieces that it knows."""

import hashlib
from importlib.resources import as_file, files

import onnxruntime  # type: ignore[import-untyped]

from index.cores import physical_cores
from index.pieces import Pieces


def open_model(package: str, name: str, *, threads: int = 0) -> onnxruntime.InferenceSession:
    """The model `name` of a package, on the processor; its sessions may run in several threads at once.

    `threads` of 0 means one per physical core; they sleep while they wait.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads or physical_cores()
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    with as_file(files(package).joinpath(f"{name}.onnx")) as model:
        return onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])


def read_pieces(package: str, name: str) -> Pieces:
    """The pieces of the model `name` of a package: a line each, with their log-probability."""
    content = files(package).joinpath(f"{name}_pieces.tsv").read_text(encoding="utf-8")
    lines = content.rstrip("\n").split("\n")
    return Pieces((piece, float(score)) for piece, score in (line.split("\t") for line in lines))


def revision_of(package: str, name: str) -> str:
    """A digest of the model's two files."""
    digest = hashlib.sha256()
    for file in (f"{name}.onnx", f"{name}_pieces.tsv"):
        digest.update(files(package).joinpath(file).read_bytes())
    return digest.hexdigest()[:16]
