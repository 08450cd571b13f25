"""Which sentences may answer a question, and what is measured of each."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.blocks import Block, block_around
from assistant.expectation import Kind
from assistant.legibility import is_legible
from assistant.offering import Offering, says_by_whom
from index.analysis import term_set
from index.opened import StoredIndex
from index.query import SYNONYM_COVERS, Query, Term
from index.search import Ranking
from ingestion.document import Passage, Role, Sentence

CANDIDATE_PASSAGES = 8  # each costs a millisecond

# The columns of `Candidate.features`, in order. Those named after a kind of answer are 1 when that kind is
# expected and the sentence offers it.
OFFERED_KINDS = (
    Kind.NUMBER,
    Kind.DATE,
    Kind.AGENT,
    Kind.PLACE,
    Kind.CONTACT,
    Kind.DEFINITION,
    Kind.LIST,
    Kind.EXAMPLE,
    Kind.REASON,
)
FEATURES = (
    "passage",  # -log(1 + what the passage's fused score lacks to the best one's)
    "first_passage",  # 1 for the best passage
    "similarity",  # ten times the cosine with the question, less the best candidate's
    "covered",  # share of the question's terms, by rarity, in the sentence
    "covered_in_context",  # the same with the title, the headings and the sentence before
    "matched",  # share of the terms that the sentence says, kindred words counting for their kinship
    "matched_with_previous",  # the same, the sentence before taken into account
    "matched_by_block",  # the same of all that is shown with the sentence: its list, what stands below it
    "head",  # how well the sentence names what is asked
    "length",  # log(1 + terms)
    "short",  # the same, but no more than log 6: what is lost below five terms
    *(f"offers {kind.value}" for kind in OFFERED_KINDS),
    "done by",  # 1 when « qui pilote … » is asked and the sentence says « piloté par »
    "heading",
    "introduction",  # of a list, where the question may want one
    "introduction for a value",  # of a list, where a number, a date, a name, a place or a contact is asked
    "item",  # of a list
    "question",  # what is shown only asks: it does not answer
    "fragment",  # fewer than four terms and no final punctuation
    "list for a list",  # introduces a list, or is an item of one, when a list is asked for
)

# What a feature may say: 1 only for a sentence, 0 for it or against it. `cokit fit` keeps to it.
SIGNS = dict.fromkeys(FEATURES, 0) | dict.fromkeys(
    (
        *("passage", "similarity", "covered", "covered_in_context"),
        *("matched", "matched_with_previous", "matched_by_block", "head"),
        *(f"offers {kind.value}" for kind in OFFERED_KINDS),
        *("done by", "list for a list"),
    ),
    1,
)


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A sentence in its passage; `rank` is the passage's, from 0; `row` the sentence's in the index."""

    passage: Passage
    sentence: Sentence
    place: int  # in the passage
    rank: int
    passage_score: float  # fused
    row: int
    similarity: float  # cosine with the question
    covered: float
    covered_in_context: float
    matches: NDArray[np.float32]  # (terms,) how well the sentence says each term of the question
    matched: float
    matched_with_previous: float
    matched_by_block: float
    head_matched: float  # how well the sentence names what is asked
    offers_expected: bool
    says_by_whom: bool  # « piloté par », when what is asked is who « pilote »
    context: frozenset[str]  # terms of the sentence, its headings, the title and the sentence before
    block: Block  # what is shown when the sentence is chosen


