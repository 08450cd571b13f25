"""The front end's server: Streamlit behind a page that is French, and the PDFs at its own address.

Streamlit's index.html says `lang="en"` and has no option for it, so the screens' addresses are served from a
copy patched in memory. The PDFs pass through here, so that a reader's browser only ever needs this address.
"""

import base64
import hashlib
import logging
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import httpx
import streamlit as st
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from ui.client import TIMEOUT_SECONDS, api_url
from ui.screens import SCREEN_PATHS

log = logging.getLogger(__name__)

TITLE = "Kit Co-construction territoriale"
DESCRIPTION = "Des réponses tirées des documents du kit, dont chaque citation se vérifie sur la page."
ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E"
    "%3Crect width='32' height='32' rx='6' fill='%231d4a82'/%3E%3Cpath d='M7 10h18v3H7zM7 16h18v3H7z"
    "M7 22h11v3H7z' fill='white'/%3E%3C/svg%3E"
)
HEAD = f"""
<meta name="description" content="{DESCRIPTION}">
<link rel="stylesheet" href="/kit/style.css">
<script src="/kit/page.js" defer></script>
"""
PASSED_REQUEST_HEADERS = ("range", "if-range", "if-none-match", "if-modified-since")
PASSED_RESPONSE_HEADERS = (
    "content-type", "content-range", "accept-ranges", "etag", "last-modified", "content-disposition"
)  # fmt: skip

STREAMLIT_CONFIG: dict[str, Any] = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.showErrorLinks": False,
    "client.toolbarMode": "minimal",
    "client.showSidebarNavigation": False,
    "global.disableWidgetStateDuplicationWarning": True,
    "logger.hideWelcomeMessage": True,
    "server.fileWatcherType": "none",
    "server.headless": True,
    "server.showEmailPrompt": False,
    "server.runOnSave": False,
    "theme.base": "light",
    "theme.primaryColor": "#1d4a82",
    "theme.backgroundColor": "#ffffff",
    "theme.secondaryBackgroundColor": "#f4f6fa",
    "theme.textColor": "#1c1f26",
    "theme.linkColor": "#1d4a82",
    "theme.borderColor": "#cdd3de",
    "theme.font": "sans-serif",
    "theme.baseRadius": "small",
    "theme.showWidgetBorder": True,
    "ui.hideTopBar": True,
}


def french_page() -> str:
    """Streamlit's index.html with the page's language, title, style and script.

    Raises:
        RuntimeError: this version's index.html is not the one that we know how to patch.
    """
    page = (Path(st.__file__).parent / "static" / "index.html").read_text("utf-8")
    for old, new in (
        ('<html lang="en">', '<html lang="fr">'),
        ('href="./favicon.png"', f'href="{ICON}"'),
        ("<title>Streamlit</title>", f"<title>{TITLE}</title>"),
        ("</head>", f"{HEAD}</head>"),
        ("You need to enable JavaScript to run this app.", "Cette page a besoin de JavaScript."),
    ):
        if page.count(old) != 1:
            raise RuntimeError(f"index.html de Streamlit {st.__version__} : « {old} » introuvable.")
        page = page.replace(old, new)
    return page


def content_security_policy(page: str) -> str:
    """A policy that lets the page reach its own address only: no image, font or script from elsewhere."""
    inline = re.findall(r"<script>(.*?)</script>", page, flags=re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in inline]
    scripts = " ".join(["'self'", *(f"'sha256-{digest}'" for digest in hashes)])
    return (
        f"default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    )


def _page_route(path: str, page: str) -> Route:
    headers = {"Content-Security-Policy": content_security_policy(page), "Cache-Control": "no-cache"}
    return Route(path, lambda _: HTMLResponse(page, headers=headers))


def _static_route(name: str, media_type: str) -> Route:
    content = files("ui").joinpath("static", name).read_text("utf-8")
    headers = {"Cache-Control": "no-cache"}
    return Route(f"/kit/{name}", lambda _: Response(content, media_type=media_type, headers=headers))


def document_file(request: Request) -> Response:
    """The PDF of a document, from the API (ranges of bytes are passed on)."""
    headers = {name: request.headers[name] for name in PASSED_REQUEST_HEADERS if name in request.headers}
    try:
        answer = httpx.get(
            httpx.URL(api_url()).join(f"/api/documents/{request.path_params['document_id']}/file"),
            headers=headers,
            timeout=TIMEOUT_SECONDS,
            trust_env=False,
        )
    except httpx.RequestError:
        return PlainTextResponse("L’assistant ne répond pas pour le moment.", status_code=503)
    if answer.status_code >= httpx.codes.BAD_REQUEST:
        return PlainTextResponse("Ce document n’est pas dans la base.", status_code=answer.status_code)
    kept = {name: answer.headers[name] for name in PASSED_RESPONSE_HEADERS if name in answer.headers}
    return Response(answer.content, status_code=answer.status_code, headers=kept)


def show_script_error(error: Exception) -> bool:
    """Log an error that no screen expected and show a sentence instead of a stack trace."""
    log.error("Erreur de l’interface", exc_info=error)
    st.error("Une erreur inattendue s’est produite. Rechargez la page pour recommencer.")
    return True


def create_app() -> st.App:
    """The front end as an ASGI application."""
    page = french_page()
    routes = [
        *(_page_route(path, page) for path in SCREEN_PATHS),
        _static_route("style.css", "text/css"),
        _static_route("page.js", "text/javascript"),
        Route("/kit/documents/{document_id}.pdf", document_file),
    ]
    return st.App(
        Path(__file__).with_name("app.py").resolve(), routes=routes, on_script_error=show_script_error
    )


def serve(*, host: str, port: int) -> None:
    """Serve the front end until stopped; its screens read the API's address from COKIT_API_URL."""
    create_app().run(config={**STREAMLIT_CONFIG, "server.address": host, "server.port": port})
