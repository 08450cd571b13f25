"""Fits fusion, choice of the sentence and answerability on PIAF, and says what they reach on its other half."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant import answerability
from assistant.candidates import FEATURES as CHOICE_FEATURES
from assistant.candidates import feature_rows, find_candidates
from assistant.choice import choose
from assistant.expectation import Kind, kind_of
from evals.piaf import PiafCorpus, PiafQuestion
from index.analysis import tokenize
from index.build import build_index
from index.embeddings import Embedder
from index.lexicon import Lexicon
from index.opened import open_index
from index.search import SCORINGS, Ranking, Searcher

Matrix = NDArray[np.float64]
PENALTY = 1e-3  # of the squared weights: they stay small where the data is silent
REFUSALS = ("far", "near", "hard")


@dataclass(frozen=True, slots=True)
class Listing:
    """Alternatives with their features, of which those marked are right: (n, features), (n,) bool."""

    features: Matrix
    right: NDArray[np.bool_]


class RememberedQuestions:
    """An embedder that embeds each question once: a fit asks the same ones many times."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._vectors: dict[str, NDArray[np.float32]] = {}
        self.name, self.revision, self.dimension = embedder.name, embedder.revision, embedder.dimension

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embedder.embed_questions(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self._embedder.embed_passages(texts)


def open_corpora(corpora: Sequence[PiafCorpus], *, data_dir: Path, embedder: Embedder, lexicon: Lexicon) -> list[Searcher]:
    """A searcher for each corpus; their indexes are kept below `data_dir` and built when absent."""
    searchers = []
    for piaf in corpora:
        folder = data_dir / f"{piaf.half}-{piaf.name}"
        build_index(piaf.corpus, data_dir=folder, embedder=embedder, corpus_hash=piaf.name, tokenize=tokenize)
        searchers.append(Searcher(open_index(folder, embedder_name=embedder.name), embedder, lexicon))
    return searchers


def fit_listings(listings: Sequence[Listing]) -> Matrix:
    """(features,) weights that make the right alternatives probable: conditional logit (McFadden 1974)."""
    usable = [listing for listing in listings if listing.right.any()]
    features = np.concatenate([listing.features for listing in usable])
    right = np.concatenate([listing.right for listing in usable]).astype(float)
    sizes = [len(listing.right) for listing in usable]
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(weights: Matrix) -> tuple[float, Matrix]:
        scores = features @ weights
        powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
        totals = np.add.reduceat(powers, starts)
        rights = np.add.reduceat(powers * right, starts)
        slope = (powers / totals[owner] - powers * right / rights[owner]) @ features / len(starts)
        value = -np.log(rights / totals).mean() + PENALTY * weights @ weights
        return float(value), slope + 2 * PENALTY * weights

    return np.asarray(minimize(loss, np.zeros(features.shape[1]), jac=True, method="L-BFGS-B").x)


def accuracy_at(k: int, listings: Sequence[Listing], weights: Matrix) -> float:
    """Share of the listings of which a right alternative is among the k best."""
    return float(
        np.mean([listing.right[np.argsort(-(listing.features @ weights))[:k]].any() for listing in listings])
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """One question searched in its corpus, as everything after fusion needs it."""

    question: PiafQuestion
    ranking: Ranking
    kind: Kind


def ranked_passages(searcher: Searcher, question: PiafQuestion) -> Listing:
    """The passages with their scorings, before fusion."""
    ranking = searcher.rank(searcher.read(question.text))
    features = np.stack([ranking.scorings[name] for name in SCORINGS], axis=1).astype(float)
    right = np.zeros(len(features), dtype=bool)
    right[question.passage] = True
    return Listing(features, right)


def candidate_sentences(searcher: Searcher, question: PiafQuestion) -> Listing:
    """The candidate sentences with their features; right are those that hold the answer's span."""
    query = searcher.read(question.text)
    ranking, kind = searcher.rank(query), kind_of(query.text)
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


def answerability_features(
    searcher: Searcher, text: str, *, without: Collection[int], choice: dict[str, float]
) -> Matrix | None:
    """The answerability row of a question when some passages are withheld; None without any candidate."""
    query = searcher.read(text)
    if not query.terms:
        return None
    ranking, kind = searcher.rank(query, without=without), kind_of(query.text)
    choices = choose(find_candidates(searcher.index, ranking, kind), kind, weights=choice)
    return answerability.answerability_row(searcher.index, ranking, choices, kind) if choices else None


def refusal_rows(
    corpora: Sequence[PiafCorpus],
    searchers: Sequence[Searcher],
    choice: dict[str, float],
    *,
    step: Callable[[], None],
) -> dict[str, Matrix]:
    """Rows of questions that can be answered (`answerable`) and of three sorts that cannot.

    `far`: asked of another category of the same half; `near`: the article is withheld; `hard`: only the
    paragraph is, other paragraphs of its article remain.
    """
    rows: dict[str, list[Matrix]] = {name: [] for name in ("answerable", *REFUSALS)}
    for position, (piaf, searcher) in enumerate(zip(corpora, searchers, strict=True)):
        elsewhere = searchers[position - 1 if position else -1]
        for question in piaf.questions:
            article = [
                place
                for place, passage in enumerate(searcher.index.passages)
                if passage.document_id == question.article
            ]
            asked: list[tuple[str, Searcher, Sequence[int]]] = [
                ("answerable", searcher, ()),
                ("far", elsewhere, ()),
                ("near", searcher, article),
            ]
            if len(article) > 1:
                asked.append(("hard", searcher, [question.passage]))
            for name, where, without in asked:
                row = answerability_features(where, question.text, without=without, choice=choice)
                if row is not None:
                    rows[name].append(row)
            step()
    return {name: np.array(found) for name, found in rows.items()}


def fit_answerability(rows: dict[str, Matrix]) -> LogisticRegression:
    """Logistic regression, answerable against the three sorts of refusals, both classes of equal weight."""
    negatives = np.concatenate([rows[name] for name in REFUSALS])
    features = np.concatenate([rows["answerable"], negatives])
    labels = np.concatenate([np.ones(len(rows["answerable"])), np.zeros(len(negatives))])
    return LogisticRegression(C=10.0, class_weight="balanced", max_iter=5000).fit(features, labels)


def auroc(model: LogisticRegression, rows: dict[str, Matrix], refusal: str) -> float:
    """Probability that an answerable question scores above a refusal of this sort."""
    features = np.concatenate([rows["answerable"], rows[refusal]])
    labels = np.concatenate([np.ones(len(rows["answerable"])), np.zeros(len(rows[refusal]))])
    return float(roc_auc_score(labels, model.decision_function(features)))


