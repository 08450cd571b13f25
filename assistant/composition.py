"""Chosen sentences → a short French answer whose every statement carries its citation."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Citation
from assistant.blocks import Block, block_around
from assistant.choice import Choice
from assistant.expectation import Kind
from assistant.lead import find_lead
from assistant.quoting import stretch_quotes
from index.analysis import tokenize, words
from index.opened import StoredIndex
from index.query import Query
from ingestion.document import Role, Sentence

ENOUGH = 0.75  # probability from which no further sentence is added
WORTH_ADDING = 0.30  # of the best one's probability
MOST_BLOCKS = 3
MOST_WORDS = 75  # a list may be longer
SAME = 0.7  # share of a sentence's terms already said, from which it says nothing new

NOT_FOUND = (
    "Je n’ai pas trouvé de réponse à cette question dans les documents du kit. "
    "Les passages les plus proches sont proposés ci-dessous, sans garantie qu’ils y répondent."
)


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of an answer and its citations, numbered from 1 in the order of the text."""

    text: str
    citations: tuple[Citation, ...]


def compose(index: StoredIndex, choices: Sequence[Choice], kind: Kind, query: Query) -> Composed:
    """The answer of the best choices: a lead when a value is asked, then the sentences or the whole list."""
    blocks = select_blocks(choices, kind)
    citations: list[Citation] = []
    parts = [_cited(index, block, citations) for block in blocks]
    lead = find_lead(choices[0].candidate.sentence.text, kind, query)
    if lead:
        parts.insert(0, lead)
    return Composed("\n".join(parts), tuple(citations))


def select_blocks(choices: Sequence[Choice], kind: Kind) -> list[Block]:
    """The blocks of the best choices, until they are probable enough or the answer long enough."""
    blocks: list[Block] = []
    probability, length, said = 0.0, 0, set[str]()
    for choice in choices:
        if any(block.holds(choice.candidate.passage, choice.candidate.place) for block in blocks):
            probability += choice.probability
            continue
        if blocks and (
            probability >= ENOUGH
            or choice.probability < WORTH_ADDING * choices[0].probability
            or len(blocks) == MOST_BLOCKS
        ):
            break
        block = block_around(choice.candidate, kind)
        text = " ".join(sentence.text for sentence in block.sentences)
        terms = set(tokenize(text))
        probability += choice.probability
        if blocks and (length + len(words(text)) > MOST_WORDS or _repeats(terms, said)):
            continue
        blocks.append(block)
        length += len(words(text))
        said |= terms
    return blocks


def _repeats(terms: set[str], said: set[str]) -> bool:
    return len(terms & said) >= SAME * len(terms)


def _cited(index: StoredIndex, block: Block, citations: list[Citation]) -> str:
    """The block's text with its marks; its citations, one a page, are appended to `citations`."""
    parts = []
    for number, sentences in groupby(block.sentences, key=lambda sentence: sentence.page):
        on_page = list(sentences)
        page = index.pages[block.passage.document_id, number]
        marks = ""
        for quote in stretch_quotes(on_page, page.text):
            citations.append(
                Citation(
                    number=len(citations) + 1,
                    document_id=page.document_id,
                    title=index.documents[page.document_id].title,
                    page=page.number,
                    page_label=page.label,
                    quote=quote,
                )
            )
            marks += f" [{len(citations)}]"
        parts.append(_text(on_page, is_list=block.is_list) + marks)
    return "\n".join(parts)


def _text(sentences: Sequence[Sentence], *, is_list: bool) -> str:
    """The sentences for reading, a list with one item a line."""
    if not is_list:
        return " ".join(sentence.text for sentence in sentences)
    return "\n".join(
        f"• {sentence.text}" if sentence.role is Role.ITEM else sentence.text for sentence in sentences
    )
