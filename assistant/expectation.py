"""What kind of answer a question expects, and whether a sentence offers one."""

import re
from enum import StrEnum

from index.analysis import fold, words


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
        Kind.CONTACT,
        r"\b(?:telephones?|tel|numero de tel\w*|e-?mails?|mel|courriels?|adresses?(?! )|coordonnees|contact(?:er|e|s)?"
        r"|joindre|appeler|ecrire a|site(?: (?:web|internet))?|lien|url|sur quel site|adresse)\b",
    ),
    (
        Kind.DATE,
        r"\b(?:quand|quelle? (?:est la )?(?:date|annee|mois|jour|epoque|periode|moment)|quel jour|quel mois|date de|en quelle annee"
        r"|depuis (?:quand|combien de temps)|a partir de quand|jusqu a quand|dates?|c est pour quand|annee)\b",
    ),
    (
        Kind.NUMBER,
        r"\b(?:combien|cb|cbien|nombre|pourcentage|pourcent|taux|proportion|part (?:de|des|du)|montant|budget|chiffres?"
        r"|quel age|duree|quelle? (?:taille|superficie|population|hauteur|distance|longueur|vitesse|somme|cout|prix|effectif))\b|%",
    ),
    (
        Kind.DEFINITION,
        r"\b(?:c est quoi|qu est ce qu(?:e|i) (?:c est |l |la |le |un |une |les |des |d )?|c koi|definition|definir|definissez|defini(?:t|ssent)"
        r"|que (?:veut|signifie|designe)|veut dire|signifie|sens (?:de|du)|ca veut dire)\b|^(?:un|une|l|le|la) \w+(?: \w+)? c est quoi",
    ),
    (
        Kind.EXAMPLE,
        r"\b(?:exemples?|par exemple|cas concrets?|illustrations?|illustre|temoignages?|experience concrete|qui l a deja fait|deja fait)\b",
    ),
    (
        Kind.LIST,
        r"\b(?:quel(?:le)?s (?:sont|etaient|seront|furent)|liste[rz]?|enumere[rz]?|citez|cite moi|donne[rz]? moi (?:les|la liste)|les? (?:differente?s|principaux|principales)"
        r"|quels|quelles|lesquels|lesquelles|types? de|formes? de|(?:trois|quatre|cinq|six|huit|3|4|5|6|8|9) (?:types?|formes?|dimensions?|objectifs?|parcours|parties|questions))\b",
    ),
    (Kind.PLACE, r"\b(?:ou|quelle? (?:ville|pays|region|lieu|commune|departement|endroit|rue)|dans quel(?:le)? (?:ville|pays|region|lieu))\b"),
    (
        Kind.AGENT,
        r"\b(?:qui|quel(?:le)?s? (?:organisme|structure|association|entreprise|personne|auteur|partenaire|acteur|president|equipe|ministere|institution)\w*|par qui|avec qui|pour qui|a qui|chez qui)\b",
    ),
    (Kind.REASON, r"\b(?:pourquoi|pk|pq|pour quelles? raisons?|a quoi (?:ca )?ser\w+|dans quel but|raisons?)\b"),
    (Kind.MANNER, r"\b(?:comment|cmt|coment|de quelle (?:maniere|facon)|par quel moyen|que faire|par ou commencer|etapes?)\b"),
)
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)

_MONTHS = r"janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre|janv|fevr|juil|sept|nov|dec"
_DATE = re.compile(rf"\b(?:(?:1[0-9]|20)\d\d|\d{{1,2}}(?:er)? (?:{_MONTHS})|(?:{_MONTHS}) \d{{4}}|\d\d?/\d\d?(?:/\d{{2,4}})?|(?:[ivx]+)e siecle)\b")
_NUMBER = re.compile(
    r"\b\d+(?:[.,\s]\d+)*\b|\b(?:deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|cent|mille|millions?|milliards?|moitie|tiers|quart|dizaines?|trentaine|centaines?|milliers?)\b"
)
_CONTACT = re.compile(r"https?://|\bwww\.|@|\b\d\d(?:[ .-]\d\d){4}\b|\b\d{5}\b")
_NAME = re.compile(r"(?<!^)(?<![.!?:•»] )\b(?:[A-ZÀ-Ý][\w’'-]+|[A-ZÀ-Ý]{2,})\b")
_ORGANISATION = re.compile(r"\b[A-ZÀ-Ý]{2,}[\w-]*\b")
_PLACE = re.compile(r"\b(?:à|en|au|aux|dans|vers|de|du|chez|sur)\s+(?:la\s+|le\s+|l[’'])?[A-ZÀ-Ý]")
_DEFINITION = re.compile(r"\b(?:est|sont) (?:un|une|des|l|la|le|les|donc|egalement|aussi)\b|\bdesignent?\b|\bconsistent?\b|\bsignifient?\b|\bappele|\bdefini|\bc est\b|\brelevent?\b|\bvise")
_REASON = re.compile(r"\b(?:car|parce|afin|pour|puisque|grace|cause|raison|permet\w*|en effet|du fait|vise\w*|objectif)\b")
_EXAMPLE = re.compile(r"\b(?:exemples?|ainsi|notamment|par exemple|depuis \d{4}|cas)\b")


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
            return any(found not in said for found in _NUMBER.findall(folded))
        case Kind.DATE:
            return any(set(words(found)) - said for found in _DATE.findall(folded))
        case Kind.AGENT:
            names = _NAME.findall(sentence) + _ORGANISATION.findall(sentence)
            return any(set(words(found)) - said for found in names)
        case Kind.PLACE:
            return bool(_PLACE.search(sentence))
        case Kind.CONTACT:
            return bool(_CONTACT.search(sentence))
        case Kind.DEFINITION:
            return bool(_DEFINITION.search(folded))
        case Kind.LIST:
            return sentence.count(",") >= 2 or sentence.count(";") >= 2 or sentence.rstrip().endswith(":")
        case Kind.EXAMPLE:
            return bool(_EXAMPLE.search(folded))
        case Kind.REASON:
            return bool(_REASON.search(folded))
        case _:
            return False
