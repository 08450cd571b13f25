"""What kind of answer a question expects, and whether a sentence offers one."""

import re
from enum import StrEnum

from index.analysis import fold, function_words, stem, tokenize, words


class Kind(StrEnum):
    """The kind of answer that a question asks for."""

    NUMBER = "nombre"
    DATE = "date"
    AGENT = "personne ou organisation"
    PLACE = "lieu"
    CONTACT = "contact"
    DEFINITION = "définition"
    LIST = "liste"
    EXAMPLE = "exemple"
    MANNER = "manière"
    REASON = "raison"
    OTHER = "autre"


# Read in this order on the folded question; the first that is found decides.
_ASKS = (
    (
        Kind.DATE,
        r"^(?:(?!\b(?:comment|que faire|quoi faire|pourquoi)\b).)*\bquand\b"
        r"|\b(?:et quand|a quel(?:le)? (?:moment|date|epoque)|quelle? (?:est la )?(?:date|annee|mois|jour"
        r"|epoque|periode|moment)|quel jour|quel mois|date de|en quelle annee"
        r"|depuis (?:quand|combien de temps)|a partir de quand|jusqu a quand|dates?|c est pour quand"
        r"|annee)\b",
    ),
    (
        Kind.CONTACT,
        r"\b(?:telephones?|tel|telephoner|numero (?:de|du|pour)|quel numero|portable|(?:e )?mails?|emails?"
        r"|courriels?|coordonnees"
        r"|contact(?:er|e|ez|s)?|joindre|joins"
        r"|site (?:web|internet|officiel|dedie)|quel(?:s)? sites?|l? ?adresse|url|www|telecharger"
        r"|(?:l|le|un|quel) (?:site|lien(?! (?:social|entre|avec|territorial)))"
        r"|en ligne|(?:vous|les|leur|lui) (?:appeler|ecrire))\b",
    ),
    (
        Kind.NUMBER,
        r"\b(?:combien|cb|cbien|nombre|pourcentage|pourcent|taux|proportion|part (?:de|des|du)|montant"
        r"|budget|salaire|tarif|indemnite|remuneration|cotisation|chiffres?"
        r"|quel age|duree|quelle? (?:taille|superficie|population|hauteur|distance|longueur|vitesse|somme"
        r"|cout|prix|effectif))\b|%",
    ),
    (
        Kind.DEFINITION,
        r"\b(?:c est quoi|cest quoi|qu est ce qu\w*|que recouvre\w*|a quoi correspond\w*|definition"
        r"|definir|definissez|defini(?:t|ssent)"
        r"|que (?:veut|signifie|designe)|veut dire|signifie|sens (?:de|du)|ca veut dire)\b"
        r"|^(?:un|une|l|le|la) \w+(?: \w+)? c est quoi",
    ),
    (
        Kind.EXAMPLE,
        r"\b(?:exemples?|par exemple|cas concrets?|illustrations?|illustre|temoignages?"
        r"|experience concrete|qui l a deja fait|deja fait)\b",
    ),
    (
        Kind.LIST,
        r"\b(?:quel(?:le)?s (?:sont|etaient|seront|furent)|liste[rz]?|enumere[rz]?|citez|cite moi"
        r"|donne[rz]? moi (?:les|la liste)|les? (?:differente?s|principaux|principales)"
        r"|quels|quelles|lesquels|lesquelles|types? de|formes? de"
        r"|(?:trois|quatre|cinq|six|huit|3|4|5|6|8|9) (?:types?|formes?|dimensions?|objectifs?|parcours"
        r"|parties|questions))\b",
    ),
    (
        Kind.PLACE,
        r"^(?:ou|d ou)\b|\bou (?:est|sont|se|peut|puis|trouve|cela|ca|a eu|ont)\b|\bou$"
        r"|\bc (?:est|etait|sera) ou\b"
        r"|\b(?:quelle? (?:ville|pays|region|lieu|commune|departement|endroit|rue)"
        r"|dans quel(?:le)? (?:ville|pays|region|lieu))\b",
    ),
    (
        Kind.AGENT,
        r"\b(?:qui|quel(?:le)?s? (?:organisme|structure|association|entreprise|personne|auteur|partenaire"
        r"|acteur|president|equipe|ministere|institution)\w*|par qui|avec qui|pour qui|a qui|chez qui)\b",
    ),
    (
        Kind.REASON,
        r"\b(?:pourquoi|pk|pq|pour quelles? raisons?|a quoi (?:ca )?ser\w+|dans quel but|raisons?)\b",
    ),
    (
        Kind.MANNER,
        r"\b(?:comment|cmt|coment|de quelle (?:maniere|facon)|par quel moyen|que faire|par ou commencer"
        r"|etapes?)\b",
    ),
)
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)

_MONTHS = (
    r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr|juil"
    r"|sept|nov|dec"
)
_DATED = frozenset(_MONTHS.split("|"))
_DATE = re.compile(
    rf"\b(?:(?:1[0-9]|20)\d\d|\d{{1,2}}(?:er)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{4}}"
    rf"|\d\d?/\d\d?(?:/\d{{2,4}})?|(?:[ivx]+)e siecle)\b"
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


def _measures(folded_sentence: str, folded_question: str) -> bool:
    """Whether a sentence holds the unit that a question for a share, a sum or a duration wants."""
    plain = re.sub(r"[^\w%€]+", " ", folded_question)
    wanted = next((held for asked, held in _MEASURES if re.search(asked, plain)), "")
    return bool(re.search(wanted, folded_sentence))


def kind_of(question: str) -> Kind:
    """The kind of answer that a question asks for."""
    plain = re.sub(r"[^\w%]+", " ", fold(question)).strip()
    return next((kind for kind, pattern in _ASKS_COMPILED if pattern.search(plain)), Kind.OTHER)


def offers(sentence: str, kind: Kind, question: str) -> bool:
    """Whether a sentence holds something of the kind that the question does not already say."""
    said = set(words(question))
    folded = fold(sentence)
    match kind:
        case Kind.NUMBER:
            return _measures(folded, fold(question)) and any(
                found not in said for found in _NUMBER.findall(folded)
            )
        case Kind.DATE:
            return any(set(words(found)) - said for found in _DATE.findall(folded))
        case Kind.AGENT:
            names = _NAME.findall(sentence) + _ORGANISATION.findall(sentence)
            return any(set(words(found)) - said - _DATED - function_words() for found in names)
        case Kind.PLACE:
            return bool(_PLACE.search(sentence))
        case Kind.CONTACT:
            plain = fold(question)
            wanted = next(held for asked, held in _CONTACTS if re.search(asked, plain))
            return bool(re.search(wanted, sentence))
        case Kind.DEFINITION:
            return _defines(folded, question)
        case Kind.LIST:
            return sentence.count(",") >= 2 or sentence.count(";") >= 2
        case Kind.EXAMPLE:
            return bool(_EXAMPLE.search(folded))
        case Kind.REASON:
            return bool(_REASON.search(folded))
        case _:
            return False
