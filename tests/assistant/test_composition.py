"""The text of an answer and its citations, from chosen sentences of four passages."""

import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from assistant.blocks import Block
from assistant.candidates import Candidate, find_candidates
from assistant.choice import Choice
from assistant.composition import (
    DISAGREEMENT,
    NOT_FOUND,
    Composed,
    compose,
    select_blocks,
)
from assistant.expectation import Kind
from assistant.extent import ENUMERATED, TOLD, VALUE
from index.analysis import words
from index.opened import StoredIndex
from index.search import Ranking
from ingestion.document import Passage, Sentence
from ingestion.quotes import stands_on_page

Rank = Callable[..., Ranking]


def choices_of(index: StoredIndex, ranking: Ranking, kind: Kind, *wanted: tuple[str, float]) -> list[Choice]:
    """The sentences that hold a text, each with its probability, in that order."""
    candidates = find_candidates(index, ranking, kind)
    return [
        Choice(next(one for one in candidates if text in one.sentence.text), probability, probability)
        for text, probability in wanted
    ]


def composed(index: StoredIndex, ranking: Ranking, kind: Kind, *wanted: tuple[str, float]) -> Composed:
    answer = compose(index, choices_of(index, ranking, kind, *wanted), kind, ranking.query)
    marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", answer.text)]
    assert marks == [citation.number for citation in answer.citations] == list(range(1, len(marks) + 1))
    for citation in answer.citations:
        assert stands_on_page(citation.quote, index.pages[citation.document_id, citation.page].text)
    return answer


def long_choices(rank: Rank, count: int, probability: float) -> tuple[list[Choice], Ranking]:
    """Choices of 30 words each, every one in a passage of its own and with words of its own."""
    ranking = rank("Combien de répondants ?")
    choices = []
    for number in range(count):
        text = (
            " ".join(f"mot{'abcdefghij'[number]}{'abcdefghijklmnopqrstuvwxyzàéè'[n]}" for n in range(29))
            + " fin."
        )
        sentence = Sentence(text, text, 1)
        choices.append(
            Choice(
                Candidate(
                    passage=Passage(f"doc:{number}", "doc", (), (sentence,)),
                    sentence=sentence,
                    place=0,
                    rank=number,
                    passage_score=0,
                    row=number,
                    similarity=0,
                    covered=0,
                    covered_in_context=0,
                    matches=np.empty(0, dtype=np.float32),
                    matched=0,
                    matched_with_previous=0,
                    matched_by_block=0,
                    head_matched=0,
                    offers_expected=False,
                    says_by_whom=False,
                    context=frozenset(),
                    block=Block(Passage(f"doc:{number}", "doc", (), (sentence,)), 0, 1, is_list=False),
                ),
                probability,
                probability,
            )
        )
    return choices, ranking


def test_a_sure_sentence_is_the_whole_answer(tiny_index: StoredIndex, rank: Rank) -> None:
    answer = composed(
        tiny_index, rank("Combien de répondants ?"), Kind.NUMBER, ("52", 0.95), ("maires", 0.05)
    )

    assert answer.text == "L’étude compte 52 répondants. [1]"
    [citation] = answer.citations
    assert (citation.document_id, citation.title, citation.page, citation.page_label) == (
        "etude", "L’étude", 1, "1",
    )  # fmt: skip


def test_an_unsure_sentence_is_followed_by_the_next(tiny_index: StoredIndex, rank: Rank) -> None:
    answer = composed(tiny_index, rank("Qui a répondu à l'étude ?"), Kind.AGENT, ("52", 0.5), ("maires", 0.4))

    assert answer.text == "L’étude compte 52 répondants. [1]\nLes maires y sont nombreux. [2]"


def test_a_sentence_that_is_hardly_probable_is_not_added(tiny_index: StoredIndex, rank: Rank) -> None:
    answer = composed(tiny_index, rank("Combien de répondants ?"), Kind.AGENT, ("52", 0.8), ("maires", 0.01))

    assert "maires" not in answer.text


def test_a_list_is_whole_and_cites_each_of_its_pages(tiny_index: StoredIndex, rank: Rank) -> None:
    answer = composed(tiny_index, rank("Quels sont les temps ?"), Kind.LIST, ("le test", 0.95))

    assert answer.text == (
        "Le programme comporte trois temps :\n• la conception,\n• le test, [1]\n• l’évaluation. [2]"
    )
    assert [(one.page, one.page_label, one.quote) for one in answer.citations] == [
        (1, "i", "Le programme comporte trois temps : ❑ la conception, ❑ le test,"),
        (2, "1", "l’évaluation."),
    ]


def test_an_item_of_a_list_that_is_shown_is_not_shown_again(tiny_index: StoredIndex, rank: Rank) -> None:
    answer = composed(
        tiny_index, rank("Quels temps ?"), Kind.LIST, ("trois temps", 0.4), ("le test", 0.3), ("l’éval", 0.3)
    )

    assert answer.text.count("le test") == answer.text.count("l’évaluation") == 1


