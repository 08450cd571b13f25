"""Requests for somebody's personal data: refused before anything is searched, whatever the documents hold."""

import re

from index.analysis import fold

_CONTACT = (
    r"(?:numeros?|telephones?|tel|num|mails?|e-mails?|emails?|courriels?|adresses?|coordonnees|contacts?)"
)
_OF_THE = r"(?:des|de tous les|de toutes les|de chaque) (?:\d+ )?"
_PEOPLE = r"(?:personnes?|repondante?s?|habitante?s?|beneficiaires?|adherente?s?|donat\w+|salarie\w*|eleves?)"
_PERSONAL = re.compile(
    rf"\b{_CONTACT}\b.{{0,25}}\b(?:perso|personnel|prive)\w*|\b{_CONTACT}\b.{{0,25}}\b(?:domicile|portables?)\b"
    r"|\bportable (?:de|du|d'|des)\b|\b(?:son|leur|votre) (?:portable|0[67])\b"
    r"|\b(?:file|donne|passe|filez|donnez|passez)[ -]?\w* (?:le|son|leur) 0[67]\b"
    r"|\b(?:adresse|coordonnees)\b.{0,10}\bdu domicile\b"
    r"|\bnumero de (?:securite sociale|compte|carte)\b"
    r"|\b(?:iban|rib|casier judiciaire|mots? de passe)\b|\bcoordonnees bancaires\b"
    r"|\b(?:est|serait)[ -](?:il|elle) (?:marie|divorce|pacse|celibataire|malade|enceinte)\w*"
    r"|\b(?:date|lieu) de naissance\b|\bvote(?:nt|r)? pour qui\b|\bpour qui vote"
    r"|\b(?:religion|orientation sexuelle|opinions? politiques?|etat de sante|situation de famille) d"
    rf"|\b(?:noms?|prenoms?|identites?|listes? nominatives?) {_OF_THE}{_PEOPLE}\b"
)


def asks_for_personal_data(question: str) -> bool:
    """Whether a question wants private contact details, secrets or the private life of a person."""
    return bool(_PERSONAL.search(re.sub(r"\s+", " ", fold(question))))
