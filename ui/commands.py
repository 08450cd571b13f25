"""`cokit ui`: the front end, alone (`cokit serve --ui` starts it beside the API)."""

import os
from typing import Annotated

import typer

from assistant.settings import read_settings


def register(app: typer.Typer) -> None:
    """Add `cokit ui` to the command line (entry-point group `cokit.commands`)."""

    @app.command("ui")
    def ui(
        port: Annotated[int | None, typer.Option(help="Port de l'interface.")] = None,
        host: Annotated[str | None, typer.Option(help="Adresse d'écoute de l'interface.")] = None,
        api_url: Annotated[str | None, typer.Option(help="Adresse de l'API.")] = None,
    ) -> None:
        """Servir l'interface, qui interroge l'API de `cokit serve`."""
        settings = read_settings(ui_port=port, host=host, api_url=api_url)
        # Streamlit runs the screens as a script: the environment is how they learn the address.
        os.environ["COKIT_API_URL"] = settings.api_address
        from ui.server import serve

        serve(host=settings.host, port=settings.ui_port)
