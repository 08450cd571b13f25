"""A question and its history → an answer with citations, or a plain refusal with the nearest passages."""

from collections.abc import Collection, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter

from assistant.answer import Answer, Turn
from assistant.answerability import answerability_row, answerable
from assistant.candidates import find_candidates
from assistant.choice import Choice, choose, offering_first
from assistant.coefficients import Coefficients, coefficients
from assistant.composition import NOT_FOUND, compose
from assistant.conversation import standalone
from assistant.expectation import Kind
from assistant.kinds import asked_kind
from assistant.outside import OutsideMatters
from assistant.reader import Reader
from assistant.reading import Read, Reading, read_first
from assistant.unanswered import must_not_answer
from index.embeddings import open_embedder
from index.hit import Hit
from index.lexicon import Lexicon
from index.opened import StoredIndex, open_index
from index.search import Ranking, Searcher

HITS = 10
IN_FRONT = 2  # passages of the likeliest sentences, which stand before the other hits


class Assistant:
    """Answers from one opened index; safe to call from several threads."""

    def __init__(
        self,
        searcher: Searcher,
        reader: Reading,
        *,
        fitted: Coefficients | None = None,
        data_dir: Path | None = None,
    ) -> None:
        """With `data_dir`, what is embedded at every opening is kept there."""
        self.searcher = searcher
        self._outside = OutsideMatters(searcher, data_dir=data_dir)
        self._fitted = fitted or coefficients()
        self._reader = reader

    @classmethod
    def open(cls, data_dir: Path, *, embedder: str, corpus_dir: Path, threads: int = 0) -> "Assistant":
        """The assistant over the current index of a data folder, general French and the corpus's words known.

        Raises: index.errors.IndexProblem.
        """
        index = open_index(data_dir, embedder_name=embedder)
        lexicon = Lexicon.of_corpus(corpus_dir / "lexicon.yaml")
        searcher = Searcher(index, open_embedder(embedder, threads=threads), lexicon)
        return cls(searcher, Reader(threads=threads), data_dir=data_dir)

    @property
    def index(self) -> StoredIndex:
        return self.searcher.index

    def ask(
        self, question: str, *, history: Sequence[Turn] = (), documents: Collection[str] | None = None
    ) -> Answer:
        """The answer of the kit to a question; `documents` restricts it to theirs."""
        started = perf_counter()
        asked = standalone(question, history, self.searcher.lexicon)
        query = self.searcher.read(asked)
        ranking = self.searcher.rank(query, documents=documents)
        searched = perf_counter()
        kind = asked_kind(ranking.query.text)
        candidates = find_candidates(self.index, ranking, kind)
        choices = choose(candidates, kind, weights=self._fitted.choice)
        read = None
        if choices and not must_not_answer(question, query):
            read = read_first(self._reader, self.index, query.text, choices, weight=self._fitted.reading)
            choices = read.choices
        shown = offering_first(choices, kind)
        composed = None
        if read and self._answers(read, ranking, kind):
            composed = compose(self.index, shown, kind, ranking.query)
        ended = perf_counter()
        return Answer(
            status="answered" if composed else "not_found",
            text=composed.text if composed else NOT_FOUND,
            standalone_question=asked,
            citations=composed.citations if composed else (),
            hits=_best_first(self.searcher.hits(ranking, HITS), shown),
            timings_ms={
                "search": 1000 * (searched - started),
                "answer": 1000 * (ended - searched),
                "total": 1000 * (ended - started),
            },
        )

    def _answers(self, read: Read, ranking: Ranking, kind: Kind) -> bool:
        """Whether the base answers the question, from the choices in the order of their probabilities."""
        row = answerability_row(self.index, ranking, read, kind, outside=self._outside)
        fitted = self._fitted
        return answerable(row, weights=fitted.answerability, intercept=fitted.intercept) >= fitted.threshold


def _best_first(hits: Sequence[Hit], choices: Sequence[Choice]) -> tuple[Hit, ...]:
    """The hits with those that hold the likeliest sentences in front; the others keep their order."""
    passages = dict.fromkeys(one.candidate.passage.id for one in choices)
    places = {passage: place for place, passage in enumerate(islice(passages, IN_FRONT))}
    return tuple(sorted(hits, key=lambda hit: places.get(hit.passage.id, IN_FRONT)))
