"""The command `cokit fit-reader`: the reader trained on the taught articles of PIAF and exercises."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from assistant.console import progress_bar
from evals.extras import import_with_extra

if TYPE_CHECKING:
    from evals.exercises import ExerciseCorpus
    from evals.piaf import PiafCorpus
    from evals.reader_lessons import Lesson
    from index.build import Progress

FOLDER = Path(__file__).parent
TRAINING_TOOLS = ("torch", "onnx", "onnxscript", "scipy")  # the extra `reader`
EXERCISES = FOLDER / "exercises"
LAYERS = 6


def fit_reader(
    piaf: Annotated[Path, typer.Option("--piaf", help="Fichier de PIAF (JSON, format SQuAD).")],
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Dossier des index ; sinon fit/ du dossier de données.")
    ] = None,
    exercises: Annotated[
        Path, typer.Option(help="Dossier des exercices (JSON Lines).", show_default=False)
    ] = EXERCISES,
    minutes: Annotated[float, typer.Option(min=0.0, help="Durée de l'entraînement.")] = 45.0,
    output: Annotated[
        Path, typer.Option(help="Dossier du projet où le lecteur est écrit.", show_default=False)
    ] = FOLDER.parent,
) -> None:
    """Entraîner le lecteur ; « cokit fit » règle ensuite ce que sa lecture pèse."""
    from evals.e5_weights import read_e5_weights
    from evals.exercises import read_exercises
    from evals.piaf import read_piaf

    training = import_with_extra(
        "evals.reader_training", command="cokit fit-reader", extra="reader", tools=TRAINING_TOOLS
    )
    corpora = [one for one in read_piaf(piaf) if one.half == 0]
    practised = read_exercises(exercises)
    weights = read_e5_weights()
    console = Console(stderr=True, highlight=False)
    with progress_bar(console) as progress:
        lessons = _lessons(corpora, practised, data_dir, progress)
        network = training.train(
            lessons,
            weights,
            layers=LAYERS,
            seconds=60 * minutes,
            report=lambda share, _: progress("Entraînement", int(1000 * share), 1000),
        )
    sentences = (
        sentence.text
        for corpus in (*(one.corpus for one in corpora), *(one.corpus for one in practised))
        for passage in corpus.passages
        for sentence in passage.sentences
    )
    questions = (lesson.question for lesson in lessons)
    written = training.export(network, weights, (*sentences, *questions), output)
    console.print("Écrits : " + ", ".join(map(str, written)), soft_wrap=True)


def _lessons(
    corpora: "list[PiafCorpus]",
    exercises: "tuple[ExerciseCorpus, ...]",
    data_dir: Path | None,
    progress: "Progress",
) -> "list[Lesson]":
    from assistant.coefficients import coefficients
    from assistant.settings import read_settings
    from evals.fit_exercises import searched_exercises
    from evals.fit_piaf import RememberedQuestions, embed_all_questions, open_corpora, searched
    from evals.reader_lessons import exercise_lessons, piaf_lessons
    from index.embeddings import open_embedder
    from index.lexicon import Lexicon
    from index.search import Searcher, fusion_weights

    settings = read_settings()
    embedder = RememberedQuestions(open_embedder(settings.embedder, threads=settings.threads))
    lexicon = Lexicon.of_corpus(settings.lexicon_path)
    to_open = {f"{one.half}-{one.name}": one.corpus for one in corpora}
    to_open |= {f"exercises-{one.name}": one.corpus for one in exercises}
    opened = open_corpora(
        to_open, data_dir=data_dir or settings.data_dir / "fit", embedder=embedder, progress=progress
    )
    weights, choice = fusion_weights(), coefficients().choice
    of_piaf, _ = searched(
        corpora, opened[: len(corpora)], embedder=embedder, lexicon=lexicon, weights=weights
    )
    searchers = [Searcher(index, embedder, lexicon, weights=weights) for index in opened[len(corpora) :]]
    of_exercises = searched_exercises(exercises, searchers)
    for one in of_piaf:
        embed_all_questions(one.searcher, [question.text for question in one.piaf.questions], embedder)
    for other in of_exercises:
        embed_all_questions(other.searcher, [exercise.text for exercise in other.exercises], embedder)
    count, done = sum(len(one.piaf.questions) for one in of_piaf), 0

    def step() -> None:
        nonlocal done
        done += 1
        progress("Leçons de PIAF", done, count)

    return [*piaf_lessons(of_piaf, choice, step=step), *exercise_lessons(of_exercises, choice)]
