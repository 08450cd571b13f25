"""Does a question ask for documents to read rather than for an answer?"""

import re

from index.analysis import fold

_THING = (
    r"(?:documents?|ressources?|guides?|fiches?|outils?|lectures?|textes?|references?|etudes?|notes?|moocs?|"
    r"methodes?|rapports?|supports?|publications?|films?|videos?|referentiels?)"
)
_PATTERNS = (
    rf"\b(?:quels?|quelles?)\s+(?:(?:est|sont)\s+(?:le|la|les)\s+)?(?:bons?\s+|bonnes?\s+|meilleure?s?\s+)?"
    rf"{_THING}\b.*\b(?:pour|sur|lire|consulter|utiliser|faut|"
    r"(?:aide|conseill|recommand|parle|traite|adapte)\w*)\b",
    r"\b(?:que|quoi|qu'est-ce que|qu'est ce que)\b[^.?!]{0,30}\b(?:lire|consulter)\b",
    rf"\b(?:existe|auriez|avez|aurais|as|y a)[^.?!]{{0,20}}\b(?:un|une|des|d'autres|quelques)\s+"
    rf"{_THING}\b[^.?!]*\b(?:pour|sur)\b",
    rf"\b(?:conseill\w+|recommand\w+|propos\w+|suggere\w*|indiqu\w+|orient\w+)\b[^.?!]{{0,40}}\b{_THING}\b",
    rf"\b(?:je|on|nous)\s+(?:cherche|recherche|cherchons|voudrais|veux|aimerais|souhaite)\w*\s+"
    rf"(?:un|une|des|le|la|les|quelques)\s+{_THING}\b",
    rf"\bpar\s+(?:ou|quel\w*\s+{_THING})\s+commencer\b[^.?!]*\b(?:lire|lecture|kit|{_THING})\b",
    rf"\bpar\s+quel\w*\s+{_THING}\s+(?:commencer|debuter)\b",
    rf"\b{_THING}\s+(?:a|faut-il)\s+lire\b",
)
_ASKS_FOR_DOCUMENTS = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS))


def is_document_request(question: str) -> bool:
    """Whether it asks which documents to read (« quels documents pour… », « que dois-je lire… »)."""
    return bool(_ASKS_FOR_DOCUMENTS.search(fold(question)))
