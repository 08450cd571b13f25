"""A situation → the documents of the kit to read, why, in which order, and what nothing covers."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Citation
from assistant.concepts import Concept, Mention, find_concepts
from assistant.needs import read_needs
from assistant.reasons import reason, split_clauses, uncovered
from assistant.recommendation import NO_FILTER, Filters, Recommendation, Recommendations
from assistant.relevance import Relevance, Scores, Setting
from assistant.variety import families, varied
from index.embedding_cache import open_embedding_cache
from index.embeddings import Embedder
from index.search import Searcher
from ingestion.catalogue import Catalogue, CatalogueEntry
from ingestion.catalogue_check import KIT
from ingestion.document import Role

OFF_SUBJECT = (
    "Cette situation ne relève pas des sujets du kit « Co-construction territoriale » : "
    "aucun document n'est proposé. "
    "Décrivez un besoin de partenariat, d'animation d'un territoire ou d'accompagnement d'organisations."
)
NOTHING_LEFT = "Aucun document du kit ne passe les filtres choisis. Retirez un filtre."

MAX_LIMIT = 20
CITED_PASSAGES = 2  # of a document of the base
CITED_LINES = 1  # of the kit's lists, for a document that is not in the base
SHORTEST_QUOTE = 40  # characters; shorter sentences are labels of diagrams
NEEDS_FILE = "needs.yaml"  # beside the catalogue
_CACHE = "catalogue-embeddings.sqlite"
_STAGES = ("understand", "method", "tool")


@dataclass(frozen=True, slots=True)
class Fitted:
    """What was chosen on the development half of the situations: `recommend_coefficients.json`."""

    setting: Setting
    threshold: float  # below it, a situation is not the kit's subject

    @classmethod
    def read(cls) -> "Fitted":
        """The committed coefficients."""
        content = json.loads(
            files("assistant").joinpath("recommend_coefficients.json").read_text(encoding="utf-8")
        )
        return cls(setting=Setting(**content["setting"]), threshold=content["threshold"])


def open_relevance(
    catalogue: Catalogue,
    embedder: Embedder,
    *,
    data_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Relevance:
    """The examples of a catalogue and of the needs that stand beside it.

    With `data_dir` their embeddings are kept there, and an opening takes a second instead of many; `progress`
    is then given how many are embedded, and how many there are.

    Raises: CatalogueError.
    """
    needs = read_needs(catalogue.path.with_name(NEEDS_FILE))
    if data_dir is None:
        return Relevance(catalogue, needs, embedder)
    with open_embedding_cache(data_dir / _CACHE) as cache:
        return Relevance(catalogue, needs, embedder, embed=partial(cache.embed_passages, progress=progress))


class Recommender:
    """Recommends documents of one catalogue; safe to call from several threads."""

    def __init__(self, relevance: Relevance, *, fitted: Fitted, searcher: Searcher | None = None) -> None:
        self.relevance = relevance
        self._model = relevance.solve(fitted.setting)
        self._threshold = fitted.threshold
        self._searcher = searcher
        self._entries = relevance.entries
        self._families = families(self._entries)
        self._titles = {entry.id: entry.title for entry in self._entries}

    @classmethod
    def open(
        cls,
        catalogue: Catalogue,
        *,
        embedder: Embedder,
        searcher: Searcher | None = None,
        data_dir: Path | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> "Recommender":
        """A recommender with the committed coefficients and the needs that stand beside the catalogue.

        `searcher` finds the passages to cite in documents of the base; the rest as in `open_relevance`.

        Raises: CatalogueError.
        """
        relevance = open_relevance(catalogue, embedder, data_dir=data_dir, progress=progress)
        return cls(relevance, fitted=Fitted.read(), searcher=searcher)

    def recommend(self, situation: str, *, limit: int = 5, filters: Filters = NO_FILTER) -> Recommendations:
        """At most `limit` documents (1 to 20) for a situation, none when it is not the kit's subject."""
        start = perf_counter()
        mentions = find_concepts(situation)
        gains, subject = self._model.scores(self.relevance.read(situation, mentions))
        if subject[0] < self._threshold:
            return Recommendations((), (), (OFF_SUBJECT,), _timings(start))
        scores = gains[0]
        allowed = np.array([filters.accept(entry) for entry in self._entries])
        if not allowed.any():
            return Recommendations((), (), (NOTHING_LEFT,), _timings(start))
        positions = self.order(scores, allowed)[: min(limit, MAX_LIMIT)]
        cited = self._passages(situation, [self._entries[position].id for position in positions])
        nearest = self._nearest_clauses(situation, positions)
        found = tuple(
            Recommendation(
                rank=rank,
                entry=self._entries[position],
                reason=self._reason(mentions, position, variant=rank - 1, clause=clause),
                citations=cited.get(self._entries[position].id) or self._listing(self._entries[position]),
                score=float(scores[position]),
            )
            for rank, (position, clause) in enumerate(zip(positions, nearest, strict=True), start=1)
        )
        return Recommendations(
            found, self._reading_path(found), self._gaps(mentions, allowed), _timings(start)
        )

    def order(self, scores: Scores, allowed: NDArray[np.bool_]) -> list[int]:
        """Positions of the allowed documents, best first, near-duplicates apart."""
        best = np.argsort(-np.where(allowed, scores, -np.inf), kind="stable")
        return varied(
            [int(position) for position in best if allowed[position]], scores, families=self._families
        )

    def _nearest_clauses(self, situation: str, positions: Sequence[int]) -> list[str]:
        """The part of the situation whose words and concepts speak most for each document."""
        clauses = split_clauses(situation)
        if len(clauses) == 1:
            return [clauses[0]] * len(positions)
        gains, _ = self._model.scores(self.relevance.read_words(clauses))
        return [clauses[int(gains[:, position].argmax())] for position in positions]

    def _reason(self, mentions: Sequence[Mention], position: int, *, variant: int, clause: str) -> str:
        served = [(self._strength(position, mention.concept), mention.concept) for mention in mentions]
        served = [(strength, concept) for strength, concept in served if strength > 0]
        served.sort(key=lambda pair: -pair[0])
        return reason(
            self._entries[position],
            concepts=[concept for _, concept in served],
            clause=clause,
            variant=variant,
        )

    def _strength(self, position: int, concept: Concept) -> float:
        """How much a concept explains a document; what is said in passing explains nothing."""
        covered = self.relevance.covers(position, concept)
        return covered * self.relevance.rarity(concept) if covered >= 0.5 else 0.0

    def _listing(self, entry: CatalogueEntry) -> tuple[Citation, ...]:
        """Where the kit lists a document."""
        return tuple(
            Citation(
                number, KIT, self._titles.get(KIT, KIT), line.page, self._label(KIT, line.page), line.quote
            )
            for number, line in enumerate(entry.listed_on[:CITED_LINES], start=1)
        )

    def _passages(self, situation: str, document_ids: Sequence[str]) -> dict[str, tuple[Citation, ...]]:
        """The sentences nearest to the situation, of each document that the index holds."""
        if self._searcher is None:
            return {}
        index = self._searcher.index
        held = [document_id for document_id in document_ids if document_id in index.documents]
        if not held:
            return {}
        ranking = self._searcher.rank(self._searcher.read(situation), documents=held)
        similarities = ranking.sentence_similarities
        chosen: dict[str, list[Citation]] = {document_id: [] for document_id in held}
        for row in np.argsort(-similarities, kind="stable"):
            document_id = index.passages[int(index.sentence_owner[row])].document_id
            citations = chosen.get(document_id)
            sentence = index.sentence(int(row))
            if citations is None or len(citations) == CITED_PASSAGES or sentence.role is Role.HEADING:
                continue
            if len(sentence.text) < SHORTEST_QUOTE or any(
                citation.quote == sentence.quote for citation in citations
            ):
                continue
            label, title = self._label(document_id, sentence.page), self._titles.get(document_id, document_id)
            citations.append(
                Citation(len(citations) + 1, document_id, title, sentence.page, label, sentence.quote)
            )
        return {document_id: tuple(citations) for document_id, citations in chosen.items()}

    def _label(self, document_id: str, page: int) -> str:
        document = self._searcher.index.documents.get(document_id) if self._searcher else None
        return document.page_labels[page - 1] if document and page <= document.page_count else str(page)

    def _reading_path(self, found: Sequence[Recommendation]) -> tuple[str, ...]:
        ordered = sorted(found, key=lambda item: (_STAGES.index(stage(item.entry)), item.rank))
        return tuple(item.entry.id for item in ordered)

    def _gaps(self, mentions: Sequence[Mention], allowed: NDArray[np.bool_]) -> tuple[str, ...]:
        """What the situation mentions and no document, or none that the filters let through, treats."""
        return uncovered(
            [
                mention
                for mention in mentions
                if mention.concept.role == "outside"
                or not any(
                    self.relevance.covers(position, mention.concept) > 0
                    for position in np.flatnonzero(allowed).tolist()
                )
            ]
        )


def stage(entry: CatalogueEntry) -> str:
    """Where a document stands on the way from understanding to doing: the kit's natures and sections."""
    if entry.nature == "méthode":
        return "method"
    if entry.nature == "boîte à outils" and entry.section in ("Guides pratiques", "Fiches outil"):
        return "tool"
    return "understand"


def _timings(start: float) -> dict[str, float]:
    return {"total": (perf_counter() - start) * 1000}
