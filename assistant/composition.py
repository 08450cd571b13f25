"""Chosen sentences → a short French answer whose every statement carries its citation."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from itertools import groupby

from assistant.answer import Citation
from assistant.blocks import Block
from assistant.candidates import VALUE_KINDS, coverage
from assistant.choice import Choice
from assistant.disagreement import disagreeing, holding_each_number
from assistant.expectation import Kind
from assistant.extent import TOLD, Extent
from assistant.lead import find_lead
from assistant.quoting import stretch_quotes
from index.analysis import term_set, words
from index.opened import StoredIndex
from index.query import Query
from ingestion.document import Role, Sentence

SAME = 0.7  # share of a sentence's terms already said, from which it says nothing new
MOST_RIVALS = 3
CONSIDERED = 12  # choices, for one that covers what is still asked
NEW_TERMS = 2.0  # what covering the whole question adds to a choice's score
NEW_ENOUGH = 0.3  # share of the question from which a choice is worth adding, however improbable

DISAGREEMENT = "Les documents donnent des valeurs différentes :"
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
    """The answer of the best choices: a lead when a value is asked, then the sentences or the whole list.

    Where the documents give several values for what is asked, each stands with its document and year.
    """
    citations: list[Citation] = []
    rivals = disagreeing(choices, query) if kind in (Kind.NUMBER, Kind.OTHER, Kind.PLACE) else []
    if rivals:
        lines = [_attributed(index, choice, citations) for choice in rivals[:MOST_RIVALS]]
        return Composed("\n".join((DISAGREEMENT, *lines)), tuple(citations))
    first = holding_each_number(choices, query)
    is_value = kind in VALUE_KINDS and choices[0].candidate.offers_expected
    extent = Extent.of(kind, is_value=is_value)
    blocks = select_blocks([*first, *choices], query, forced=len(first), extent=extent)
    parts = [_cited(index, block, citations) for block in blocks]
    lead = None if first else find_lead(choices[0].candidate.sentence.text, kind, query)
    if lead:
        parts.insert(0, lead)
    return Composed("\n".join(parts), tuple(citations))


def select_blocks(
    choices: Sequence[Choice], query: Query, *, forced: int = 0, extent: Extent = TOLD
) -> list[Block]:
    """The blocks of the best choices, until they are probable enough or the answer long enough.

    After the first, a choice that covers more of what the question still asks goes before a likelier one;
    the first `forced` choices are all taken. What only asks, a slide's question without what stands below it,
    is shown when there is nothing else.
    """
    blocks: list[Block] = []
    answering = [one for one in choices[forced:] if not one.candidate.block.only_asks]
    choices = [*choices[:forced], *answering] if answering else choices
    left = list(choices)
    probability, length, said = 0.0, 0, set[str]()
    while left and len(blocks) < extent.blocks:
        must = len(choices) - len(left) < forced
        choice = (
            left[0]
            if must or not blocks
            else max(left[:CONSIDERED], key=lambda one: _worth(one, query, said))
        )
        left.remove(choice)
        if any(block.overlaps(choice.candidate.block) for block in blocks):
            probability += choice.probability
            continue
        new = _new_share(choice, query, said) if blocks else 0.0
        if (
            blocks
            and not must
            and new < NEW_ENOUGH
            and (
                probability >= extent.enough
                or choice.probability < extent.worth_adding * choices[0].probability
            )
        ):
            break
        block = choice.candidate.block
        text = " ".join(sentence.text for sentence in block.sentences)
        terms = term_set(text)
        probability += choice.probability
        if blocks and not must and (length + len(words(text)) > extent.words or _repeats(terms, said)):
            continue
        blocks.append(block)
        length += len(words(text))
        said |= terms
    return blocks


def _worth(choice: Choice, query: Query, said: set[str]) -> float:
    return choice.score + NEW_TERMS * _new_share(choice, query, said)


def _new_share(choice: Choice, query: Query, said: set[str]) -> float:
    """Share of the question, by rarity, that a choice covers and the answer so far does not."""
    return coverage(query, said | term_set(choice.candidate.sentence.text)) - coverage(query, said)


def _repeats(terms: Set[str], said: Set[str]) -> bool:
    return len(terms & said) >= SAME * len(terms)


def _attributed(index: StoredIndex, choice: Choice, citations: list[Citation]) -> str:
    """One of several values, with the document that gives it and its year."""
    candidate = choice.candidate
    document = index.documents[candidate.passage.document_id]
    block = Block(candidate.passage, candidate.place, candidate.place + 1, is_list=False)
    year = f" ({document.year})" if document.year and str(document.year) not in document.title else ""
    return f"• {document.title}{year} : {_cited(index, block, citations)}"


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
