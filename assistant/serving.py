"""The API served by uvicorn, and the front end beside it when asked."""

import logging
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from rich.console import Console

from assistant.api import create_app
from assistant.errors import AddressTaken
from assistant.settings import Settings

EXAMPLE_QUESTION = "Qui pilote le programme du parcours d’expérience ?"


def serve_api(settings: Settings, *, with_ui: bool, console: Console) -> None:
    """Serve until interrupted.

    Raises:
        AddressTaken: another program listens there.
    """
    logging.basicConfig(level=settings.log_level.upper(), format="%(levelname)s %(name)s %(message)s")
    logging.getLogger("bm25s").setLevel(logging.WARNING)  # it asks for debug output by itself
    check_address(settings.host, settings.port)
    console.print(f"API : {settings.local_address} (documentation : {settings.local_address}/docs)")
    console.print(curl_line(settings), soft_wrap=True, markup=False)
    with front_end(settings, console=console, started=with_ui):
        uvicorn.run(
            create_app(settings),
            host=settings.host,
            port=settings.port,
            log_level=settings.log_level,
            access_log=settings.log_level == "debug",  # no address of a reader is kept by default
            server_header=False,
        )


def curl_line(settings: Settings) -> str:
    """A command that asks the example question, to be pasted in a shell."""
    return (
        f"curl -s {settings.local_address}/api/ask -H 'Content-Type: application/json' "
        f'-d \'{{"question": "{EXAMPLE_QUESTION}"}}\''
    )


def check_address(host: str, port: int) -> None:
    """Make sure that the address can be listened to, before anything slow is loaded.

    Raises:
        AddressTaken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise AddressTaken(host, port) from error


@contextmanager
def front_end(settings: Settings, *, console: Console, started: bool) -> Iterator[None]:
    """The command `cokit ui` running beside the API, ended with it."""
    if not started:
        yield
        return
    check_address(settings.host, settings.ui_port)
    environment = os.environ | {
        "COKIT_API_URL": settings.api_address,
        "COKIT_HOST": settings.host,
        "COKIT_UI_PORT": str(settings.ui_port),
    }
    process = subprocess.Popen([sys.executable, "-m", "assistant.cli", "ui"], env=environment)
    console.print(f"Interface : http://{settings.browser_host}:{settings.ui_port}")
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)
