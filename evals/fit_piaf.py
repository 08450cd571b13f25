"""What PIAF's questions say of fusion, of the choice of the sentence and of answerability."""

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

import index as index_package
from assistant import answerability
from assistant.candidates import feature_rows, find_candidates
from assistant.choice import choose
from assistant.expectation import Kind
from assistant.kinds import asked_kind
from assistant.outside import OutsideMatters
from assistant.reading import Read, Reading, read_first
from evals.fit import Labelled, Listing, Logistic, Mask, Matrix, auroc
from evals.piaf import PiafCorpus, PiafQuestion
from evals.taught import is_taught_article
from index.analysis import tokenize
from index.build import Progress, build_index
from index.embeddings import Embedder, Vectors
from index.errors import IndexProblem
from index.lexicon import Lexicon
from index.opened import StoredIndex, open_index
from index.search import SCORINGS, Ranking, Searcher
from ingestion.document import Corpus

REFUSALS = ("far", "near", "hard")
ANSWERABLE = "answerable"
TAUGHT = (
    0.002  # share of the questions whose right sentence has a feature, below which PIAF does not teach it
)

# What decides what an index holds, among the files of `index/`.
INDEXING = (
    *("analysis.py", "build.py", "centring.py", "function_words.txt", "manifest.py"),
    *("records.py", "sentence_words.py", "texts.py", "vectors.py", "words.py"),
)

Step = Callable[[], None]  # told after each question


class RememberedQuestions:
    """An embedder that embeds each question once: a fit asks the same ones many times."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, Vectors] = {}
        self.name, self.dimension = embedder.name, embedder.dimension
        self.revision, self.question_revision = embedder.revision, embedder.question_revision

    def embed_questions(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.embed_questions(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32, unit rows."""
        return self._embedder.embed_passages(texts)

    def embed_for_question_centre(self, texts: Sequence[str]) -> Vectors:
        """(n, dimension) float32."""
        return self._embedder.embed_for_question_centre(texts)


@dataclass(frozen=True, slots=True)
class Searched:
    """A corpus of PIAF with what searches it."""

    piaf: PiafCorpus
    searcher: Searcher
    outside: OutsideMatters


def open_corpora(
    corpora: Mapping[str, Corpus], *, data_dir: Path, embedder: Embedder, progress: Progress
) -> list[StoredIndex]:
    """The index of each corpus, kept by its name below `data_dir`, built when absent or of something else."""
    opened = []
    for name, corpus in corpora.items():
        folder = data_dir / name
        expected = _fingerprint(corpus, embedder)
        index = _current(folder, embedder)
        if index is None or index.manifest.corpus_hash != expected:
            build_index(corpus, data_dir=folder, embedder=embedder, corpus_hash=expected, tokenize=tokenize)
            index = open_index(folder, embedder_name=embedder.name)
        opened.append(index)
        progress("Index de PIAF et des exercices", len(opened), len(corpora))
    return opened


def searched(
    corpora: Sequence[PiafCorpus],
    indexes: Sequence[StoredIndex],
    *,
    embedder: Embedder,
    lexicon: Lexicon,
    weights: Mapping[str, float],
) -> tuple[list[Searched], list[Searched]]:
    """The corpora of the fitted half and of the checked half, searched with these weights."""
    everything = [
        Searched(piaf, searcher, OutsideMatters(searcher))
        for piaf, index in zip(corpora, indexes, strict=True)
        for searcher in [Searcher(index, embedder, lexicon, weights=weights)]
    ]
    fitted, checked = ([one for one in everything if one.piaf.half == half] for half in (0, 1))
    return fitted, checked


def counting(label: str, total: int, progress: Progress) -> Step:
    """What reports one question more at each call."""
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        progress(label, done, total)

    return step


def unread(corpora: Sequence[Searched]) -> list[Searched]:
    """The corpora with the questions of the articles that the reader was not trained on."""
    kept = []
    for one in corpora:
        titles = {document.id: document.title for document in one.piaf.corpus.documents}
        questions = tuple(
            question for question in one.piaf.questions if not is_taught_article(titles[question.article])
        )
        kept.append(replace(one, piaf=replace(one.piaf, questions=questions)))
    return kept


def passage_listings(corpora: Sequence[Searched], *, step: Step) -> list[Listing]:
    """For each question the passages with their scorings; right is the one that holds the answer."""
    return _of_each_question(ranked_passages, corpora, step)


def sentence_listings(corpora: Sequence[Searched], *, step: Step) -> list[Listing]:
    """For each question the candidate sentences; right are those that hold the answer's span."""
    return _of_each_question(candidate_sentences, corpora, step)


def ranked_passages(searcher: Searcher, question: PiafQuestion) -> Listing:
    """The passages with their scorings, before fusion."""
    ranking = searcher.rank(searcher.read(question.text))
    features = np.stack([ranking.scorings[name] for name in SCORINGS], axis=1).astype(float)
    right = np.zeros(len(features), dtype=bool)
    right[question.passage] = True
    return Listing(features, right)


