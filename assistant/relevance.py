"""How near each document of the catalogue is to a situation, and whether the kit treats it at all.

What is known are *examples*: short texts whose good documents are known. The phrases of `needs.yaml` with
their graded documents; what the catalogue says of each document (title, topics, lay words), whose good
documents are those that go with it; phrases on matters outside the kit, which no document answers. A
situation is read as they are: its meaning (e5, centred), its words (tf-idf of roots), its concepts. A kernel
ridge regression from these three to the documents' gains is solved when the catalogue is opened (Saunders,
Gammerman & Vovk, ICML 1998); the square in its kernel lets it see conjunctions, such as an intent with its
object. Only a few settings are fitted.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.concepts import Concept, Mention, find_concepts, read_concepts
from assistant.needs import Need
from assistant.outside import outside_phrases
from index.analysis import tokenize
from index.centring import centre_of, centred
from index.embeddings import AsQuestions, Embedder, Vectors
from ingestion.catalogue import Catalogue, CatalogueEntry

Scores = NDArray[np.float32]
Matrix = NDArray[np.float32]

MAIN, OTHER, BY_KIND, BY_ROLE = 1.0, 0.5, 0.4, 0.3  # how strongly a document serves a concept
ROLE_WEIGHTS = {"need": 1.0, "subject": 1.2, "actor": 0.4, "outside": 0.0}  # of a concept in a reason
ROOT = 5  # letters: « financer », « financement » and « financeur » share them
BEST_GAIN = 2**3 - 1  # of a document graded 3
EMBEDDED_CHARACTERS = 1_000  # of a long situation; its words and concepts are read whole


@dataclass(frozen=True, slots=True)
class Setting:
    """How much each way of reading counts, and how strongly the regression is held back."""

    meaning: float
    words: float
    concepts: float
    conjunctions: float
    ridge: float


@dataclass(frozen=True, slots=True)
class Features:
    """Texts as the regression reads them, one row each, of length 1 or 0."""

    meaning: Matrix  # (n, d)
    words: Matrix  # (n, roots)
    concepts: Matrix  # (n, concepts)

    def similarity(self, others: "Features", setting: Setting) -> Matrix:
        """(n, m) weighted mean of the cosines of the three parts."""
        total = setting.meaning + setting.words + setting.concepts
        parts = (
            (self.meaning @ others.meaning.T, setting.meaning),
            (_product(self.words, others.words), setting.words),
            (self.concepts @ others.concepts.T, setting.concepts),
        )
        return np.asarray(sum(part * np.float32(weight / total) for part, weight in parts))


@dataclass(frozen=True, slots=True)
class Model:
    """A solved regression: `alphas` is (examples, documents + 1), the last column being the subject."""

    setting: Setting
    examples: Features
    alphas: Matrix

    def scores(self, features: Features) -> tuple[Matrix, Scores]:
        """(n, documents) expected gains, and (n,) how much the kit treats each text: near 1 yes, -1 no."""
        predicted = kernel(features, self.examples, self.setting) @ self.alphas
        return predicted[:, :-1], predicted[:, -1]


@dataclass(frozen=True, slots=True)
class Examples:
    """Texts whose good documents are known; those of needs come first, those outside the kit last."""

    texts: tuple[str, ...]
    targets: Matrix  # (n, documents + 1): gains 0 to 1, then 1, or -1 outside the kit
    from_needs: int  # how many are phrases of needs

    @property
    def outside(self) -> NDArray[np.bool_]:
        """(n,) which ones no document of the kit answers."""
        return np.asarray(self.targets[:, -1] < 0)

    @property
    def importance(self) -> Scores:
        """(n,) 1, and more for those outside the kit, so that both sides weigh the same."""
        outside = self.outside
        share = (len(outside) - outside.sum()) / max(1, int(outside.sum()))
        return np.where(outside, max(1.0, share), 1.0).astype(np.float32)


class Relevance:
    """The examples of one catalogue, compared with situations; safe to call from several threads."""

    def __init__(
        self,
        catalogue: Catalogue,
        needs: Sequence[Need],
        embedder: Embedder,
        *,
        embed: Callable[[Embedder, Sequence[str]], Vectors] = lambda engine, texts: engine.embed_passages(
            texts
        ),
    ) -> None:
        """`embed` may keep what it embedded: it is given an engine that reads all texts as situations."""
        self.entries = catalogue.entries
        self._embedder = embedder
        self._concepts = read_concepts()
        self.coverage = np.array(
            [coverage(entry, self._concepts) for entry in self.entries], dtype=np.float32
        )
        self._rarity = _rarity((self.coverage > 0).sum(axis=0), len(self.entries))
        self.examples = _examples(self.entries, needs)
        roots = [_roots(text) for text in self.examples.texts]
        self._columns = {root: column for column, root in enumerate(sorted(set().union(*roots)))}
        self._root_rarity = self._count(roots)
        mentioned = self._mentioned([find_concepts(text) for text in self.examples.texts])
        self._concept_rarity = _rarity(mentioned.sum(axis=0), len(mentioned))
        vectors = embed(AsQuestions(embedder), self.examples.texts)
        self._centre = centre_of(vectors[~self.examples.outside])
        self.features = Features(
            meaning=centred(vectors, self._centre),
            words=self._words(roots),
            concepts=_unit(mentioned * self._concept_rarity),
        )

    def solve(self, setting: Setting) -> Model:
        """The regression of the examples' gains on their features."""
        alphas = np.linalg.solve(self._regularised(setting), self.examples.targets)
        return Model(setting, self.features, alphas.astype(np.float32))

    def left_out(self, setting: Setting) -> Matrix:
        """(n, documents + 1) what each example is given by the regression of all the others.

        The closed form of leave-one-out: the residual over 1 - leverage.
        """
        inverse = np.linalg.inv(self._regularised(setting))
        return np.asarray(
            self.examples.targets - (inverse @ self.examples.targets) / np.diag(inverse)[:, None]
        )

    def read(self, text: str, mentions: Sequence[Mention] | None = None) -> Features:
        """The features of a situation."""
        vector = self._embedder.embed_questions([text[-EMBEDDED_CHARACTERS:]])
        return Features(
            meaning=centred(vector, self._centre),
            words=self._words([_roots(text)]),
            concepts=self._named([find_concepts(text) if mentions is None else mentions]),
        )

    def read_words(self, texts: Sequence[str]) -> Features:
        """The features of texts without their meaning, which alone takes time."""
        return Features(
            meaning=np.zeros((len(texts), len(self._centre)), dtype=np.float32),
            words=self._words([_roots(text) for text in texts]),
            concepts=self._named([find_concepts(text) for text in texts]),
        )

    def covers(self, position: int, concept: Concept) -> float:
        """How strongly a document serves a concept, 0 to 1; 0 for a matter outside the kit."""
        return float(self.coverage[position, self._concepts.index(concept)])

    def rarity(self, concept: Concept) -> float:
        """How telling a concept is: its weight by role, and by the number of documents that serve it."""
        return ROLE_WEIGHTS[concept.role] * float(self._rarity[self._concepts.index(concept)])

    def _regularised(self, setting: Setting) -> Matrix:
        alike = kernel(self.features, self.features, setting)
        return np.asarray(alike + np.diag(setting.ridge / self.examples.importance))

    def _named(self, mentions: Sequence[Sequence[Mention]]) -> Matrix:
        return _unit(self._mentioned(mentions) * self._concept_rarity)

    def _mentioned(self, mentions: Sequence[Sequence[Mention]]) -> Matrix:
        """(n, concepts) 1 where a text mentions a concept."""
        columns = {concept.id: column for column, concept in enumerate(self._concepts)}
        mentioned = np.zeros((len(mentions), len(columns)), dtype=np.float32)
        for row, found in enumerate(mentions):
            mentioned[row, [columns[mention.concept.id] for mention in found]] = 1
        return mentioned

    def _count(self, roots: Sequence[frozenset[str]]) -> Scores:
        """(roots,) rarity of each root in the examples."""
        held = np.zeros(len(self._columns), dtype=np.float32)
        for text in roots:
            held[[self._columns[root] for root in text]] += 1
        return _rarity(held, len(roots))

    def _words(self, roots: Sequence[frozenset[str]]) -> Matrix:
        """(n, roots) tf-idf rows; unknown roots, as rare ones that match nothing, shorten them."""
        found = np.zeros((len(roots), len(self._columns)), dtype=np.float32)
        unknown = 0.5 * np.log(len(self.examples.texts) + 1)
        for row, text in enumerate(roots):
            known = [self._columns[root] for root in text if root in self._columns]
            found[row, known] = self._root_rarity[known]
            length = np.sqrt((found[row] ** 2).sum() + (len(text) - len(known)) * unknown**2)
            found[row] /= max(float(length), 1e-9)
        return found


