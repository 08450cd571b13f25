"""Whether a sentence offers the kind of answer that a question expects."""

import re

from assistant.expectation import Kind
from index.analysis import fold, function_words, stem, tokenize, words

_MONTHS = (
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr|juil"
    r"|sept|nov|dec"
)
_DATED = frozenset(_MONTHS.split("|"))
_DATE = re.compile(
    rf"\b(?:(?:1[0-9]|20)\d\d|\d{{1,2}}(?:er)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{4}}"
    rf"|\d\d?/\d\d?(?:/\d{{2,4}})?|(?:[ivx]+)e siecle)\b"
)
# What the question names → what a date must then say; the first that is found decides.
_MOMENTS = (
    (r"\b(?:heures?|horaires?)\b", r"\b\d{1,2} ?(?:h|heures?)(?:\b|\d)"),
    (
        r"\bquel(?:le)? (?:est (?:le|la) )?(?:jour|date exacte)\b",
        rf"\b\d{{1,2}}(?:er)? (?:{_MONTHS})\b|\d/\d",
    ),
    (r"\bquel (?:est le )?mois\b", rf"\b(?:{_MONTHS})\b|\d/\d"),
)
_NUMBER = re.compile(
    r"\b\d+(?:[.,\s]\d+)*\b|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt"
    r"|trente|cent|mille|millions?|milliards?|moitie|tiers|quart|dizaines?|trentaine|centaines?"
    r"|milliers?)\b"
)
# What a number counts, by what the question names → what a sentence must then hold beside it; the first that
# is found decides.
_NUMBER_WORD = (
    r"(?:\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent|mille|million)"
)
_MEASURES = (
    (r"\b(?:pourcentages?|pourcents?|taux|proportion|quelle part)\b|%", r"%|pour cent|moitie|tiers|quart"),
    (
        r"\b(?:budget|cout\w*|prix|tarif\w*|montant|salaire\w*|remuner\w*|indemnite\w*|cotisation\w*"
        r"|gagne\w*|paye|payent|paie|facture\w*|euros?)\b",
        r"€|\b(?:euros?|francs?|dollars?|livres?|florins?|ducats?|couronnes?)\b",
    ),
    (
        r"\bcombien (?:de (?:temps|mois|jours|semaines|annees|siecles|heures|minutes)|d annees|d heures)\b"
        r"|\bquelle (?:est la )?duree\b|\bquel age\b",
        rf"{_NUMBER_WORD}\w*\s(?:\w+\s)?(?:ans?|annees?|mois|jours?|semaines?|siecles?|heures?|minutes?)\b"
        rf"|\b\d{{4}}\b.*\b\d{{4}}\b",
    ),
)
_BEFORE_BY = 3  # words between a participle and « par », « par » included
_PHONE, _MAIL = r"\b0\d(?:[ .-]?\d\d){4}\b", r"\S@\S"
_SITE, _POSTAL = r"https?://|\bwww\.", r"\b\d{5} +[A-ZÀ-Ý]"
# What the question names → what a sentence must then hold; the first that is found decides.
_CONTACTS = (
    (r"\bportable", r"\b0[67](?:[ .-]?\d\d){4}\b"),
    (r"\btel|appel|\bnumero", _PHONE),
    (r"mail|courriel|ecrire", _MAIL),
    (r"site|lien|url|www|internet|en ligne|telecharger", _SITE),
    (r"adresse", f"{_POSTAL}|{_SITE}|{_MAIL}"),
    (r"", f"{_PHONE}|{_MAIL}|{_POSTAL}|{_SITE}"),
)
_NAME = re.compile(r"(?<!^)(?<![.!?:•»] )\b(?:[A-ZÀ-Ý][\w’'-]+|[A-ZÀ-Ý]{2,})\b")
_ORGANISATION = re.compile(r"\b[A-ZÀ-Ý]{2,}[\w-]*\b")
_PLACE = re.compile(r"\b(?:à|en|au|aux|dans|vers|de|du|chez|sur)\s+(?:la\s+|le\s+|l[’'])?[A-ZÀ-Ý]")
_DEFINES = re.compile(
    r"^(.{3,90}?)\b(?:(?:est|sont)(?: egalement| aussi| donc)? (?:une?|des|les?|la|l')"
    r"|designent?|consistent?|signifient?|se definit|correspond\w*|relevent?|permet(?:tent)? (?:de|d'))"
)
_REASON = re.compile(
    r"\b(?:car|parce|afin|pour|puisque|grace|cause|raison|permet\w*|en effet|du fait|vise\w*|objectif)\b"
)
_EXAMPLE = re.compile(r"\b(?:exemples?|ainsi|notamment|par exemple|depuis \d{4}|cas)\b")


def _defines(folded_sentence: str, question: str) -> bool:
    """Whether what stands before « est un », « désigne », … is what the question asks about."""
    found = _DEFINES.search(folded_sentence)
    return bool(found and set(tokenize(found[1])) & set(tokenize(question)))


def says_by_whom(sentence: str, verb: str) -> bool:
    """Whether a sentence has the verb of that stem in the passive: « piloté par », « créée en 1901 par »."""
    said = words(sentence)
    return any(
        stem(word) == verb and "par" in said[place + 1 : place + 1 + _BEFORE_BY]
        for place, word in enumerate(said)
    )


def _holds_what_is_named(sentence: str, question: str, named: tuple[tuple[str, str], ...]) -> bool:
    """Whether a sentence holds what the first pattern found in the question calls for; yes without any."""
    wanted = next((held for asked, held in named if re.search(asked, question)), "")
    return bool(re.search(wanted, sentence))


class Offering:
    """What a question expects: read once, looked for in every sentence."""

    def __init__(self, kind: Kind, question: str) -> None:
        self._kind = kind
        self._question = question
        self._said = frozenset(words(question))
        self._plain = re.sub(r"[^\w%€]+", " ", fold(question))

    def stands_in(self, sentence: str) -> bool:
        """Whether a sentence holds something of the kind that the question does not already say."""
        said, folded = self._said, fold(sentence)
        match self._kind:
            case Kind.NUMBER:
                return _holds_what_is_named(folded, self._plain, _MEASURES) and any(
                    found not in said for found in _NUMBER.findall(folded)
                )
            case Kind.DATE:
                return _holds_what_is_named(folded, self._plain, _MOMENTS) and any(
                    set(words(found)) - said for found in _DATE.findall(folded)
                )
            case Kind.AGENT:
                names = _NAME.findall(sentence) + _ORGANISATION.findall(sentence)
                return any(set(words(found)) - said - _DATED - function_words() for found in names)
            case Kind.PLACE:
                return bool(_PLACE.search(sentence))
            case Kind.CONTACT:
                return _holds_what_is_named(sentence, self._plain, _CONTACTS)
            case Kind.DEFINITION:
                return _defines(folded, self._question)
            case Kind.LIST:
                return sentence.count(",") >= 2 or sentence.count(";") >= 2
            case Kind.EXAMPLE:
                return bool(_EXAMPLE.search(folded))
            case Kind.REASON:
                return bool(_REASON.search(folded))
            case _:
                return False
