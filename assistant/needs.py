"""Needs: what people come with, in their words, and which documents answer it (`needs.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingestion.catalogue import CatalogueError
from ingestion.yaml_text import read_yaml

GRADES = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Need:
    """A need with the grade, 1 to 3, of each document that answers it, and ways of saying it."""

    name: str
    grades: Mapping[str, int]
    phrases: tuple[str, ...]


def read_needs(path: Path) -> tuple[Need, ...]:
    """The needs of a file, in order; none when there is no file.

    Raises:
        CatalogueError: the file is not a list of needs; names the need.
    """
    if not path.exists():
        return ()
    try:
        content = read_yaml(path.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(f"{path.name} : YAML illisible. Corrigez la syntaxe.") from error
    items = content.get("needs") if isinstance(content, dict) else None
    if not isinstance(items, list):
        raise CatalogueError(f"{path.name} : une liste « needs: » est attendue à la racine.")
    return tuple(_need(path.name, item) for item in items)


def _need(file: str, item: object) -> Need:
    fields = item if isinstance(item, dict) else {}
    name, grades, phrases = fields.get("need"), fields.get("read"), fields.get("phrases")
    if not isinstance(name, str):
        raise CatalogueError(f"{file} : un besoin n'a pas de nom (« need: »).")
    if not isinstance(grades, dict) or not grades or not set(grades.values()) <= set(GRADES):
        raise CatalogueError(f"{file}, « {name} » : « read: » doit noter des documents de 1 à 3.")
    if not isinstance(phrases, list) or not phrases:
        raise CatalogueError(f"{file}, « {name} » : « phrases: » doit être une liste de phrases.")
    return Need(name, dict(grades), tuple(map(str, phrases)))
