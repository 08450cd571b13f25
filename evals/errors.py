"""Errors of the evaluation.

EvaluationError (an AssistantError, so that the command line shows it)
├── QuestionFileError   a question or situation file: the line, the field and the remedy
├── GateError           a gates file or a `--fail-under` that cannot be read
├── BaselineError       a report of an earlier run that cannot be read
└── TargetError         the assistant under evaluation could not be asked

Messages are in French: the command line shows them as they are.
"""

from dataclasses import dataclass

from assistant.errors import AssistantError


class EvaluationError(AssistantError):
    """Anything that stops an evaluation, with its remedy."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file: `line` counts from 1, `field` is the path of the field in its entry."""

    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"ligne {self.line}, champ « {self.field} » : {self.message}"


class QuestionFileError(EvaluationError):
    """A question file that does not follow the format; `problems` holds every entry's first fault."""

    def __init__(self, name: str, problems: tuple[Problem, ...]) -> None:
        self.name = name
        self.problems = problems
        super().__init__("\n".join(f"{name}, {problem}" for problem in problems))


class GateError(EvaluationError):
    """Gates that cannot be read: the file or option, what is wrong and what is expected."""


class BaselineError(EvaluationError):
    """A baseline report that is missing or is no report of `cokit eval`."""


class TargetError(EvaluationError):
    """The assistant could not be asked: the address or the question, and what it said."""
