"""French sentences: where they end, and where a full stop is only that of an abbreviation."""

import re
from itertools import pairwise


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text, for a table of them that reads like one."""
    return frozenset(words.split())


MAX_WORDS = 120  # beyond, a « sentence » is a table or a list without punctuation, cut at its weaker marks

# Never the end of a sentence: something always follows.
_LEADING = word_set(
    """
    m mm mme mmes mlle mlles dr drs pr prof me mgr st ste p pp n no cf ex al éd ed tél av bd bld réf
    alin c.-à-d i.e e.g p.ex vs ibid
    """
)
# Followed by a number or a code; a word otherwise, which may end a sentence (« de l’art. Le musée »).
_NUMBERED = word_set("art arts fig chap vol ann liv tit col coll rép op nos tel ref")
# May end a sentence when a capital follows.
_TRAILING = word_set("etc env hab min max dép dpt rég resp soc assoc j.-c obs moy")
# A word that opens a sentence, after an initial or an abbreviation that could also be a name's.
_OPENERS = word_set(
    """
    le la les l un une des du ce cet cette ces il elle ils elles on nous vous je en dans pour par
    mais et ou or car donc si au aux à de avec sans sur sous depuis afin ainsi cela ceci c leur
    leurs son sa ses notre votre tout tous toute toutes chaque plus puis enfin lorsque quand comme
    qui que quel quelle quels
    """
)
_END = re.compile(r"(?:\.{2,}|[.!?…]+)(?:[»”\")\]’]|\s»)*+(?=\s|\Z)")
_NEXT = re.compile(r"\s*(?:[«“\"(\[—–-]\s*)*(?P<word>\w+)?")
_TOKEN_BEFORE = re.compile(r"[^\s(«“\"\[]+\Z")
_ENUMERATOR = re.compile(r"\s*(?:[A-Z]?\d{1,2}(?:\.\d{1,2})*|[A-Za-z]|[IVX]{1,4})\Z")
_WEAKER = (re.compile(r"(?<=[;:])\s"), re.compile(r"(?<=,)\s"), re.compile(r"\s"))


def split_sentences(text: str) -> list[tuple[int, int]]:
    """Return the stretches of the sentences of one paragraph, without the white space between them."""
    cuts = [0, *(match.end() for match in _END.finditer(text) if _ends_sentence(text, match)), len(text)]
    spans = [_trimmed(text, start, end) for start, end in pairwise(cuts)]
    return [part for start, end in spans if start < end for part in _within_limit(text, start, end)]


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    following = _NEXT.match(text, match.end())
    word = following["word"] if following else None
    if text[match.end() :].lstrip()[:1] in (":", ";", ",", ")"):
        return False
    if word is None:
        return True
    mark = match[0]
    if word[0].islower():
        return False
    if mark != ".":
        return True
    if _ENUMERATOR.match(text[: match.start()]):
        return False
    token = _TOKEN_BEFORE.search(text[: match.start()])
    elided = text[match.end() :].lstrip()[1:2] in ("’", "'")  # « L’animation », not « L. 123-4 »
    opens = word.lower() in _OPENERS and (elided or word not in ("L", "C"))
    return token is None or not _is_abbreviation(token[0], word, opens=opens)


def _is_abbreviation(token: str, following: str, *, opens: bool) -> bool:
    """Tell whether the full stop after `token` is an abbreviation’s; `opens`: the next word is an opener."""
    name = re.split(r"[’']", token)[-1].lower()
    if name in _LEADING:
        return True
    if name in _NUMBERED:
        return not opens
    if name in _TRAILING:
        return following[0].isdigit()
    if re.fullmatch(r"(?:\w\.)+\w", name):  # S.A.R.L.
        return not opens
    if len(name) == 1 and name.isalpha():
        return not opens
    return name in {"n°", "nos"}


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    part = text[start:end]
    return start + len(part) - len(part.lstrip()), end - (len(part) - len(part.rstrip()))


def _within_limit(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut an endless stretch at the mark nearest to its middle, the strongest kind of mark first."""
    if len(text[start:end].split()) <= MAX_WORDS:
        return [(start, end)]
    middle = (start + end) // 2
    for mark in _WEAKER:
        places = [match.end() for match in mark.finditer(text, start, end)]
        inner = [place for place in places if start + (end - start) // 5 < place < end - (end - start) // 5]
        if inner:
            cut = min(inner, key=lambda place: abs(place - middle))
            return _within_limit(text, *_trimmed(text, start, cut)) + _within_limit(
                text, *_trimmed(text, cut, end)
            )
    return [(start, end)]
