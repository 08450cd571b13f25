"""Files and folders → the corpus: documents, pages, passages, and what could not be read."""

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ingestion.document import Corpus, Document, FileFailure, Page, Passage
from ingestion.errors import DocumentError, EmptyFolderError, PathNotFoundError
from ingestion.passages import cut_passages
from ingestion.pdf import PdfFile, read_pdf
from ingestion.reading import read_sentences

_NOT_A_TITLE = re.compile(
    r"\A(?:microsoft|untitled|sans titre|présentation powerpoint|document\d*\Z|.*\.\w{3,5}\Z)", re.I
)


@dataclass(frozen=True, slots=True)
class DocumentMetadata:
    """What is known of a document besides its file; it wins over what the file says of itself."""

    id: str
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None


def ingest(
    paths: Sequence[Path],
    *,
    metadata: Mapping[str, DocumentMetadata] | None = None,
    progress: Callable[[Path, int, int], None] | None = None,
) -> Corpus:
    """Read PDF files, or all the PDF files of folders; one file's failure leaves the others alone.

    `metadata` is keyed by file name. `progress` is told of each file before it is read: path, position
    from 1, count.
    Raises: PathNotFoundError, EmptyFolderError.
    """
    files = pdf_files(paths)
    known = metadata or {}
    taken = {entry.id for entry in known.values()}
    documents: list[Document] = []
    pages: list[Page] = []
    passages: list[Passage] = []
    failures: list[FileFailure] = []
    for position, path in enumerate(files, start=1):
        if progress:
            progress(path, position, len(files))
        try:
            file = read_pdf(path)
        except DocumentError as error:
            failures.append(FileFailure(path, str(error)))
            continue
        document = _document(file, known.get(path.name), taken)
        taken.add(document.id)
        documents.append(document)
        pages += [Page(document.id, page.number, page.label, page.text) for page in file.pages]
        passages += cut_passages(document.id, read_sentences(file.pages))
    return Corpus(tuple(documents), tuple(pages), tuple(passages), tuple(failures))


def pdf_files(paths: Sequence[Path]) -> list[Path]:
    """Return the files to read, each once, in the order of their paths; folders are searched in depth.

    Raises: PathNotFoundError, EmptyFolderError.
    """
    files: dict[Path, Path] = {}
    for path in paths:
        if not path.exists():
            raise PathNotFoundError(path)
        found = _pdfs_below(path) if path.is_dir() else [path]
        if not found:
            raise EmptyFolderError(path)
        files.update({one.resolve(): one for one in found})
    return [files[resolved] for resolved in sorted(files)]


def fingerprint(paths: Sequence[Path]) -> str:
    """Return a hash of the names and contents of the files: equal while there is nothing new to read.

    Raises: PathNotFoundError, EmptyFolderError.
    """
    digest = hashlib.sha256()
    for path in pdf_files(paths):
        with path.open("rb") as file:
            content = hashlib.file_digest(file, "sha256").hexdigest()
        digest.update(f"{content} {path.name}\n".encode())
    return digest.hexdigest()


def _pdfs_below(folder: Path) -> list[Path]:
    return [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix.lower() == ".pdf" and not path.name.startswith(".")
    ]


def _document(file: PdfFile, entry: DocumentMetadata | None, taken: set[str]) -> Document:
    labels = tuple(page.label for page in file.pages)
    if entry:
        return Document(entry.id, entry.title, file.path, file.sha256, labels, entry.authors, entry.year)
    title = file.title if file.title and not _NOT_A_TITLE.match(file.title) else _title_of(file.path)
    authors = tuple(author.strip() for author in re.split(r"[;,]", file.author) if " " in author.strip())
    return Document(_free_id(file.path, taken), title, file.path, file.sha256, labels, authors)


def _title_of(path: Path) -> str:
    words = re.sub(r"[-_\s]+", " ", path.stem).strip()
    return words[:1].upper() + words[1:]


def _free_id(path: Path, taken: set[str]) -> str:
    """Return the file's name as an id, numbered from 2 if it is taken."""
    plain = unicodedata.normalize("NFKD", path.stem.replace("œ", "oe").replace("æ", "ae"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-") or "document"
    number, free = 2, slug
    while free in taken:
        number, free = number + 1, f"{slug}-{number}"
    return free