def candidate_sentences(searcher: Searcher, question: PiafQuestion) -> Listing:
    """The candidate sentences with their features; right are those that hold the answer's span."""
    ranking = searcher.rank(searcher.read(question.text))
    kind = asked_kind(ranking.query.text)
    candidates = find_candidates(searcher.index, ranking, kind)
    answer = searcher.index.passages[question.passage]
    return Listing(
        feature_rows(candidates, kind),
        np.array(
            [
                candidate.passage.id == answer.id and candidate.place in question.sentences
                for candidate in candidates
            ]
        ),
    )


def taught(listings: Sequence[Listing]) -> Mask:
    """(features,) which features PIAF can teach: its right sentences have them often enough.

    Its paragraphs have no headings, no lists, no contacts: what these weigh is learned elsewhere.
    """
    shown = [
        (listing.features[listing.right] != 0).any(axis=0) for listing in listings if listing.right.any()
    ]
    return np.asarray(np.mean(shown, axis=0) >= TAUGHT)


class Asked(Protocol):
    """A corpus that questions are asked of."""

    @property
    def searcher(self) -> Searcher:
        """What searches it."""

    @property
    def outside(self) -> OutsideMatters:
        """The matters that it does not treat."""


@dataclass(frozen=True, slots=True)
class Judging:
    """What questions are judged with: the reader, the weights of the choice of the sentence and that of what
    is read."""

    reader: Reading
    choice: Mapping[str, float]
    reading: float = 0.0

    def read(self, index: StoredIndex, ranking: Ranking, kind: Kind) -> Read | None:
        """The candidates of a ranking chosen and read; None without any."""
        choices = choose(find_candidates(index, ranking, kind), kind, weights=self.choice)
        if not choices:
            return None
        return read_first(self.reader, index, ranking.query.text, choices, weight=self.reading)


def answerability_row(
    asked: Asked, text: str, *, without: Collection[int], judging: Judging
) -> Matrix | None:
    """The answerability row of a question with passages withheld; None when the model is not asked."""
    searcher = asked.searcher
    query = searcher.read(text)
    if not query.terms:
        return None
    ranking = searcher.rank(query, without=without)
    kind = asked_kind(query.text)
    read = judging.read(searcher.index, ranking, kind)
    if read is None:
        return None
    return answerability.answerability_row(searcher.index, ranking, read, kind, outside=asked.outside)


def refusal_rows(corpora: Sequence[Searched], judging: Judging, *, step: Step) -> dict[str, Matrix]:
    """Rows of questions that can be answered (`answerable`) and of three sorts that cannot.

    `far`: asked of another category of the same half; `near`: the article is withheld; `hard`: only the
    paragraph is, other paragraphs of its article remain.
    """
    rows: dict[str, list[Matrix]] = {name: [] for name in (ANSWERABLE, *REFUSALS)}
    for position, (here, elsewhere) in enumerate(zip(corpora, turned(corpora), strict=True)):
        for question in corpora[position].piaf.questions:
            article = passages_of(here.searcher.index, question.article)
            asked: list[tuple[str, Searched, Sequence[int]]] = [
                (ANSWERABLE, here, ()),
                ("far", elsewhere, ()),
                ("near", here, article),
            ]
            if len(article) > 1:
                asked.append(("hard", here, [question.passage]))
            for name, where, without in asked:
                row = answerability_row(where, question.text, without=without, judging=judging)
                if row is not None:
                    rows[name].append(row)
            step()
    return {name: np.array(found).reshape(-1, len(answerability.FEATURES)) for name, found in rows.items()}


def passages_of(index: StoredIndex, document_id: str) -> list[int]:
    """Positions of a document's passages."""
    return [place for place, passage in enumerate(index.passages) if passage.document_id == document_id]


def labelled_rows(rows: Mapping[str, Matrix]) -> Labelled:
    """Answerable against the three sorts of refusals."""
    everything = np.concatenate([rows[name] for name in (ANSWERABLE, *REFUSALS)])
    return Labelled(everything, np.arange(len(everything)) < len(rows[ANSWERABLE]))


def refusal_auroc(model: Logistic, rows: Mapping[str, Matrix], refusal: str) -> float | None:
    """Probability that an answerable question scores above a refusal of this sort; None without any."""
    if not len(rows[ANSWERABLE]) or not len(rows[refusal]):
        return None
    return auroc(model.log_odds(rows[ANSWERABLE]), model.log_odds(rows[refusal]))


def _of_each_question(
    listing_of: Callable[[Searcher, PiafQuestion], Listing], corpora: Sequence[Searched], step: Step
) -> list[Listing]:
    listings = []
    for one in corpora:
        for question in one.piaf.questions:
            listings.append(listing_of(one.searcher, question))
            step()
    return listings


def turned(corpora: Sequence[Searched]) -> list[Searched]:
    """Each corpus's neighbour, whose subject is another."""
    return [*corpora[-1:], *corpora[:-1]]


def _current(folder: Path, embedder: Embedder) -> StoredIndex | None:
    try:
        return open_index(folder, embedder_name=embedder.name)
    except IndexProblem:
        return None


def _fingerprint(corpus: Corpus, embedder: Embedder) -> str:
    """A hash of all that an index depends on: the texts, the embedding model, and the code."""
    digest = hashlib.sha256(repr((embedder.name, embedder.revision, corpus)).encode())
    for name in INDEXING:
        digest.update((Path(index_package.__path__[0]) / name).read_bytes())
    return digest.hexdigest()