def kernel(some: Features, others: Features, setting: Setting) -> Matrix:
    """(n, m) how alike texts are: their similarity and its square, that of their pairs of features."""
    similarity = some.similarity(others, setting)
    return np.asarray(similarity + np.float32(setting.conjunctions) * similarity**2)


def _product(some: Matrix, others: Matrix) -> Matrix:
    """(n, m) dot products of rows that are nearly empty: column by column, of what each column holds."""
    product = np.zeros((len(some), len(others)), dtype=np.float32)
    filled = np.flatnonzero(some.any(axis=0))
    for own, other in zip(some.T[filled].copy(), others.T[filled].copy(), strict=True):
        rows, columns = np.flatnonzero(own), np.flatnonzero(other)
        product[np.ix_(rows, columns)] += own[rows, None] * other[columns]
    return product


def coverage(entry: CatalogueEntry, concepts: Sequence[Concept]) -> list[float]:
    """How strongly a document serves each concept: as the catalogue indexes it, or as its words say."""
    title = {mention.concept.id for mention in find_concepts(entry.title)}
    detail = {mention.concept.id for text in entry.topics for mention in find_concepts(text)}
    indexed = bool(entry.main_concepts)
    return [
        max(
            MAIN * (concept.id in entry.main_concepts or (not indexed and concept.id in title)),
            OTHER * (concept.id in entry.other_concepts or (not indexed and concept.id in detail)),
            BY_KIND * (entry.kind in concept.kinds or entry.section in concept.sections),
            BY_ROLE * (concept.role == "actor" and concept.id in detail | title),
        )
        * (concept.role != "outside")
        for concept in concepts
    ]


