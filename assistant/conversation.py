"""A follow-up question → a question that stands alone, from what was asked before."""

import re
from collections.abc import Sequence

from assistant.answer import Turn
from assistant.expectation import Kind, kind_of
from index.analysis import fold, function_words, stem, tokenize, words
from index.lexicon import Lexicon

_OPENING = re.compile(
    r"^\s*(?:et|ou|mais|ok|d'accord|ah|bon|alors|donc|puis)\b[\s,]*(?:sinon|alors|donc|puis)?[\s,]*",
    re.IGNORECASE,
)
_GOES_ON = re.compile(r"\s*et\b", re.IGNORECASE)
_IMPERSONAL = re.compile(
    r"\b(?:il y a|y a-?t-?il|il faut|faut-?il|existe-?t-?il|s'agit-?il|qu'est-ce qu'il y a"
    r"|est-ce qu'il y a|est-ce qu'il faut|s'il vous|s'il te)\b"
)
_REFERS_BACK = re.compile(
    r"\b(?:il|elle|ils|elles|lui|leur|leurs|celui-ci|celle-ci|ceux-ci|celles-ci|celui-la|celle-la|la-bas"
    r"|la-dedans|dessus|en\s+(?:fait|font|est|sont|parle)|y\s+(?:a|participe\w*|assiste\w*|va|sont)"
    r"|cela|ca|ceux|celles|ce dernier|cette derniere|le meme|la meme|les memes|cette?s? \w+(?:-la|-ci)"
    r"|autres?|lesquel\w*|laquelle|lequel|duquel|desquel\w*|auquel|auxquel\w*|eux"
    r"|qui (?:le|la|les|en|y)(?: \w+)|qui l'\w+|comment (?:on )?(?:les?|la|l'|en|y)\s?\w+(?:er|ir|dre|tre))\b"
)
_ORDINAL = re.compile(
    r"^(?:la |le |les |l')?(?:premiere?s?|deuxiemes?|seconde?s?|troisiemes?|derniere?s?|suivante?s?|autres?)$"
)
_LEANING_KINDS = {Kind.NUMBER, Kind.DATE, Kind.AGENT, Kind.PLACE, Kind.REASON, Kind.MANNER}
ABOUT = " (à propos de : "
_DEMONSTRATIVE = re.compile(r"\b(?:ce|cet|cette|ces|son|sa|ses) (?!que\b|qui\b|sont\b|n\b|est\b|etait\b)\w+")
_CA_OF_ITSELF = re.compile(
    r"\b(?:ca (?:veut dire|coute|sert|marche|existe|consiste|dure|se passe|signifie)|c'est quoi|est-ce que"
    r"|qu'est-ce)\b"
)
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{3,}\b")
_SHORT = 3  # terms below which an opening « et … » leans on the question before


def standalone(question: str, history: Sequence[Turn], lexicon: Lexicon) -> str:
    """The question with what it leaves out, from the user's earlier ones; as it is if it leans on nothing."""
    before = ""
    for asked in (turn.content for turn in history if turn.role == "user"):
        before = _completed(asked, before, lexicon)
    return _completed(question, before, lexicon)


def _completed(question: str, before: str, lexicon: Lexicon) -> str:
    question = question.strip()
    if not before or not tokenize(before):
        return question
    rest = _OPENING.sub("", question)
    opened = rest != question
    terms = tokenize(rest)
    elliptical = kind_of(rest) is Kind.OTHER and len(terms) <= _SHORT and not _has_verb(rest)
    if elliptical and terms and (opened or len(words(rest)) <= _SHORT + 2):
        return _replaced(rest, before, lexicon)
    short = len(terms) < 2 and (opened or kind_of(rest) in _LEANING_KINDS)
    goes_on = bool(_GOES_ON.match(question)) and kind_of(rest) is not Kind.DEFINITION
    if _refers_back(rest) or not terms or short or goes_on:
        return f"{question}{ABOUT}{_subject(before)})"
    return question


def own_part(standalone_question: str) -> str:
    """The question itself, without what was added from before."""
    return standalone_question.split(ABOUT)[0]


def _refers_back(question: str) -> bool:
    plain = _CA_OF_ITSELF.sub(" ", _IMPERSONAL.sub(" ", fold(question)))
    named = [word for word in re.findall(r"\w+", plain) if word not in function_words()]
    if named and all(_ORDINAL.match(word) for word in named):
        return True
    return bool(_REFERS_BACK.search(plain) or _DEMONSTRATIVE.search(plain))


def _has_verb(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:est|sont|etait|a|ont|fait|font|peut|peuvent|doit|doivent|faut|faire|avoir|etre"
            r"|\w+(?:er|ir|oir|ent|ait|aient)|qui|que|comment|pourquoi|quand|combien)\b",
            fold(text),
        )
    )


def _replaced(rest: str, before: str, lexicon: Lexicon) -> str:
    """The question before, with its word of the same class as the new one replaced, or the new one added."""
    new = re.sub(
        r"^(?:pour|chez|en|du cote des?|dans|avec|a|au|aux|sur|de|des|du)\s+",
        "",
        rest.rstrip(" ?!."),
        flags=re.IGNORECASE,
    )
    new = re.sub(r"^(?:celle?s?|celui|ceux) (?:des?|du|d['’])\s*", "", new, flags=re.IGNORECASE)
    acronym = _ACRONYM.search(new)
    if acronym and _ACRONYM.search(before):
        return _ACRONYM.sub(acronym[0], before, count=1)
    class_of_new = {lexicon.kindred[term] for term in tokenize(new) if term in lexicon.kindred}
    for word in re.findall(r"[\w’'-]*\w", before):
        bare = re.sub(r"^\w{1,2}[’']", "", word)
        folded = words(bare)
        if folded and lexicon.kindred.get(stem(folded[-1])) in class_of_new:
            article = re.sub(r"^(?:l[’']|les?|la|des?|du|un|une|aux?)\s*", "", new, flags=re.IGNORECASE)
            return before.replace(bare, article, 1)
    year = re.search(r"\b(?:19|20)\d\d\b", new)
    if year and re.search(r"\b(?:19|20)\d\d\b", before):
        return re.sub(r"\b(?:19|20)\d\d\b", year[0], before, count=1)
    return f"{before.rstrip(' ?!.')}, {rest.strip()}"


def _subject(before: str) -> str:
    """What the question before was about: itself without its question mark or an earlier bracket."""
    bare = re.sub(r"\s*\(à propos de : (.*)\)$", r", \1", before.strip())
    return bare.rstrip(" ?!.")
