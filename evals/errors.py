"""Errors of the evaluation.

EvaluationError (an AssistantError, so that the command line shows it)
├── QuestionFileError   a question or situation file: the line, the field and the remedy
├── GateError           a gates file or a `--fail-under` that cannot be read
├── BaselineError       a report of an earlier run that cannot be read
├── PiafFileError       the file that `cokit fit` learns from cannot be used
├── FittingToolMissing  `cokit fit` needs a library of the extra `fit`
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


class PiafFileError(EvaluationError):
    """A file of PIAF that cannot be used: the file, what is wrong and what is expected."""


class ExerciseFileError(EvaluationError):
    """A line of a file of exercises that is not in their format."""

    def __init__(self, name: str, line: int, cause: Exception) -> None:
        super().__init__(
            f"{name}, ligne {line} : ce n'est pas un document d'exercices ({type(cause).__name__} : {cause})."
        )


class TrainingError(EvaluationError):
    """The weights that a training begins with cannot be read."""


class FittingToolMissing(EvaluationError):
    """An extra that a fitting command needs is not installed."""

    def __init__(self, command: str, library: str, *, extra: str) -> None:
        super().__init__(
            f"« {command} » a besoin de {library}, qui n'est pas installé. "
            f"Dans le dossier du projet : .venv/bin/pip install -e '.[{extra}]'"
        )


class TargetError(EvaluationError):
    """The assistant could not be asked: the address or the question, and what it said."""
