"""A failed command line → a French message on stderr and an exit code."""

import logging
import os
import re
import sys

from pydantic import ValidationError
from typer import Abort
from typer.exceptions import TyperException

from assistant.errors import AssistantError
from assistant.french_validation import in_french
from index.errors import IndexProblem
from ingestion.catalogue import CatalogueError
from ingestion.errors import IngestionError

FAILURE, WRONG_USE, INTERRUPTED = 1, 2, 130
EXPECTED = (AssistantError, IndexProblem, IngestionError, CatalogueError)

# what typer says of a wrong use, and how it is said here
_USAGE_MESSAGES = (
    (r"Missing argument '([^']+)'.*", r"Il manque : \1."),
    (r"Missing option '([^']+)'.*", r"Il manque l'option \1."),
    (r"Missing command.*", r"Il manque une commande."),
    (r"No such option:? '?([^'\s]+?)'?(?:[. ].*)?", r"Option inconnue : \1."),
    (r"No such command '([^']+)'.*", r"Commande inconnue : \1."),
    (
        r"Got unexpected extra argument(?:s|\(s\))? \((.+)\)",
        r"En trop : \1. Mettez la question entre guillemets.",
    ),
    (r"Option '([^']+)' requires an argument.*", r"L'option \1 attend une valeur."),
    (
        r"Invalid value for '?([^':]+)'?: '?([^']*?)'? is not a valid int.*",
        r"\1 : « \2 » n'est pas un nombre entier.",
    ),
    (r"Invalid value for '?([^:']+)'?: .*", r"\1 : valeur incorrecte."),
)


def report_error(error: Exception) -> int:
    """Say what went wrong; the exit code. An error that nobody foresaw is told by its kind alone.

    `COKIT_LOG_LEVEL=debug` prints its trace.
    """
    if isinstance(error, Abort):
        return INTERRUPTED
    if isinstance(error, TyperException):
        return _usage_error(error)
    if isinstance(error, ValidationError):
        problems = (f"{details['loc'][0]} : {in_french(details)}" for details in error.errors())
        _say(" ; ".join(problems) + ".")
        return WRONG_USE
    if isinstance(error, EXPECTED):
        _say(str(error))
        return FAILURE
    if isinstance(error, OSError):
        _say(f"{error.filename or 'système'} : {error.strerror or error}.")
        return FAILURE
    if isinstance(error, ModuleNotFoundError):
        _say(f"Le paquet « {error.name} » manque. Relancez « make install ».")
        return FAILURE
    _say(f"Erreur inattendue ({type(error).__name__}). COKIT_LOG_LEVEL=debug en montre le détail.")
    if os.environ.get("COKIT_LOG_LEVEL") == "debug":
        logging.getLogger(__name__).error("trace", exc_info=error)
    return FAILURE


def _usage_error(error: TyperException) -> int:
    message = error.format_message()
    if type(error).__name__ == "NoArgsIsHelpError":
        sys.stdout.write(message + "\n")
        return WRONG_USE
    for pattern, french in _USAGE_MESSAGES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            message = found.expand(french)
            break
    _say(f"{message} « cokit --help » décrit les commandes.")
    return WRONG_USE


def _say(message: str) -> None:
    sys.stderr.write(f"Erreur : {message}\n")
