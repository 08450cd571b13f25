"""The catalogue: every document of the kit, in the base or only listed by it (`corpus/catalogue.yaml`).

The fields are explained at the head of that file. Reading is strict about the form; what the entries say is
checked by `ingestion.catalogue_check`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml

from ingestion.errors import IngestionError
from ingestion.yaml_text import compose_yaml

NATURES = ("cadre de référence", "illustrations", "méthode", "boîte à outils")
PARCOURS = ("comprendre", "animer", "accompagner")
LISTS = ("contenu", *PARCOURS, "annexe")

T = TypeVar("T")


class CatalogueError(IngestionError):
    """The catalogue cannot be read; the message names the file, the line and the field (French)."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Where the kit's own presentation lists a document: `quote` stands verbatim on that page."""

    page: int
    list: str
    quote: str


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One document of the kit; it is in the base when it has a `file`."""

    id: str
    title: str
    authors: tuple[str, ...]
    year: int
    nature: str
    section: str
    parcours: tuple[str, ...]
    kind: str
    abstract: str
    topics: tuple[str, ...]
    when: tuple[str, ...] = ()
    main_concepts: tuple[str, ...] = ()
    other_concepts: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    listed_on: tuple[Listing, ...] = ()
    url: str | None = None
    file: str | None = None
    note: str | None = None

    @property
    def in_corpus(self) -> bool:
        return self.file is not None

    @property
    def all_years(self) -> tuple[int, ...]:
        """Every year that a list gives; one when they agree."""
        return self.years or (self.year,)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries, in the order of the file; `path` is the file they were read from."""

    path: Path
    entries: tuple[CatalogueEntry, ...]

    def __iter__(self) -> Iterator[CatalogueEntry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, document_id: str) -> CatalogueEntry | None:
        """The entry of that id, or None."""
        return next((entry for entry in self.entries if entry.id == document_id), None)

    def file_of(self, entry: CatalogueEntry) -> Path | None:
        """The PDF of an entry of the base; None for one that the kit only lists."""
        return self.path.parent / entry.file if entry.file else None


def read_catalogue(path: Path) -> Catalogue:
    """The catalogue that a file holds.

    Raises:
        CatalogueError: the file is absent or is not a catalogue; names the line and the field.
    """
    try:
        root = compose_yaml(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise CatalogueError(f"{path} : catalogue introuvable. Vérifiez le chemin.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise CatalogueError(
            f"{path.name}{_line_of(error)} : YAML illisible. Corrigez la syntaxe."
        ) from error
    reader = _Reader(path.name)
    if not isinstance(root, yaml.MappingNode):
        raise CatalogueError(f"{path.name} : « documents: » est attendu à la racine.")
    fields = reader.fields(root, "catalogue", allowed={"documents"})
    entries = reader.items(reader.required(fields, "documents", root), "documents", reader.entry)
    return Catalogue(path=path, entries=entries)


def _line_of(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", ligne {mark.line + 1}" if mark else ""


class _Reader:
    """Reads typed values out of YAML nodes, so that every refusal can name its line."""

    ENTRY_FIELDS = frozenset(CatalogueEntry.__dataclass_fields__)
    LISTING_FIELDS = frozenset(Listing.__dataclass_fields__)

    def __init__(self, file_name: str) -> None:
        self.file_name = file_name

    def refuse(self, node: yaml.Node, message: str) -> CatalogueError:
        return CatalogueError(f"{self.file_name}, ligne {node.start_mark.line + 1} : {message}")

    def fields(
        self, node: yaml.Node, name: str, *, allowed: frozenset[str] | set[str]
    ) -> dict[str, yaml.Node]:
        """The value nodes of a mapping by key; unknown and repeated keys are refused."""
        if not isinstance(node, yaml.MappingNode):
            raise self.refuse(node, f"« {name} » doit être une suite de champs « nom: valeur ».")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value not in allowed:
                raise self.refuse(
                    key, f"champ inconnu « {key.value} » (connus : {', '.join(sorted(allowed))})."
                )
            if key.value in found:
                raise self.refuse(key, f"le champ « {key.value} » est écrit deux fois.")
            found[key.value] = value
        return found

    def required(self, fields: dict[str, yaml.Node], name: str, owner: yaml.Node) -> yaml.Node:
        if name not in fields:
            raise self.refuse(owner, f"le champ « {name} » manque.")
        return fields[name]

    def items(self, node: yaml.Node, name: str, read: Callable[[yaml.Node, str], T]) -> tuple[T, ...]:
        if not isinstance(node, yaml.SequenceNode):
            raise self.refuse(node, f"« {name} » doit être une liste.")
        return tuple(read(item, name) for item in node.value)

    def text(self, node: yaml.Node, name: str) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:str":
            raise self.refuse(node, f"« {name} » doit être un texte.")
        return str(node.value).strip()

    def number(self, node: yaml.Node, name: str) -> int:
        if not isinstance(node, yaml.ScalarNode) or node.tag != "tag:yaml.org,2002:int":
            raise self.refuse(node, f"« {name} » doit être un nombre entier.")
        return int(node.value)

    def listing(self, node: yaml.Node, name: str) -> Listing:
        fields = self.fields(node, name, allowed=self.LISTING_FIELDS)
        return Listing(
            page=self.number(self.required(fields, "page", node), "page"),
            list=self.text(self.required(fields, "list", node), "list"),
            quote=self.text(self.required(fields, "quote", node), "quote"),
        )

    def entry(self, node: yaml.Node, name: str) -> CatalogueEntry:
        fields = self.fields(node, name, allowed=self.ENTRY_FIELDS)

        def text(field: str) -> str:
            return self.text(self.required(fields, field, node), field)

        def texts(field: str) -> tuple[str, ...]:
            return self.items(self.required(fields, field, node), field, self.text)

        def optional_text(field: str) -> str | None:
            return self.text(fields[field], field) if field in fields else None

        def optional_texts(field: str) -> tuple[str, ...]:
            return texts(field) if field in fields else ()

        return CatalogueEntry(
            id=text("id"),
            title=text("title"),
            authors=texts("authors"),
            year=self.number(self.required(fields, "year", node), "year"),
            nature=text("nature"),
            section=text("section"),
            parcours=texts("parcours"),
            kind=text("kind"),
            abstract=text("abstract"),
            topics=texts("topics"),
            when=optional_texts("when"),
            main_concepts=optional_texts("main_concepts"),
            other_concepts=optional_texts("other_concepts"),
            years=self.items(fields["years"], "years", self.number) if "years" in fields else (),
            listed_on=self.items(fields["listed_on"], "listed_on", self.listing)
            if "listed_on" in fields
            else (),
            url=optional_text("url"),
            file=optional_text("file"),
            note=optional_text("note"),
        )
