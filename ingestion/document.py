"""What ingestion makes: documents, their pages, and passages that know their pages."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the base: what the catalogue and the PDF say of it."""

    id: str
    title: str
    path: Path
    sha256: str
    page_labels: tuple[str, ...]  # the printed label of each page, in order
    authors: tuple[str, ...] = ()
    year: int | None = None

    @property
    def page_count(self) -> int:
        return len(self.page_labels)


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its number as a PDF reader shows it (from 1) and its text exactly as extracted."""

    document_id: str
    number: int
    label: str
    text: str


class Role(StrEnum):
    """What a sentence is on its page."""

    TEXT = "text"
    HEADING = "heading"
    INTRO = "intro"  # introduces the list items that follow it
    ITEM = "item"  # one item of a list


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence, heading or list item of one page.

    `text` is repaired for reading and searching; `quote` is what stands on the page, verbatim once white
    space, hyphenation and ligatures are folded. A sentence never crosses a page.
    """

    text: str
    quote: str
    page: int
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Passage:
    """What is indexed: consecutive sentences of one document below one trail of headings."""

    id: str  # "{document_id}:{position}"
    document_id: str
    headings: tuple[str, ...]  # from the document's largest heading to the nearest
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return "\n".join(sentence.text for sentence in self.sentences)

    @property
    def page(self) -> int:
        return self.sentences[0].page

    @property
    def page_end(self) -> int:
        return self.sentences[-1].page


@dataclass(frozen=True, slots=True)
class FileFailure:
    """A file that could not be ingested, and what to do about it (French, shown as it is)."""

    path: Path
    message: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """All that one ingestion read."""

    documents: tuple[Document, ...]
    pages: tuple[Page, ...]
    passages: tuple[Passage, ...]
    failures: tuple[FileFailure, ...] = ()
