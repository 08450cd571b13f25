"""Requests that speak to the assistant itself instead of asking the base something."""

import re

from index.analysis import fold

_TO_THE_ASSISTANT = re.compile(
    r"\b(?:ignor\w+|oubli\w+|contourn\w+|desactiv\w+|outrepass\w+)\b.{0,40}\b(?:instruction|consigne|regle"
    r"|prompt|directive|limite|filtre|precedent)\w*"
    r"|\b(?:tes|vos|votre|ton) (?:instruction|consigne|regle|prompt|directive|parametre|configuration"
    r"|mot de passe|code source)\w*"
    r"|\b(?:prompt|jailbreak|mode (?:developpeur|admin\w*|debug)|system ?prompt)\b"
    r"|\b(?:fais comme si|fais semblant|fait semblant|joue le role|comporte toi|agis comme"
    r"|tu es (?:maintenant|desormais)|imagine que tu)\b"
    r"|\b(?:ecri(?:s|vez)|redige[rz]?|compose[rz]?|invente[rz]?|raconte[rz]?|tradui(?:s|sez)|code"
    r"|programme) (?:moi |nous )?(?:un|une|le|la|en) (?:poeme|chanson|blague|histoire|script|code|discours"
    r"|mail|lettre|recette|fonction|anglais|espagnol|allemand)\b"
    r"|\b(?:repete|repond\w*|dis|ecris|affirme)\b.{0,25}\b(?:uniquement|seulement|toujours|seul mot"
    r"|par oui|mot pour mot)\b"
    r"|\bignore (?:all|previous|the)\b|\byou are now\b"
)


def speaks_to_the_assistant(question: str) -> bool:
    """Whether a question gives the assistant orders (forget the rules, play a part, write something)."""
    return bool(_TO_THE_ASSISTANT.search(re.sub(r"[^\w]+", " ", fold(question))))
