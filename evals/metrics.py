"""One pure function per metric, over what one question got.

Conventions. A *ranking* is the pages that each passage covers, best passage first: a passage of pages 3 to 4
is `{(id, 3), (id, 4)}`. `right` holds every page that is a right source. A rate is a float between 0 and 1
for one question; its mean over the questions is the figure of the report. An answer's text carries its
citation marks: « 12 territoires [1]. »
"""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Literal

from evals import facts as fact_matching

RELEVANT = (
    2  # graded judgements are binarised from grade 2 on, as TREC's Deep Learning track does (Craswell 2019)
)

PageReference = tuple[str, int]  # document id, page number from 1
Ranking = Sequence[frozenset[PageReference]]
FactGroups = Sequence[Sequence[str]]
Verdict = Literal["right", "wrong", "refused"]

_MARKS = re.compile(r"(?:\s*\[\d+\])+")
_LEAD_END = re.compile(r"\s*\[\d+\]|(?<=[.!?])\s+(?=[^a-zà-ÿ\s])|\n")


# Retrieval, at page level


def recall_at(k: int, ranking: Ranking, right: frozenset[PageReference]) -> float:
    """1 when one of the first k passages covers a right page, else 0.

    Every right page answers the question alone, so one is enough: top-k retrieval accuracy, Karpukhin et al.,
    Dense Passage Retrieval (EMNLP 2020), section 5.
    """
    return float(any(pages & right for pages in ranking[:k]))


def reciprocal_rank(ranking: Ranking, right: frozenset[PageReference], *, depth: int = 10) -> float:
    """1 / rank of the first passage that covers a right page; 0 when none does within `depth`.

    Its mean is MRR@depth: Voorhees, TREC-8 Question Answering Track Report (1999).
    """
    for rank, pages in enumerate(ranking[:depth], start=1):
        if pages & right:
            return 1 / rank
    return 0.0


def ndcg_at(k: int, ranking: Ranking, right: frozenset[PageReference]) -> float:
    """nDCG@k with binary relevance: (Σ gain_i / log2(i + 1)) / the same sum of the ideal ranking.

    The gain of a passage is the number of right pages that no passage above it covered; the ideal gives one a
    rank. A passage across two right pages can beat it, so the result is capped at 1. Formula: Järvelin and
    Kekäläinen, Cumulated Gain-Based Evaluation of IR Techniques (TOIS 2002).
    """
    seen: set[PageReference] = set()
    gains = []
    for pages in ranking[:k]:
        gains.append(len((pages & right) - seen))
        seen |= pages
    ideal = _discounted([1] * min(k, len(right)))
    return min(1.0, _discounted(gains) / ideal) if ideal else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


# Answers


def plain(answer: str) -> str:
    """The answer without its citation marks."""
    return _MARKS.sub("", answer)


def facts_hold(text: str, facts: FactGroups) -> bool:
    """Whether every fact stands in the text, in one of its accepted forms."""
    folded = fact_matching.tokens(text)
    return all(fact_matching.group_is_matched(folded, group) for group in facts)


def verdict(*, answered: bool, answer: str, facts: FactGroups, known_wrong: Sequence[str] = ()) -> Verdict:
    """Right, wrong or refused, for a question that has an answer; the three rates add up to 1.

    Right: answered, every fact matched, no known wrong value present. Fact accuracy is the share of *right*,
    the wrong-answer rate the share of *wrong*, the false-refusal rate the share of *refused*.
    """
    if not answered:
        return "refused"
    text = plain(answer)
    if known_wrong and fact_matching.group_is_matched(fact_matching.tokens(text), known_wrong):
        return "wrong"
    return "right" if facts_hold(text, facts) else "wrong"


def lead_precision(answer: str, known: Sequence[str]) -> float | None:
    """1 when every number of the direct lead stands in a `known` text, 0 when one does not.

    The lead is what comes before the answer's first citation mark, sentence end or line end. `known`: the
    accepted forms, the evidence of the right sources and the question. None when the lead has no number.
    """
    lead = _LEAD_END.split(answer.strip(), maxsplit=1)[0]
    numbers = {token for token in fact_matching.tokens(lead) if token.startswith("#")}
    if not numbers:
        return None
    allowed = {token for text in known for token in fact_matching.tokens(text)}
    return float(numbers <= allowed)


