"""The sentence that says why a document is recommended, and the sentences that say what nothing covers."""

import re
from collections.abc import Sequence

from assistant.concepts import Concept, Mention
from index.analysis import tokenize
from ingestion.catalogue import CatalogueEntry

MAX_EXCERPT = 90  # characters of the situation quoted in a reason
MAX_CLAUSES = 12  # of a long situation
_CLAUSE_END = re.compile(r"[.!?;:…\n]+\s*|,\s+|\s+(?:mais|puis|alors|donc)\s+")
_SHORTEST_CLAUSE = 3  # subject words; a shorter one joins the clause before it

_SINGULAR = {
    "MOOC": "ce MOOC",
    "benchmark": "ce benchmark",
    "fiche outil": "cette fiche outil",
    "film": "ce film",
    "guide": "ce guide",
    "méthode": "cette méthode",
    "note": "cette note",
    "note prospective": "cette note prospective",
    "programme": "ce programme",
    "présentation": "cette présentation",
    "rapport": "ce rapport",
    "retour d'expérience": "ce retour d'expérience",
    "référentiel": "ce référentiel",
    "étude": "cette étude",
    "étude territoriale": "cette étude territoriale",
}
_PLURAL = {"étude": "ces études", "étude territoriale": "ces études territoriales"}
NOT_IN_BASE = "document référencé par le kit, pas dans la base"


def reason(entry: CatalogueEntry, *, concepts: Sequence[Concept], clause: str, variant: int) -> str:
    """One sentence: what in the situation the document answers, then what the document does.

    `concepts` are those of the situation that it serves, the best first; without any, the part of the
    situation that it is nearest to is quoted. `variant` turns the sentence so that a list of reasons does not
    drone.
    """
    needs = [concept.say for concept in concepts if concept.role == "need"][:2]
    subjects = [concept.say for concept in concepts if concept.role == "subject"][:2]
    does = _what_it_does(entry)
    tail = "" if entry.in_corpus else f" ({NOT_IN_BASE})"
    if needs and subjects:
        return f"Pour {needs[0]}, à propos {_of(subjects[0])}, {does}{tail}."
    if needs:
        aim = " et ".join(needs)
        openings = (
            f"Pour {aim}, {does}",
            f"Vous voulez {aim} : {does}",
            f"Puisqu'il s'agit {_of(aim)}, {does}",
        )
        return f"{openings[variant % len(openings)]}{tail}."
    if subjects:
        return f"À propos {' et '.join(_of(subject) for subject in subjects)}, {does}{tail}."
    return f"En réponse à « {_excerpt(clause)} », {does}{tail}."


def split_clauses(text: str) -> tuple[str, ...]:
    """The situation cut at punctuation and turning words, none too short to mean something."""
    clauses: list[str] = []
    for part in _CLAUSE_END.split(text):
        if not part.strip():
            continue
        if clauses and len(tokenize(part)) < _SHORTEST_CLAUSE:
            clauses[-1] = f"{clauses[-1]}, {part.strip()}"
        else:
            clauses.append(part.strip())
    return tuple(clauses[:MAX_CLAUSES]) or (text,)


def uncovered(mentions: Sequence[Mention]) -> tuple[str, ...]:
    """A sentence for each matter of the situation that no document treats, with the situation's own words."""
    return tuple(
        f"Aucun document du kit ne porte sur {mention.concept.say} (« {', '.join(sorted(mention.words))} »)."
        for mention in mentions
    )


def _what_it_does(entry: CatalogueEntry) -> str:
    verb, _, rest = entry.abstract.rstrip(".").partition(" ")
    names = _PLURAL if verb.endswith("ent") else _SINGULAR
    subject = names.get(entry.kind, "ce document")
    return f"{subject} {verb[:1].lower()}{verb[1:]} {rest.partition(' : ')[0]}"


def _of(group: str) -> str:
    """« de » before a noun group or an infinitive: « des jeunes », « du numérique », « d'évaluer »."""
    for article, contracted in (("les ", "des "), ("le ", "du ")):
        if group.startswith(article):
            return contracted + group.removeprefix(article)
    return (
        f"d'{group}"
        if group[:1].lower() in "aeiouyéèêàâîôœh" and not group.startswith("y")
        else f"de {group}"
    )


def _excerpt(clause: str) -> str:
    clause = " ".join(clause.replace("«", "“").replace("»", "”").split()).strip(" ,;:.?!…")
    if len(clause) <= MAX_EXCERPT:
        return clause
    return f"{clause[:MAX_EXCERPT].rsplit(' ', 1)[0]}…"
