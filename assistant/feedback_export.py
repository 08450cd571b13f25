"""Readers' complaints as draft entries of the question set, in the YAML format of `evals/questions.yaml`."""

from collections.abc import Iterable

import yaml

from assistant.feedback import Feedback

HEADER = """\
# Ébauches de questions tirées des avis des lecteurs, à compléter avant de les joindre à
# evals/questions.yaml : la tranche (slice), les faits attendus (facts) et, pour chaque source, la page et le
# passage qui prouve la réponse (evidence). Les sources données sont celles de la réponse : à vérifier.
"""
TO_COMPLETE = "À COMPLÉTER"


def draft_questions(feedback: Iterable[Feedback]) -> str:
    """The complaints as YAML; each question once, with what its readers said of it as a note."""
    by_question: dict[str, list[Feedback]] = {}
    for complaint in feedback:
        if complaint.verdict == "inutile":
            by_question.setdefault(complaint.question.casefold(), []).append(complaint)
    drafts = [
        f"\n{_note(complaints)}{_to_yaml(_draft(number, complaints))}"
        for number, complaints in enumerate(by_question.values(), start=1)
    ]
    return HEADER + "".join(drafts)


def _to_yaml(draft: dict[str, object]) -> str:
    return yaml.safe_dump([draft], allow_unicode=True, sort_keys=False, width=110)


def _draft(number: int, complaints: list[Feedback]) -> dict[str, object]:
    latest = complaints[-1]
    draft: dict[str, object] = {
        "id": f"avis-{number:03}",
        "question": latest.question,
        "slice": TO_COMPLETE,
        "half": "development",
    }
    if any("aurait_du_refuser" in complaint.reasons for complaint in complaints):
        return {**draft, "refuse": True}
    sources = [
        {"document": citation.document_id, "page": citation.page, "evidence": citation.quote}
        for citation in latest.citations
    ]
    return {**draft, "facts": [[TO_COMPLETE]], "sources": sources}


def _note(complaints: list[Feedback]) -> str:
    """What the readers said, as YAML comments."""
    latest = complaints[-1]
    reasons = sorted({reason for complaint in complaints for reason in complaint.reasons})
    comments = [complaint.comment for complaint in complaints if complaint.comment]
    lines = [
        f"{len(complaints)} avis, dernier le {latest.created_at:%Y-%m-%d} (index {latest.index_version})",
        f"motifs : {', '.join(reasons)}" if reasons else "",
        *(f"commentaire : {comment}" for comment in comments),
        f"réponse donnée : {latest.answer}",
    ]
    return "".join(f"# {' '.join(line.split())}\n" for line in lines if line)
