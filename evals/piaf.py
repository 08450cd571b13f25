"""PIAF (Etalab, LREC 2020): questions that people wrote over French paragraphs, as small corpora to fit on.

The data set is in SQuAD format with a category for each article. Articles are drawn in two halves; within a
half each category is one corpus of about a hundred paragraphs on neighbouring subjects, the size and likeness
of a kit.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from evals.errors import PiafFileError
from ingestion.document import Corpus, Document, Page, Passage, Sentence
from ingestion.sentences import split_sentences

SEED = 20261121


@dataclass(frozen=True, slots=True)
class PiafQuestion:
    """A question, the passage that answers it and, in that passage, the sentences that hold the span."""

    text: str
    article: str  # document id
    passage: int  # position in the corpus
    sentences: frozenset[int]  # places in the passage


@dataclass(frozen=True, slots=True)
class PiafCorpus:
    """One category of one half: a paragraph is a passage, an article a document."""

    name: str
    half: int  # 0: fitted on; 1: checked on
    corpus: Corpus
    questions: tuple[PiafQuestion, ...]


def read_piaf(file: Path) -> tuple[PiafCorpus, ...]:
    """The corpora of a PIAF file, both halves.

    Raises:
        PiafFileError: no such file, not in this format, or fewer than two categories in a half.
    """
    try:
        corpora = _corpora(json.loads(file.read_text(encoding="utf-8"))["data"])
    except OSError as error:
        raise PiafFileError(f"{file.name} : {error.strerror}.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise PiafFileError(
            f"{file.name} : ce n'est pas un fichier de PIAF (format SQuAD, avec « categorie » pour chaque "
            f"article ; {type(error).__name__} : {error})."
        ) from error
    if any(sum(piaf.half == half for piaf in corpora) < 2 for half in (0, 1)):
        raise PiafFileError(
            f"{file.name} : il faut au moins deux catégories dans chaque moitié ; prenez le fichier entier."
        )
    return corpora


def sampled(corpora: Sequence[PiafCorpus], share: float) -> tuple[PiafCorpus, ...]:
    """The same paragraphs with a share of their questions, always the same ones."""
    draw = np.random.default_rng(SEED)
    return tuple(
        replace(piaf, questions=tuple(asked for asked in piaf.questions if draw.random() < share))
        for piaf in corpora
    )


def _corpora(articles: Sequence[dict[str, Any]]) -> tuple[PiafCorpus, ...]:
    order = np.random.default_rng(SEED).permutation(len(articles))
    groups: defaultdict[tuple[int, str], list[tuple[int, dict[str, Any]]]] = defaultdict(list)
    for rank, number in enumerate(order):
        article = articles[number]
        groups[2 * rank // len(articles), article["categorie"]].append((int(number), article))
    return tuple(_corpus(half, name, members) for (half, name), members in sorted(groups.items()))


def _corpus(half: int, name: str, articles: Sequence[tuple[int, dict[str, Any]]]) -> PiafCorpus:
    documents: list[Document] = []
    passages: list[Passage] = []
    questions: list[PiafQuestion] = []
    for number, article in articles:
        document_id = f"article-{number}"
        documents.append(
            Document(document_id, article["title"], Path(document_id), _sha256(document_id), ("1",))
        )
        for paragraph in article["paragraphs"]:
            spans = split_sentences(paragraph["context"])
            sentences = [paragraph["context"][start:end] for start, end in spans]
            passage = Passage(
                f"{document_id}:{len(passages)}",
                document_id,
                (article["title"],),
                tuple(Sentence(sentence, sentence, 1) for sentence in sentences),
            )
            questions += _questions(paragraph, spans, document_id, len(passages))
            passages.append(passage)
    pages = tuple(Page(document.id, 1, "1", "") for document in documents)
    return PiafCorpus(name, half, Corpus(tuple(documents), pages, tuple(passages)), tuple(questions))


def _questions(
    paragraph: dict[str, Any], spans: Sequence[tuple[int, int]], document_id: str, position: int
) -> Iterator[PiafQuestion]:
    for entry in paragraph["qas"]:
        starts = [answer["answer_start"] for answer in entry["answers"]]
        holding = frozenset(
            place for place, (start, end) in enumerate(spans) if any(start <= at < end for at in starts)
        )
        yield PiafQuestion(entry["question"], document_id, position, holding)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
