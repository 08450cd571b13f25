"""The API as the screens reach it: one client a process, the catalogue and page images kept for a while."""

from collections.abc import Mapping

import streamlit as st

from ui.client import KitClient, api_url
from ui.elements import element
from ui.errors import ApiError, ApiNotReady, ApiRefused
from ui.responses import KitDocument, PageImage

CATALOGUE_SECONDS = 60
IMAGE_SECONDS = 600
IMAGES_KEPT = 64
TITLES: Mapping[type[ApiError], str] = {
    ApiNotReady: "Pas encore prêt",
    ApiRefused: "Demande refusée",
}


@st.cache_resource
def _client_at(base_url: str) -> KitClient:
    return KitClient(base_url)


def kit_client() -> KitClient:
    """The client of the API at COKIT_API_URL."""
    return _client_at(api_url())


# cache_resource, not cache_data: the values are immutable, and cache_data would pickle them.
@st.cache_resource(ttl=CATALOGUE_SECONDS, show_spinner=False)
def _documents_at(base_url: str) -> tuple[KitDocument, ...]:
    return _client_at(base_url).documents()


def kit_documents() -> tuple[KitDocument, ...]:
    """Every document that the kit lists. Raises ApiError."""
    return _documents_at(api_url())


def known_documents() -> Mapping[str, KitDocument]:
    """The documents by id; empty while the API cannot say (a year is then missing, nothing else)."""
    try:
        return {document.id: document for document in kit_documents()}
    except ApiError:
        return {}


@st.cache_resource(ttl=IMAGE_SECONDS, max_entries=IMAGES_KEPT, show_spinner="Affichage de la page…")
def _page_image_at(base_url: str, document_id: str, page: int, quote: str | None) -> PageImage:
    return _client_at(base_url).page_image(document_id, page, quote=quote)


def page_image(document_id: str, page: int, *, quote: str | None = None) -> PageImage:
    """The image of a page, the quote highlighted. Raises ApiError."""
    return _page_image_at(api_url(), document_id, page, quote)


def service_is_ready() -> bool:
    """Whether the API can answer; when it cannot, say why and offer to try again."""
    try:
        kit_client().check_ready()
    except ApiError as error:
        show_unavailable(error, key="retry-service")
        return False
    return True


def show_unavailable(error: ApiError, *, key: str) -> bool:
    """The error as a notice with a button to try again; whether the button was pressed."""
    title = next((title for kind, title in TITLES.items() if isinstance(error, kind)), "Service indisponible")
    with st.container(key=f"{key}-notice"):
        st.html(
            element(
                "div",
                element("p", title, class_="kit-notice-title"),
                element("p", str(error)),
                class_="kit-notice kit-warning",
                role="alert",
            )
        )
        return st.button("Réessayer", key=key, type="primary")
