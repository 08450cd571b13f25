"""What kind of answer a question expects."""

import re
from enum import StrEnum

from index.analysis import fold
from index.query import sentences_of, that_ask


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


# Nouns of those who act: « quel institut … » asks for a name.
_AGENTS = (
    "organisme|structure|association|entreprise|personne|auteur|partenaire|acteur|president|equipe|ministere"
    "|institution|institut|ecole|universite|operateur|fondation|agence|cabinet|organisation|federation"
    "|collectivite|societe|banque|elu"
)
_ASKED_OTHERWISE = r"(?:quoi|quel\w*|lequel|laquelle|comment|est ce|t (?:ils?|elles?|on))\b"
# Read in this order on the folded question; the first that is found decides.
_ASKS = (
    (
        Kind.LIST,
        r"\b(?:combien et les?quel(?:le)?s|qu est ce qu il y a|contien(?:t|nent) quoi|y a quoi|quoi comme"
        r"|(?:quelles? |d autres )?sortes? de"
        r"|que (?:faut il|doit on|dois je|doivent ils) (?:fournir|joindre|apporter|mettre|envoyer|ecrire)"
        r"|qu est ce qu (?:on|il|ils|elles?) (?:doi(?:t|vent)|faut)"
        r" (?:fournir|joindre|apporter|mettre|envoyer|ecrire)"
        r"|(?:fournir|joindre|apporter|envoyer) quoi)\b",
    ),
    (
        Kind.DATE,
        r"^(?:(?!\b(?:comment|que faire|quoi faire|pourquoi)\b).)*"
        r"\bquand\b(?! (?:on|nous|vous|je|tu|une?|des|meme|bien)\b)"
        r"|\b(?:et quand|a quel(?:le)? (?:moment|date|epoque)"
        r"|quel(?:le)? (?:est |sera |etait )?(?:la |le |l )?(?:date|annee|mois|jour|epoque|periode|moment"
        r"|heure)"
        r"|date de|depuis (?:quand|combien de temps)|a partir de quand|jusqu a quand|dates?|delai|echeance"
        r"|horaires?|c est pour quand|annee (?:de|du|d))\b",
    ),
    (
        Kind.CONTACT,
        r"\b(?:telephones?|tel|telephoner|numero (?:de|du|pour)|quel numero|portable|(?:e )?mails?|emails?"
        r"|courriels?|coordonnees"
        r"|contact(?:er|e|ez|s)?|joindre|joins"
        r"|site (?:web|internet|officiel|dedie)|quel(?:s)? sites?|url|www|telecharger"
        r"|(?:l|le|un|quel) (?:site|lien(?! (?:social|entre|avec|territorial)))|lien (?:direct|vers|internet)"
        r"|page (?:web|internet)|(?:vous|les|leur|lui) (?:appeler|ecrire))\b"
        r"|(?<!\bs )(?<!\bqui )\badresses?\b"
        r"|(?<!\bcours )(?<!\bformation )(?<!\boutil )(?<!\boutils )\ben ligne\b",
    ),
    (
        Kind.NUMBER,
        r"\b(?:combien|cb|cbien|combientiemes?|nombre|pourcentage|pourcent|taux|proportion|montant"
        r"|budget|salaire|tarif|indemnite|remuneration|cotisation|chiffres?|quel age|duree"
        r"|quel(?:le)? (?:est |serait |etait )?(?:la |le |l |son |sa |leur )?(?:taille|superficie|population"
        r"|hauteur|distance|longueur|vitesse|somme|cout|prix|effectif|part))\b"
        r"|(?:^|\b(?:la|une|leur) )part (?:de|des|du|d)\b|(?<!\d)(?<!\d )%",
    ),
    (
        Kind.DEFINITION,
        r"\b(?:c est quoi|cest quoi|qu est ce qu\w*(?! (?:je|tu|ils?|elles?|on|nous|vous|ca|cela|ce)\b)"
        r"|que recouvre\w*|a quoi correspond\w*|definition|definir|definissez|defini(?:t|ssent)"
        r"|que (?:veut|signifie|designe)|veut dire|signifie|sens (?:de|du)|ca veut dire|kezako)\b"
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
        r"|donne[rz]?(?: moi)? (?:les|la liste|tou(?:s|tes))|les? (?:differente?s|principaux|principales)"
        r"|quels|quelles|lesquels|lesquelles|types? de|formes? de"
        r"|(?:trois|quatre|cinq|six|huit|3|4|5|6|8|9) (?:types?|formes?|dimensions?|objectifs?|parcours"
        r"|parties|questions))\b",
    ),
    (
        Kind.PLACE,
        r"^(?:(?:et|mais) )?(?:ou|d ou)\b(?! bien\b)"
        r"|(?<!\bla )\bou (?:est|sont|se|peut|puis|trouve|cela|ca|a eu|ont)\b"
        r"(?! (?:le|la|les|l) (?:difference|probleme|interet|lien|rapport|nuance))|\bou$"
        r"|\bc (?:est|etait|sera) ou\b"
        r"|\b(?:quel(?:le)? (?:ville|pays|region|lieu|commune|departement|endroit|rue|coin)"
        r"|dans quel(?:le)? (?:ville|pays|region|lieu))\b",
    ),
    (
        # « qui » asks at the start, after a preposition, at the end; elsewhere it says which (« ceux qui … »)
        Kind.AGENT,
        rf"\bquel(?:le)?s? (?:{_AGENTS})\w*"
        r"|^(?:(?:et|mais|ou|alors|dites|bon) )*qui\b|\bqui$|\bqui (?:est ce|c est|d autre)\b"
        r"|\b(?:par|avec|pour|a|de|d|sur|est ce|c est|sait|savoir|dire|demande) qui\b"
        r"(?! (?:(?:s )?adresse|est (?:fait|destine|prevu))\b)|(?<!\bceux )\bchez qui\b"
        rf"|^(?:le|la|les|l|ce|cette|vos|votre|leur) (?:(?!{_ASKED_OTHERWISE})\w+ ){{1,4}}qui\b"
        rf"(?!.*\b(?:{_ASKED_OTHERWISE}))",
    ),
    (
        Kind.REASON,
        r"\b(?:pourquoi|pk|pq|pour quelles? raisons?|a quoi (?:ca )?ser\w+|dans quel but|raisons?)\b",
    ),
    (
        Kind.MANNER,
        r"\b(?:comment|cmt|coment|de quelle (?:maniere|facon)|par quel moyen"
        r"|par (?:ou|quoi) (?:on )?commence\w*|que (?:faire|prevoir)|(?:fait|faire) quoi|quoi faire"
        r"|[ms] y prend\w*|marche a suivre|etapes?)\b",
    ),
)
_ASKS_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _ASKS)
_ASKS_AGAIN = re.compile(r"(?:quel|lesquel|laquelle|lequel|qui\b|combien|quand\b|ou\b|comment|pourquoi)")


def kind_of(question: str) -> Kind:
    """The kind of answer that a question asks for.

    Of several sentences, what asks again after the last question mark decides (« … ? quelle année, je
    veux dire »), then the sentences that end with one, the last first, then the whole.
    """
    sentences = sentences_of(question)
    asking = that_ask(sentences)
    added = [sentence for sentence in sentences[-1:] if asking and _ASKS_AGAIN.match(fold(sentence).strip())]
    kinds = (_kind_of_one(text) for text in (*added, *reversed(asking), question))
    return next((kind for kind in kinds if kind is not Kind.OTHER), Kind.OTHER)


def _kind_of_one(text: str) -> Kind:
    plain = re.sub(r"[^\w%]+", " ", fold(text)).strip()
    return next((kind for kind, pattern in _ASKS_COMPILED if pattern.search(plain)), Kind.OTHER)
