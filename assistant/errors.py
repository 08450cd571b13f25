"""What can go wrong in the assistant; each message is in French and says what to do.

AssistantError
├── SettingsError        a COKIT_ variable or an option has a wrong value
├── NotReady             the index is still being loaded
├── UnknownDocument      no document of the kit has this id
├── NoFile               the catalogue knows the document, the base does not hold its file
├── UnknownPage          the document has no such page
├── NoCatalogue          a recommendation was asked of a corpus without a catalogue
└── AddressTaken         the server cannot listen where it was told to
"""


class AssistantError(Exception):
    """Root of this package's errors; `str(error)` is shown as it is."""


class SettingsError(AssistantError):
    """A setting has a wrong value."""


class NotReady(AssistantError):
    """The index is being loaded in the background."""

    def __init__(self) -> None:
        super().__init__("L'index est en cours de chargement. Réessayez dans quelques secondes.")


class UnknownDocument(AssistantError):
    """No document has this id."""

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"Document inconnu : « {document_id} ». La liste des documents est donnée par /api/documents."
        )


class NoFile(AssistantError):
    """The document is listed by the kit, but its file is not in the base."""

    def __init__(self, document_id: str) -> None:
        super().__init__(
            f"« {document_id} » est référencé par le kit, mais n'est pas dans la base : "
            "il n'y a pas de fichier à ouvrir."
        )


class UnknownPage(AssistantError):
    """The document has no page of this number."""

    def __init__(self, document_id: str, number: int, page_count: int) -> None:
        super().__init__(f"« {document_id} » n'a pas de page {number} : ses pages vont de 1 à {page_count}.")


class NoCatalogue(AssistantError):
    """Recommendations need the catalogue."""

    def __init__(self) -> None:
        super().__init__(
            "Ce corpus n'a pas de catalogue (catalogue.yaml dans COKIT_CORPUS_DIR) : "
            "il n'y a pas de recommandation possible."
        )


class AddressTaken(AssistantError):
    """Another program listens on this port, or the host is not this machine's."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"Impossible d'écouter sur {host}:{port} : le port est déjà pris ou l'adresse n'est pas celle de "
            "cette machine. Choisissez-en un autre avec --port (COKIT_PORT) ou COKIT_UI_PORT."
        )
