"""Cards that open on the image of a page."""

import streamlit as st

from ui import connection, markup
from ui.errors import ApiError
from ui.responses import KitDocument, NearPassage, Source


def show_source(source: Source, *, document: KitDocument | None, key: str, anchor: str | None = None) -> None:
    """A source as a card: where it stands, the quote, and the page with the quote highlighted."""
    with st.container(border=True, key=f"card-{key}"):
        years = document.years if document else ()
        st.html(markup.source_block(source, years=years, anchor=anchor))
        label = f"Vérifier sur la page {source.page}"
        opened = st.expander(label, key=f"open-{key}", on_change="rerun", icon=":material/find_in_page:")
        if opened.open:
            with opened:
                show_page(source.document_id, source.page, title=source.title, quote=source.quote)


def show_near_passage(passage: NearPassage, *, document: KitDocument | None, key: str) -> None:
    """A near passage as a card that opens on its page."""
    title = document.title if document else passage.document_id
    with st.container(border=True, key=f"card-{key}"):
        st.html(markup.near_passage_block(passage, title=title, years=document.years if document else ()))
        opened = st.expander(
            f"Voir la page {passage.page}",
            key=f"open-{key}",
            on_change="rerun",
            icon=":material/find_in_page:",
        )
        if opened.open:
            with opened:
                show_page(passage.document_id, passage.page, title=title)


def show_page(document_id: str, page: int, *, title: str, quote: str | None = None) -> None:
    """The image of a page and the link that opens the PDF there."""
    try:
        image = connection.page_image(document_id, page, quote=quote)
    except ApiError as error:
        connection.show_unavailable(error, key=f"retry-{document_id}-{page}-{hash(quote)}")
    else:
        highlighted = ", la citation surlignée en jaune" if image.highlighted else ""
        if quote and not image.highlighted:
            st.text("La citation n’a pas pu être surlignée sur cette image.")
        st.image(image.png, width="stretch", alt=f"Page {page} du document « {title} »{highlighted}")
    st.html(markup.pdf_link(document_id, page))