def find_candidates(
    index: StoredIndex, ranking: Ranking, kind: Kind, *, passages: int = CANDIDATE_PASSAGES
) -> list[Candidate]:
    """Every legible sentence of the best passages, in their order."""
    query = ranking.query
    offering = Offering(kind, query.text)
    heads = [place for place, term in enumerate(query.terms) if term.stem == query.head]
    importances = np.array([term.importance for term in query.terms])
    shares = importances / max(float(importances.sum()), 1e-9)
    candidates: list[Candidate] = []
    for rank, position in enumerate(ranking.best(passages)):
        passage = index.passages[position]
        title = index.documents[passage.document_id].title
        around = term_set(" ".join((title, *passage.headings)))
        before: frozenset[str] = frozenset()
        rows = index.sentence_rows(int(position))
        for place, (row, sentence) in enumerate(zip(rows, passage.sentences, strict=True)):
            if not is_legible(sentence.text):
                continue
            own = term_set(sentence.text)
            matches = ranking.term_matches[:, row]
            block = block_around(passage, place, kind)
            shown = slice(rows[block.start], rows[block.end - 1] + 1)
            with_previous = np.maximum(matches, ranking.term_matches[:, row - 1]) if place else matches
            candidates.append(
                Candidate(
                    passage=passage,
                    sentence=sentence,
                    place=place,
                    rank=rank,
                    passage_score=float(ranking.scores[position]),
                    row=row,
                    similarity=float(ranking.sentence_similarities[row]),
                    covered=coverage(query, own),
                    covered_in_context=coverage(query, own | before | around),
                    matches=matches,
                    matched=float(shares @ matches),
                    matched_with_previous=float(shares @ with_previous),
                    matched_by_block=float(shares @ ranking.term_matches[:, shown].max(axis=1)),
                    head_matched=float(matches[heads].max(initial=0.0)),
                    offers_expected=offering.stands_in(sentence.text),
                    says_by_whom=kind is Kind.AGENT and says_by_whom(sentence.text, query.head),
                    context=own | before | around,
                    block=block,
                )
            )
            if sentence.role is not Role.ITEM:  # a list's items stand under the sentence that introduces them
                before = own
    return candidates


def coverage(query: Query, stems: Set[str]) -> float:
    """Share of the question's terms that a text holds, each counted by its rarity in the corpus, 0 to 1."""
    total = sum(term.importance for term in query.terms)
    return sum(term.importance * _held(term, stems) for term in query.terms) / total if total else 0.0


def _held(term: Term, stems: Set[str]) -> float:
    if term.stem in stems:
        return 1.0
    return SYNONYM_COVERS if term.alternatives & stems else 0.0


def feature_rows(candidates: Sequence[Candidate], kind: Kind) -> NDArray[np.float64]:
    """(n, len(FEATURES)) what the choice of the sentence weighs."""
    best_score = candidates[0].passage_score
    best_similarity = max(candidate.similarity for candidate in candidates)
    rows = []
    for candidate in candidates:
        length = float(np.log1p(len(term_set(candidate.sentence.text))))
        rows.append(
            [
                -float(np.log1p(best_score - candidate.passage_score)),
                float(candidate.rank == 0),
                10 * (candidate.similarity - best_similarity),
                candidate.covered,
                candidate.covered_in_context,
                candidate.matched,
                candidate.matched_with_previous,
                candidate.matched_by_block,
                candidate.head_matched,
                length,
                min(length, float(np.log(6))),
                *(float(candidate.offers_expected and kind is offered) for offered in OFFERED_KINDS),
                float(candidate.says_by_whom),
                *_place_on_the_page(candidate, length, kind),
            ]
        )
    return np.array(rows, dtype=np.float64)


VALUE_KINDS = frozenset({Kind.NUMBER, Kind.DATE, Kind.AGENT, Kind.PLACE, Kind.CONTACT})


def _place_on_the_page(candidate: Candidate, length: float, kind: Kind) -> Iterator[float]:
    """The features that a page of paragraphs lacks: what the sentence is among headings and lists."""
    sentence = candidate.sentence
    text = sentence.text.rstrip(" *»")
    yield float(sentence.role is Role.HEADING)
    yield float(sentence.role is Role.INTRO and kind not in VALUE_KINDS)
    yield float(sentence.role is Role.INTRO and kind in VALUE_KINDS)
    yield float(sentence.role is Role.ITEM)
    yield float(candidate.block.only_asks)
    yield float(length < np.log1p(4) and not text.endswith((".", "!", ";", ",", ":")))
    yield float(kind is Kind.LIST and sentence.role in (Role.INTRO, Role.ITEM))
