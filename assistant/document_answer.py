"""« Quels documents pour… ? » asked in the chat → the recommended documents, each with its citation."""

from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.recommendation import Recommendations

SHOWN = 4  # documents; the screen of recommendations has the rest, with reasons and order
INTRODUCTION = "Documents du kit à lire pour cela :"
POINTER = "Les raisons et l’ordre de lecture sont dans « Trouver des documents »."


def with_documents(answer: Answer, found: Recommendations) -> Answer:
    """The answer that lists what was recommended; unchanged when nothing citable was."""
    lines: list[str] = []
    citations: list[Citation] = []
    for recommendation in found.recommendations:
        if recommendation.citations and len(citations) < SHOWN:
            citations.append(replace(recommendation.citations[0], number=len(citations) + 1))
            lines.append(f"• {recommendation.entry.title} [{len(citations)}]")
    if not citations:
        return answer
    text = "\n".join((INTRODUCTION, *lines, POINTER))
    return replace(answer, status="answered", text=text, citations=tuple(citations))
