"""Requests that speak to the assistant itself instead of asking the base something."""

import re

from index.analysis import fold

# An order opens a clause or is asked of « tu » or « vous »: « qui joue le rôle de… » is none.
_ORDER = (
    r"(?:^|\| |\b(?:et|puis|maintenant|alors|bonjour|plait|svp|stp) "
    r"|\b(?:tu|vous|veuillez|merci de|demande de?) )(?:me |m |nous )?"
)
_TO_THE_ASSISTANT = re.compile(
    rf"{_ORDER}(?:ignore|oublie|contourne|desactive|outrepasse)[srz]?\b.{{0,40}}\b(?:instruction|consigne|regle"
    r"|prompt|directive|limite|filtre|precedent)\w*"
    r"|\b(?:tes|vos|votre|ton) (?:instruction|consigne|regle|prompt|directive|parametre|configuration"
    r"|mot de passe|code source)\w*"
    r"|\b(?:prompt|jailbreak|mode (?:developpeur|admin\w*|debug)|system ?prompt)\b"
    rf"|{_ORDER}(?:fai[st] comme si|fai[st] semblant|joue[rsz]? le role|agis comme)\b"
    r"|\b(?:comporte toi|tu es (?:maintenant|desormais)|imagine que tu)\b"
    rf"|{_ORDER}(?:ecri(?:s|re|vez)|redige[rsz]?|compose[rsz]?|invente[rsz]?|raconte[rsz]?"
    r"|tradui(?:s|re|sez)|code[rz]?|programme[rz]?) (?:moi |nous )?(?:un|une|le|la|en|du|mon|ma|mes|notre) "
    r"(?:poeme|chanson|blague|histoire|script|code|discours|mail|lettre|recette|fonction|anglais|espagnol"
    r"|allemand)\b"
    rf"|{_ORDER}(?:repete|repetez|reponds?|repondez|dis|dites|ecris|ecrivez|affirme)\b.{{0,25}}"
    r"\b(?:uniquement|seulement|toujours|seul mot|par oui|mot pour mot)\b"
    rf"|{_ORDER}(?:oublie|ignore|efface|laisse)[srz]?\b.{{0,15}}\bce qu(?:e|on|il)?\b.{{0,20}}"
    r"\b(?:dit|demande|precede)\w*"
    r"|\bignore (?:all|previous|the)\b|\byou are now\b"
)


def speaks_to_the_assistant(question: str) -> bool:
    """Whether a question gives the assistant orders (forget the rules, play a part, write something)."""
    clauses = re.split(r"[.!?,;:\n]+", fold(question))
    return bool(_TO_THE_ASSISTANT.search(" | ".join(re.sub(r"\W+", " ", one).strip() for one in clauses)))
