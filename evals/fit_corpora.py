"""The corpora that weights and models are learned from, opened once and searched with any weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from evals.exercises import ExerciseCorpus
from evals.fit_exercises import SearchedExercises, searched_exercises
from evals.fit_piaf import RememberedQuestions, Searched, open_corpora, searched
from evals.piaf import PiafCorpus
from index.build import Progress
from index.embeddings import Embedder
from index.lexicon import Lexicon
from index.opened import StoredIndex
from index.search import Searcher


@dataclass(frozen=True, slots=True)
class FitCorpora:
    """Corpora of PIAF and of exercises, each with its index."""

    of_piaf: Sequence[PiafCorpus]
    of_exercises: Sequence[ExerciseCorpus]
    indexes: Sequence[StoredIndex]  # those of PIAF, then those of the exercises
    embedder: Embedder  # embeds each question once
    lexicon: Lexicon

    @classmethod
    def open(
        cls,
        of_piaf: Sequence[PiafCorpus],
        of_exercises: Sequence[ExerciseCorpus],
        *,
        data_dir: Path,
        embedder: Embedder,
        lexicon: Lexicon,
        progress: Progress,
    ) -> "FitCorpora":
        """The indexes are kept in `data_dir`.

        Raises: index.errors.IndexProblem.
        """
        remembered = RememberedQuestions(embedder)
        to_open = {f"{one.half}-{one.name}": one.corpus for one in of_piaf}
        to_open |= {f"exercises-{one.name}": one.corpus for one in of_exercises}
        indexes = open_corpora(to_open, data_dir=data_dir, embedder=remembered, progress=progress)
        return cls(of_piaf, of_exercises, indexes, remembered, lexicon)

    def piaf(self, weights: Mapping[str, float]) -> tuple[list[Searched], list[Searched]]:
        """The corpora of PIAF's fitted half and of its checked half, searched with these weights."""
        return searched(
            self.of_piaf,
            self.indexes[: len(self.of_piaf)],
            embedder=self.embedder,
            lexicon=self.lexicon,
            weights=weights,
        )

    def exercises(self, weights: Mapping[str, float]) -> list[SearchedExercises]:
        """The corpora of exercises, searched with these weights."""
        indexes = self.indexes[len(self.of_piaf) :]
        searchers = [Searcher(index, self.embedder, self.lexicon, weights=weights) for index in indexes]
        return searched_exercises(self.of_exercises, searchers)
