"""Modules that need an extra of the project, imported with a word on how to install it."""

from collections.abc import Collection
from importlib import import_module
from types import ModuleType

from evals.errors import FittingToolMissing


def import_with_extra(module: str, *, command: str, extra: str, tools: Collection[str]) -> ModuleType:
    """A module, and with it all that needs the libraries `tools` of an extra.

    Raises:
        FittingToolMissing: one of them is not installed.
    """
    try:
        return import_module(module)
    except ModuleNotFoundError as error:
        if error.name and error.name.split(".")[0] in tools:
            raise FittingToolMissing(command, error.name, extra=extra) from error
        raise