def test_documents_that_disagree_stand_side_by_side_with_their_year(
    tiny_index: StoredIndex, rank: Rank
) -> None:
    answer = composed(
        tiny_index, rank("Quel budget a le laboratoire ?"), Kind.NUMBER, ("1,5 M€", 0.9), ("1 M€", 0.1)
    )

    assert answer.text.splitlines() == [
        DISAGREEMENT,
        "• Le programme 2018 : Le laboratoire affiche 1,5 M€ de budget. [1]",
        "• L’étude (2016) : Le laboratoire dispose de 1 M€ de budget. [2]",
    ]
    assert [citation.document_id for citation in answer.citations] == ["programme", "etude"]


def test_an_answer_stays_short(rank: Rank) -> None:
    choices, ranking = long_choices(rank, 8, probability=0.1)

    blocks = select_blocks(choices, ranking.query)

    shown = sum(len(words(sentence.text)) for block in blocks for sentence in block.sentences)
    assert len(blocks) > 1
    assert TOLD.words - 30 < shown <= TOLD.words


def test_a_value_stands_among_few_blocks(rank: Rank) -> None:
    choices, ranking = long_choices(rank, 6, probability=0.1)
    short = [replace(one, candidate=replace(one.candidate, block=first_words(one, 5))) for one in choices]

    assert len(select_blocks(short, ranking.query)) == 6
    assert len(select_blocks(short, ranking.query, extent=VALUE)) == VALUE.blocks == 3


def test_an_enumeration_goes_on_longer(rank: Rank) -> None:
    choices, ranking = long_choices(rank, 8, probability=0.1)

    assert len(select_blocks(choices, ranking.query, extent=ENUMERATED)) > len(
        select_blocks(choices, ranking.query)
    )


def first_words(choice: Choice, count: int) -> Block:
    text = " ".join(choice.candidate.sentence.text.split()[:count])
    sentence = Sentence(text, text, 1)
    passage = replace(choice.candidate.passage, sentences=(sentence,))
    return Block(passage, 0, 1, is_list=False)


def test_a_single_long_sentence_is_shown_whole(rank: Rank) -> None:
    choices, ranking = long_choices(rank, 1, probability=1.0)
    text = choices[0].candidate.sentence.text

    [block] = select_blocks(choices, ranking.query)

    assert [sentence.text for sentence in block.sentences] == [text]


def test_what_repeats_the_answer_is_left_out(rank: Rank) -> None:
    [first, *_], ranking = long_choices(rank, 1, probability=0.4)
    same = Sentence(first.candidate.sentence.text, first.candidate.sentence.quote, 1)
    elsewhere = Passage("doc:9", "doc", (), (same,))
    again = Choice(
        Candidate(
            passage=elsewhere, sentence=same, place=0, rank=1, passage_score=0, row=9, similarity=0,
            covered=0, covered_in_context=0, matches=np.empty(0, dtype=np.float32), matched=0,
            matched_with_previous=0, matched_by_block=0, head_matched=0, offers_expected=False,
            says_by_whom=False,
            context=frozenset(), block=Block(elsewhere, 0, 1, is_list=False),
        ),
        0.4,
        0.4,
    )  # fmt: skip

    assert len(select_blocks([first, again], ranking.query)) == 1


def test_what_covers_the_rest_of_the_question_goes_before_what_is_more_probable(
    tiny_index: StoredIndex, rank: Rank
) -> None:
    ranking = rank("Combien de répondants et quel budget ?")
    wanted = (("52", 0.5), ("maires", 0.3), ("1,5 M€", 0.2))
    choices = choices_of(tiny_index, ranking, Kind.AGENT, *wanted)

    blocks = select_blocks(choices, ranking.query)

    assert [block.sentences[0].text for block in blocks][:2] == [
        "L’étude compte 52 répondants.",
        "Le laboratoire affiche 1,5 M€ de budget.",
    ]


def test_what_is_forced_is_taken_however_improbable(rank: Rank) -> None:
    choices, ranking = long_choices(rank, 4, probability=0.99)

    assert len(select_blocks(choices, ranking.query, forced=0)) == 1
    assert len(select_blocks(choices, ranking.query, forced=4)) == 4


def test_the_refusal_says_so_in_french_without_any_mark() -> None:
    assert "pas trouvé" in NOT_FOUND
    assert "[" not in NOT_FOUND


def test_a_bare_question_of_the_documents_is_not_an_answer(tiny_index: StoredIndex, rank: Rank) -> None:
    ranking = rank("Combien de répondants ?")
    likely, other = choices_of(tiny_index, ranking, Kind.OTHER, ("maires", 0.6), ("52", 0.3))
    sentence = Sentence("Combien de répondants ?", "Combien de répondants ?", 1)
    passage = replace(likely.candidate.passage, sentences=(sentence,))
    asking = replace(likely, candidate=replace(likely.candidate, block=Block(passage, 0, 1, is_list=False)))

    assert select_blocks([asking, other], ranking.query)[0] == other.candidate.block
    assert select_blocks([asking], ranking.query) == [asking.candidate.block]
