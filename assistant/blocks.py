"""A chosen sentence → the stretch of its passage that a reader needs: the sentence, or its whole list."""

import re
from dataclasses import dataclass

from assistant.expectation import Kind
from assistant.legibility import is_legible
from index.analysis import tokenize, words
from ingestion.document import Passage, Role, Sentence

_STANDS_ALONE = 5  # terms from which a list's item is understood without the list
_LONGEST_LIST = 25  # items
_SHORT = 12  # words of a sentence that the next one may have to complete
_FOLLOWERS = 2  # sentences shown below a heading or a question that was chosen
_LIST_KINDS = {Kind.LIST, Kind.EXAMPLE}
_STEPS_KINDS = _LIST_KINDS | {Kind.MANNER}  # for these one numbered item is a step of a list
_LISTED_KINDS = {Kind.LIST, Kind.MANNER, Kind.REASON}  # a list that a sentence leads to is what they ask for
_NUMBERED, _LETTERED = re.compile(r"\d+ ?[-.)]"), re.compile(r"[a-z] ?[-.)] ")
_PRONOUN = re.compile(r"(?:Ils?|Elles?|Ceux-ci|Celles-ci|Celui-ci|Celle-ci)\b")
_WHOLE_LIST_KINDS = {Kind.LIST, Kind.MANNER, Kind.OTHER, Kind.DEFINITION, Kind.REASON}
_TOLD_KINDS = _LIST_KINDS | _WHOLE_LIST_KINDS  # all but a value


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive sentences of one passage, and the sentence that was chosen among them."""

    passage: Passage
    start: int
    end: int  # exclusive
    is_list: bool

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return self.passage.sentences[self.start : self.end]

    @property
    def only_asks(self) -> bool:
        """Whether every sentence is a question."""
        return all(map(asks, self.sentences))

    def holds(self, passage: Passage, place: int) -> bool:
        """Whether a sentence of a passage is part of the block."""
        return passage.id == self.passage.id and self.start <= place < self.end

    def overlaps(self, other: "Block") -> bool:
        """Whether both show a sentence."""
        return self.passage.id == other.passage.id and self.start < other.end and other.start < self.end


def asks(sentence: Sentence) -> bool:
    """Whether a sentence is a question."""
    return sentence.text.rstrip(" »*").endswith("?")


def block_around(passage: Passage, place: int, kind: Kind) -> Block:
    """The sentence itself, its whole list, or what stands below it when it announces more or asks."""
    sentence = passage.sentences[place]
    role = sentence.role
    if role is Role.INTRO and kind in _TOLD_KINDS:
        return _list_from(passage, place)
    if role is Role.ITEM and kind in _TOLD_KINDS:
        end = _end_of_sublist(passage, place)
        if end > place + 1:
            return Block(passage, place, end, is_list=True)
    if role is Role.ITEM:
        intro = _introduction(passage, place)
        fragment = len(tokenize(sentence.text)) < _STANDS_ALONE
        whole = kind in (_STEPS_KINDS if _NUMBERED.match(sentence.text) else _LIST_KINDS)
        if intro is not None and (whole or (fragment and kind in _WHOLE_LIST_KINDS)):
            return _list_from(passage, intro)
        if intro is None and whole:
            return _items_around(passage, place)
    if role is Role.HEADING or asks(sentence):
        return _below(passage, place, kind)
    if sentence.text.rstrip().endswith(":") and place + 1 < len(passage.sentences):
        return Block(passage, place, place + 2, is_list=False)
    if role is Role.TEXT and kind in _TOLD_KINDS:
        return _with_what_completes(passage, place, kind)
    return Block(passage, place, place + 1, is_list=False)


def _end_of_sublist(passage: Passage, place: int) -> int:
    """After the lettered items below a numbered one (« 2- … », then « a. … »); the next place without any."""
    end = place + 1
    if not _NUMBERED.match(passage.sentences[place].text):
        return end
    while end < len(passage.sentences) and _LETTERED.match(passage.sentences[end].text):
        end += 1
    return end


def _with_what_completes(passage: Passage, place: int, kind: Kind) -> Block:
    """With the sentence before one that begins with « Il … », and what follows where that goes on: a sentence
    when the chosen one is too short to say all, a list that it leads to."""
    start, end = place, place + 1
    if _goes_on(passage.sentences[place]) and place > 0 and passage.sentences[place - 1].role is Role.TEXT:
        start -= 1
    following = passage.sentences[end : end + 1]
    if not following:
        return Block(passage, start, end, is_list=False)
    completed = _is_completed_by(passage.sentences[place], following[0])
    if (completed and asks(following[0])) or (following[0].role is Role.INTRO and kind in _LISTED_KINDS):
        below = _below(passage, place, kind)
        return Block(passage, start, below.end, is_list=below.is_list)
    return Block(passage, start, end + (completed or _goes_on(following[0])), is_list=False)


def _is_completed_by(sentence: Sentence, following: Sentence) -> bool:
    if len(words(sentence.text)) > _SHORT or following.role is not Role.TEXT:
        return False
    return is_legible(following.text) and not following.text.rstrip().endswith(":")


def _goes_on(sentence: Sentence) -> bool:
    return sentence.role is Role.TEXT and bool(_PRONOUN.match(sentence.text))


def _introduction(passage: Passage, place: int) -> int | None:
    """Place of the sentence that introduces an item's list, or of the heading right above it."""
    while place >= 0 and passage.sentences[place].role is Role.ITEM:
        place -= 1
    return place if place >= 0 and passage.sentences[place].role in (Role.INTRO, Role.HEADING) else None


def _list_from(passage: Passage, intro: int) -> Block:
    end = intro + 1
    while end < len(passage.sentences) and passage.sentences[end].role is Role.ITEM:
        end += 1
    return Block(passage, intro, min(end, intro + 1 + _LONGEST_LIST), is_list=end > intro + 1)


def _items_around(passage: Passage, place: int) -> Block:
    start = place
    while start > 0 and passage.sentences[start - 1].role is Role.ITEM:
        start -= 1
    block = _list_from(passage, start)
    return Block(passage, start, block.end, is_list=True)


def _below(passage: Passage, place: int, kind: Kind) -> Block:
    """A heading or a question with the list below it, or with the first sentences there."""
    end = place + 1
    while end < min(len(passage.sentences), place + 1 + _FOLLOWERS):
        following = passage.sentences[end]
        if following.role in (Role.ITEM, Role.INTRO) and kind not in (Kind.DATE, Kind.NUMBER):
            intro = end if following.role is Role.INTRO else end - 1
            return Block(passage, place, _list_from(passage, intro).end, is_list=True)
        if following.role is Role.HEADING or not is_legible(following.text):
            break
        end += 1
    return Block(passage, place, end, is_list=False)