def _examples(entries: Sequence[CatalogueEntry], needs: Sequence[Need]) -> Examples:
    positions = {entry.id: position for position, entry in enumerate(entries)}
    texts: list[str] = []
    targets: list[Scores] = []
    for need in needs:
        gains = np.zeros(len(entries) + 1, dtype=np.float32)
        gains[-1] = 1
        for document_id, grade in need.grades.items():
            if document_id in positions:
                gains[positions[document_id]] = (2**grade - 1) / BEST_GAIN
        texts += need.phrases
        targets += [gains] * len(need.phrases)
    from_needs = len(texts)
    alone = np.eye(len(entries), len(entries) + 1, dtype=np.float32)
    alone[:, -1] = 1
    for position, entry in enumerate(entries):
        main = [gains for gains in targets[:from_needs] if gains[position] == 1]
        company = np.mean(main, axis=0).astype(np.float32) if main else alone[position]
        said = (entry.title, entry.abstract, ", ".join(entry.topics), *entry.when)
        texts += said
        targets += [company] * len(said)
    outside = np.zeros(len(entries) + 1, dtype=np.float32)
    outside[-1] = -1
    phrases = outside_phrases()
    texts += phrases
    targets += [outside] * len(phrases)
    return Examples(tuple(texts), np.array(targets), from_needs)


def _rarity(held: Scores, count: int) -> Scores:
    return np.log((count + 1) / (held + 1)).astype(np.float32)


def _roots(text: str) -> frozenset[str]:
    return frozenset(term[:ROOT] for term in tokenize(text))


def _unit(rows: Matrix) -> Matrix:
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)
