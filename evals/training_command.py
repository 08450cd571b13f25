"""The commands `cokit fit-questions` and `cokit fit-reader`: the two models that the repository carries."""

from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.console import progress_bar
from evals.extras import import_with_extra

if TYPE_CHECKING:
    from evals.exercises import ExerciseCorpus
    from evals.fit_corpora import FitCorpora
    from evals.piaf import PiafCorpus
    from index.build import Progress
    from ingestion.document import Corpus

FOLDER = Path(__file__).parent
TRAINING_TOOLS = ("torch", "onnx", "onnxscript", "scipy")  # the extra `training`
EXERCISES = FOLDER / "exercises"
LAYERS_OF_READER = 6

DataDirectory = Annotated[
    Path | None, typer.Option("--data-dir", help="Dossier des index ; sinon fit/ du dossier de données.")
]
Exercises = Annotated[Path, typer.Option(help="Dossier des exercices (JSON Lines).", show_default=False)]
Minutes = Annotated[float, typer.Option(min=0.0, help="Durée de l'entraînement.")]
Output = Annotated[Path, typer.Option(help="Dossier du projet où le modèle est écrit.", show_default=False)]


def fit_questions(
    data_dir: DataDirectory = None,
    exercises: Exercises = EXERCISES,
    minutes: Minutes = 12.0,
    output: Output = FOLDER.parent,
) -> None:
    """Entraîner ce qui donne aux questions leur vecteur ; « cokit fit » règle ensuite tous les poids."""
    from evals.e5_weights import read_e5_weights
    from evals.exercises import read_exercises
    from index.search import fusion_weights

    training = import_with_extra(
        "evals.question_training", command="cokit fit-questions", extra="training", tools=TRAINING_TOOLS
    )
    from evals.question_lessons import question_lessons

    practised = read_exercises(exercises)
    weights, fusion = read_e5_weights(), fusion_weights()
    console = Console(stderr=True, highlight=False)
    with progress_bar(console) as progress:
        corpora = _opened((), practised, data_dir, progress)
        taught = question_lessons(corpora.exercises(fusion), fusion)
        network = training.train(
            taught,
            weights,
            fusion=fusion,
            seconds=60 * minutes,
            report=partial(_report, progress),
        )
    questions = (lesson.question for corpus in taught for lesson in corpus.lessons)
    texts = (*_sentences(one.corpus for one in practised), *questions)
    _say_written(console, training.export(network, weights, texts, output))


def fit_reader(
    piaf: Annotated[Path, typer.Option("--piaf", help="Fichier de PIAF (JSON, format SQuAD).")],
    data_dir: DataDirectory = None,
    exercises: Exercises = EXERCISES,
    minutes: Minutes = 45.0,
    output: Output = FOLDER.parent,
) -> None:
    """Entraîner le lecteur ; « cokit fit » règle ensuite ce que sa lecture pèse."""
    from assistant.coefficients import coefficients
    from evals.e5_weights import read_e5_weights
    from evals.exercises import read_exercises
    from evals.piaf import read_piaf
    from index.search import fusion_weights

    training = import_with_extra(
        "evals.reader_training", command="cokit fit-reader", extra="training", tools=TRAINING_TOOLS
    )
    from evals.fit_piaf import counting
    from evals.reader_lessons import exercise_lessons, piaf_lessons

    of_piaf = [one for one in read_piaf(piaf) if one.half == 0]
    practised = read_exercises(exercises)
    weights, fusion, choice = read_e5_weights(), fusion_weights(), coefficients().choice
    console = Console(stderr=True, highlight=False)
    with progress_bar(console) as progress:
        corpora = _opened(of_piaf, practised, data_dir, progress)
        step = counting("Leçons de PIAF", sum(len(one.questions) for one in of_piaf), progress)
        lessons = [
            *piaf_lessons(corpora.piaf(fusion)[0], choice, step=step),
            *exercise_lessons(corpora.exercises(fusion), choice),
        ]
        network = training.train(
            lessons,
            weights,
            layers=LAYERS_OF_READER,
            seconds=60 * minutes,
            report=partial(_report, progress),
        )
    sentences = _sentences((*(one.corpus for one in of_piaf), *(one.corpus for one in practised)))
    texts = (*sentences, *(lesson.question for lesson in lessons))
    _say_written(console, training.export(network, weights, texts, output))


def _opened(
    of_piaf: "Sequence[PiafCorpus]",
    exercises: "Sequence[ExerciseCorpus]",
    data_dir: Path | None,
    progress: "Progress",
) -> "FitCorpora":
    from assistant.settings import read_settings
    from evals.fit_corpora import FitCorpora
    from index.embeddings import open_embedder
    from index.lexicon import Lexicon

    settings = read_settings()
    return FitCorpora.open(
        of_piaf,
        exercises,
        data_dir=data_dir or settings.data_dir / "fit",
        embedder=open_embedder(settings.embedder, threads=settings.threads),
        lexicon=Lexicon.of_corpus(settings.lexicon_path),
        progress=progress,
    )


def _report(progress: "Progress", share: float, _loss: float) -> None:
    progress("Entraînement", int(1000 * share), 1000)


def _sentences(corpora: "Iterable[Corpus]") -> Iterable[str]:
    return (
        sentence.text for corpus in corpora for passage in corpus.passages for sentence in passage.sentences
    )


def _say_written(console: Console, files: Iterable[Path]) -> None:
    console.print("Écrits : " + ", ".join(map(str, files)), soft_wrap=True)
