"""`cokit ui`: the front end, alone (`cokit serve --ui` starts it beside the API)."""

import os
import subprocess
import sys
from typing import Annotated

import typer

from assistant.settings import read_settings


def register(app: typer.Typer) -> None:
    """Add `cokit ui` to the command line (entry-point group `cokit.commands`)."""

    @app.command("ui")
    def ui(
        port: Annotated[int | None, typer.Option(help="Port de l’interface (COKIT_UI_PORT).")] = None,
        host: Annotated[str, typer.Option(help="Adresse d’écoute de l’interface.")] = "127.0.0.1",
        api_url: Annotated[
            str | None, typer.Option(help="Adresse de l’API (COKIT_API_URL), par exemple http://127.0.0.1:8000.")
        ] = None,
    ) -> None:
        """Démarrer l’interface dans le navigateur ; elle interroge l’API de `cokit serve`."""
        settings = read_settings(ui_port=port, api_url=api_url)
        typer.echo(f"Interface : http://{host}:{settings.ui_port} (API : {settings.api_address})")
        process = start_streamlit(settings.api_address, settings.ui_port, host=host)
        try:
            code = process.wait()
        except KeyboardInterrupt:
            code = stop_streamlit(process)
        raise typer.Exit(code)


def start_streamlit(api_url: str, port: int, *, host: str = "127.0.0.1") -> subprocess.Popen[bytes]:
    """Start the front end as a process of its own, a client of the API at `api_url`; the caller ends it.

    The caller waits for `GET /_stcore/health` if it needs to know that it serves.
    """
    environment = {
        **os.environ,
        "COKIT_API_URL": api_url,
        "COKIT_UI_HOST": host,
        "COKIT_UI_PORT": str(port),
    }
    return subprocess.Popen([sys.executable, "-m", "ui.server"], env=environment)


def stop_streamlit(process: "subprocess.Popen[bytes]", *, timeout_seconds: float = 5.0) -> int:
    """End the front end, politely first; its exit code, 0 where it was asked to stop."""
    process.terminate()
    try:
        process.wait(timeout_seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    return 0