def number_faithfulness(answer: str, cited: Mapping[int, str]) -> float | None:
    """The share of the answer's numbers and dates that stand in what their sentence cites.

    A number belongs to the next citation marks after it; `cited` gives the text behind each mark (the quote
    and its passage). A number that no mark follows counts as unfaithful. None when there is no number. After
    the attribution of statements to their citations in Liu et al., Evaluating Verifiability in Generative
    Search Engines (2023).
    """
    outcomes = []
    for statement, numbers in statements(answer):
        source = fact_matching.tokens("\n".join(cited.get(number, "") for number in numbers))
        outcomes += [
            fact_matching.holds(source, figure)
            for figure in fact_matching.figures(fact_matching.tokens(statement))
        ]
    return sum(outcomes) / len(outcomes) if outcomes else None


def statements(answer: str) -> list[tuple[str, tuple[int, ...]]]:
    """Each stretch of the answer with the citation marks that close it; the last may have none."""
    found = []
    start = 0
    for marks in _MARKS.finditer(answer):
        numbers = tuple(int(number) for number in re.findall(r"\d+", marks[0]))
        found.append((answer[start : marks.start()], numbers))
        start = marks.end()
    rest = answer[start:]
    return [*found, (rest, ())] if rest.strip() else found


def citation_exactness(on_page: Sequence[bool]) -> float | None:
    """The share of an answer's citations whose quote stands on the page that it names; None without any."""
    return sum(on_page) / len(on_page) if on_page else None


def citation_support(quotes: Sequence[str], facts: FactGroups) -> float:
    """1 when the cited quotes hold every fact (each within one quote), else 0.

    Citation recall of Gao et al., Enabling Large Language Models to Generate Text with Citations (2023), with
    the facts' accepted forms in the place of an entailment model.
    """
    folded = [fact_matching.tokens(quote) for quote in quotes]
    return float(
        all(any(fact_matching.group_is_matched(quote, group) for quote in folded) for group in facts)
    )


def answer_words(answer: str) -> int:
    """The words of an answer: runs between white space that hold a letter or a digit, marks left out."""
    return sum(any(char.isalnum() for char in word) for word in plain(answer).split())


# Refusals


def balanced_accuracy(caught: float, false_refusals: float) -> float:
    """(caught + (1 − false refusals)) / 2: the mean of both classes' recall.

    Brodersen et al., The Balanced Accuracy and Its Posterior Distribution (ICPR 2010).
    """
    return (caught + (1 - false_refusals)) / 2


# Recommendations: documents graded from 0 (irrelevant) to 3 (highly relevant)


def graded_ndcg_at(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """nDCG@k over graded documents, gain 2^grade − 1, discount log2(rank + 1); 0 when nothing is relevant.

    Exponential gains: Burges et al., Learning to Rank using Gradient Descent (ICML 2005). A document named
    twice counts once, at its first rank.
    """
    gains = [2 ** grades.get(document, 0) - 1 for document in dict.fromkeys(ranked)]
    ideal = sorted((2**grade - 1 for grade in grades.values()), reverse=True)
    best = _discounted(ideal[:k])
    return _discounted(gains[:k]) / best if best else 0.0


def graded_recall_at(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """The share of the relevant documents (k of them at most) that are among the first k; 0 without any."""
    relevant = {document for document, grade in grades.items() if grade >= RELEVANT}
    found = relevant & set(ranked[:k])
    return len(found) / min(k, len(relevant)) if relevant else 0.0


def precision_at_1(ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 when the first document is relevant, else 0."""
    return float(bool(ranked) and grades.get(ranked[0], 0) >= RELEVANT)


def highly_relevant_in_first(k: int, ranked: Sequence[str], grades: Mapping[str, int]) -> float:
    """1 when one of the first k documents has grade 3, else 0."""
    return float(any(grades.get(document, 0) == 3 for document in ranked[:k]))


def off_subject_accuracy(ranked: Sequence[str]) -> float:
    """1 when an off-subject situation gets no document, else 0."""
    return float(not ranked)
