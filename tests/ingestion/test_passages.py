"""Passages: their length, their lists, their pages."""

from ingestion.document import Role, Sentence
from ingestion.passages import MAX_LIST_WORDS, MAX_WORDS, MIN_WORDS, Located, cut_passages


def sentence(
    words: int, *, page: int = 1, role: Role = Role.TEXT, trail: tuple[str, ...] = ("A",)
) -> Located:
    text = " ".join(["mot"] * (words - 1) + ["fin."])
    return Located(Sentence(text, text, page, role), trail)


def lengths(passages) -> list[int]:
    return [len(passage.text.split()) for passage in passages]


def test_a_long_section_is_cut_at_sentence_ends_into_even_passages() -> None:
    located = [sentence(20) for _ in range(25)]

    passages = cut_passages("d", located)

    assert [one for passage in passages for one in passage.sentences] == [one.sentence for one in located]
    assert all(MIN_WORDS <= length <= MAX_WORDS for length in lengths(passages))
    assert [passage.id for passage in passages] == ["d:0", "d:1", "d:2"]


def test_a_list_stays_with_its_introduction() -> None:
    located = [sentence(30) for _ in range(5)] + [sentence(8, role=Role.INTRO)]
    located += [sentence(10, role=Role.ITEM) for _ in range(8)]

    last = cut_passages("d", located)[-1]

    assert [one.role for one in last.sentences][-9:] == [Role.INTRO, *[Role.ITEM] * 8]


def test_each_part_of_an_endless_list_repeats_its_introduction() -> None:
    located = [sentence(8, role=Role.INTRO), *(sentence(30, role=Role.ITEM) for _ in range(12))]

    passages = cut_passages("d", located)

    assert len(passages) > 1
    assert all(passage.sentences[0].role is Role.INTRO for passage in passages)
    assert max(lengths(passages)) <= MAX_LIST_WORDS


def test_small_slides_are_joined_until_there_is_enough_text() -> None:
    located = [sentence(25, page=page, trail=(f"Titre {page}",)) for page in range(1, 7)]

    assert [(passage.page, passage.page_end) for passage in cut_passages("d", located)] == [(1, 3), (4, 6)]


def test_a_passage_never_spans_more_than_three_pages() -> None:
    located = [sentence(5, page=page, trail=(f"Titre {page}",)) for page in range(1, 9)]

    assert all(passage.page_end - passage.page < 3 for passage in cut_passages("d", located))


def test_a_slide_with_little_text_is_kept_whole() -> None:
    located = [sentence(40, page=1, trail=(name,)) for name in "ABCD"] + [sentence(70, page=2, trail=("E",))]

    assert lengths(cut_passages("d", located)) == [160, 70]


def test_a_heading_goes_with_the_text_below_it() -> None:
    located = [sentence(30) for _ in range(5)]
    located += [sentence(4, role=Role.HEADING, trail=("B",)), *(sentence(30, trail=("B",)) for _ in range(4))]

    passages = cut_passages("d", located)

    assert [passage.headings for passage in passages] == [("A",), ("B",)]
    assert passages[1].sentences[0].role is Role.HEADING


def test_nothing_makes_no_passage() -> None:
    assert cut_passages("d", []) == ()
