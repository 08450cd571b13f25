"""YAML read field by field, each with its line: the one place of the evaluation that reads YAML."""

import difflib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import yaml

from evals.errors import Problem, QuestionFileError
from ingestion.yaml_text import compose_yaml

Entry = TypeVar("Entry")

_KINDS = {
    "tag:yaml.org,2002:int": "un nombre entier",
    "tag:yaml.org,2002:float": "un nombre",
    "tag:yaml.org,2002:bool": "un oui ou non",
    "tag:yaml.org,2002:timestamp": "une date",
    "tag:yaml.org,2002:null": "une valeur vide",
    "tag:yaml.org,2002:seq": "une liste",
    "tag:yaml.org,2002:map": "un groupe de champs",
    "tag:yaml.org,2002:str": "un texte",
}


class WrongField(Exception):
    """The first fault of an entry; read_entries collects them."""

    def __init__(self, node: yaml.Node, field: str, message: str) -> None:
        super().__init__(message)
        self.problem = Problem(line=node.start_mark.line + 1, field=field, message=message)


class Value:
    """One YAML value with its place: `field` is its path in the entry, such as `sources[2].page`."""

    def __init__(self, node: yaml.Node, field: str) -> None:
        self.node = node
        self.field = field

    @property
    def line(self) -> int:
        return self.node.start_mark.line + 1

    def wrong(self, message: str) -> WrongField:
        return WrongField(self.node, self.field, message)

    def text(self) -> str:
        """A text that is not blank; a number must stand in quotes."""
        if not isinstance(self.node, yaml.ScalarNode) or not self._is("str"):
            found = _KINDS.get(self.node.tag, self.node.tag)
            quotable = self._is("int", "float", "timestamp")
            remedy = f" Mettez {self.node.value} entre guillemets." if quotable else ""
            raise self.wrong(f"un texte est attendu, pas {found}.{remedy}")
        if not self.node.value.strip():
            raise self.wrong("un texte vide n'est pas admis.")
        return str(self.node.value)

    def choice(self, admitted: Sequence[str]) -> str:
        """One of the admitted texts."""
        value = self.text()
        if value not in admitted:
            raise self.wrong(f"« {value} » n'est pas admis. Valeurs admises : {', '.join(admitted)}.")
        return value

    def whole_number(self, *, low: int, high: int | None = None) -> int:
        """A whole number of at least `low` and at most `high`."""
        bounds = f"à partir de {low}" if high is None else f"de {low} à {high}"
        if not isinstance(self.node, yaml.ScalarNode) or not self._is("int"):
            raise self.wrong(f"un nombre entier {bounds} est attendu.")
        value = int(yaml.safe_load(self.node.value))
        if value < low or (high is not None and value > high):
            raise self.wrong(f"{value} n'est pas admis : un nombre entier {bounds} est attendu.")
        return value

    def flag(self) -> bool:
        """`true` or `false`."""
        if not isinstance(self.node, yaml.ScalarNode) or not self._is("bool"):
            raise self.wrong("true ou false est attendu.")
        return bool(yaml.safe_load(self.node.value))

    def items(self, *, least: int = 1) -> list["Value"]:
        """The items of a list of at least `least`."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.wrong("une liste est attendue.")
        if len(self.node.value) < least:
            raise self.wrong(f"la liste doit avoir au moins {least} élément(s).")
        return [
            Value(node, f"{self.field}[{number}]") for number, node in enumerate(self.node.value, start=1)
        ]

    def pairs(self) -> list[tuple[str, "Value"]]:
        """The named values of a group, in order; a name given twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.wrong("un groupe de champs « nom: valeur » est attendu.")
        found: dict[str, Value] = {}
        for key, node in self.node.value:
            name = str(key.value)
            field = f"{self.field}.{name}" if self.field else name
            if name in found:
                raise WrongField(key, field, f"ce champ est déjà donné à la ligne {found[name].line}.")
            found[name] = Value(node, field)
        return list(found.items())

    def _is(self, *kinds: str) -> bool:
        return self.node.tag in {f"tag:yaml.org,2002:{kind}" for kind in kinds}


class Fields:
    """The fields of one group, each known by name; anything else is refused with the nearest name."""

    def __init__(self, group: Value, known: Sequence[str]) -> None:
        self.group = group
        self._values = dict(group.pairs())
        for name, value in self._values.items():
            if name not in known:
                near = difflib.get_close_matches(name, known, n=1)
                hint = f"Vouliez-vous dire « {near[0]} » ?" if near else f"Champs admis : {', '.join(known)}."
                raise value.wrong(f"champ inconnu. {hint}")

    def required(self, name: str) -> Value:
        """A field that must be there."""
        if name not in self._values:
            field = f"{self.group.field}.{name}" if self.group.field else name
            raise WrongField(self.group.node, field, "ce champ manque.")
        return self._values[name]

    def optional(self, name: str) -> Value | None:
        """A field that may be left out."""
        return self._values.get(name)

    def refuse(self, name: str, reason: str) -> None:
        """Refuse a field that makes no sense here.

        Raises:
            WrongField: the field is there.
        """
        value = self._values.get(name)
        if value is not None:
            raise value.wrong(reason)


def read_entries(path: Path, read_entry: Callable[[Value], Entry]) -> tuple[Entry, ...]:
    """Every entry of a YAML file that holds one list, read by `read_entry`.

    Raises:
        QuestionFileError: the file cannot be read, or the first fault of every wrong entry.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for value in _list_of(path):
        try:
            entries.append(read_entry(value))
        except WrongField as error:
            problems.append(error.problem)
    if problems:
        raise QuestionFileError(path.name, tuple(problems))
    return tuple(entries)


def _list_of(path: Path) -> Iterator[Value]:
    try:
        root = compose_yaml(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _unreadable(path, "ce fichier ne peut pas être lu. Vérifiez son chemin.") from error
    except UnicodeDecodeError as error:
        raise _unreadable(path, "le fichier n'est pas en UTF-8. Enregistrez-le en UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"la syntaxe YAML est fausse ({error.problem}). Vérifiez retraits et guillemets."
        raise _unreadable(path, message, line=line) from error
    except yaml.YAMLError as error:
        raise _unreadable(path, "le fichier contient un caractère interdit en YAML.") from error
    if not isinstance(root, yaml.SequenceNode) or not root.value:
        raise _unreadable(path, "une liste d'entrées « - id: … » est attendue.")
    for node in root.value:
        yield Value(node, "")


def _unreadable(path: Path, message: str, *, line: int = 1) -> QuestionFileError:
    return QuestionFileError(path.name, (Problem(line, "(fichier)", message),))
