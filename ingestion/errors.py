"""What can go wrong while reading documents; every message is French and shown as it is.

IngestionError
├── PathNotFoundError        the path does not exist
├── EmptyFolderError         a folder without any PDF
└── DocumentError            one file; the others of the batch go on
    ├── NotAPdfError         something else than a PDF, whatever its name says
    ├── CorruptPdfError      a PDF that is truncated or damaged
    ├── EncryptedPdfError    a PDF that asks for a password
    └── NoTextError          a PDF without readable text: scanned, or fonts that cannot be decoded
"""

from pathlib import Path


class IngestionError(Exception):
    """Root of the errors of this package."""


class PathNotFoundError(IngestionError):
    """The path does not exist."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} : ce chemin n’existe pas. Vérifiez son orthographe.")


class EmptyFolderError(IngestionError):
    """The folder holds no PDF."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} : ce dossier ne contient aucun PDF. Déposez-y au moins un fichier .pdf, "
            "ou indiquez un autre dossier."
        )


class DocumentError(IngestionError):
    """One file could not be read."""


class NotAPdfError(DocumentError):
    """The content is not that of a PDF."""

    def __init__(self, path: Path) -> None:
        detail = "ce n’est pas un PDF" if path.stat().st_size else "le fichier est vide"
        super().__init__(f"{path.name} : {detail}. Enregistrez le document au format PDF, puis recommencez.")


class CorruptPdfError(DocumentError):
    """The PDF is damaged; `page` is the first page that cannot be read, if the file opens at all."""

    def __init__(self, path: Path, page: int | None = None) -> None:
        where = "fichier PDF endommagé ou incomplet" if page is None else f"page {page} illisible"
        super().__init__(
            f"{path.name} : {where}. Téléchargez-le de nouveau, ou ouvrez-le dans un lecteur et "
            "réenregistrez-le (Imprimer → PDF)."
        )


class EncryptedPdfError(DocumentError):
    """The PDF asks for a password."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} : protégé par un mot de passe. Enregistrez une copie sans mot de passe."
        )


class NoTextError(DocumentError):
    """The PDF has pages but no text that can be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path.name} : aucun texte lisible (document numérisé ?). Passez-le dans un logiciel de "
            "reconnaissance de caractères (OCR), puis recommencez."
        )
