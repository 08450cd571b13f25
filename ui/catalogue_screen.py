"""« Parcourir le kit » : every document that the kit lists, and which of them the base holds."""

import unicodedata
from collections.abc import Sequence

import streamlit as st

from ui import connection, markup
from ui.errors import ApiError
from ui.responses import KitDocument
from ui.source_cards import show_page

GROUPINGS = ("Par nature", "Par parcours")
UNGROUPED = "hors parcours"


def show() -> None:
    """Draw the screen."""
    st.html(
        markup.title_block(
            "Parcourir le kit",
            "Tous les documents que le kit référence, et ceux que vous pouvez lire ici.",
        )
    )
    if not connection.service_is_ready():
        return
    try:
        documents = connection.kit_documents()
    except ApiError as error:
        connection.show_unavailable(error, key="retry-catalogue")
        return
    with st.container(key="catalogue-tools"):
        words = st.text_input("Chercher dans les titres", key="title-words", icon=":material/search:")
        grouping = st.radio("Classer", GROUPINGS, horizontal=True, key="grouping") or GROUPINGS[0]
        only_held = st.checkbox("Seulement les documents de la base", key="only-held")
    groups = grouped(documents, by_parcours=grouping == GROUPINGS[1])
    _show_coverage(groups, total=len(documents), held=sum(document.in_corpus for document in documents))
    shown = {
        name: [d for d in group if matches(d.title, words or "") and (d.in_corpus or not only_held)]
        for name, group in groups.items()
    }
    if not any(shown.values()):
        st.html(markup.empty_block("Aucun titre ne correspond à cette recherche."))
    for number, (name, group) in enumerate(shown.items()):
        if group:
            st.html(markup.section_title(markup.capitalised(name), markup.document_count(len(group))))
        for document in group:
            _show_document(document, key=f"{number}-{document.id}")


def grouped(documents: Sequence[KitDocument], *, by_parcours: bool) -> dict[str, list[KitDocument]]:
    """The documents by nature or by parcours, those of the base first, then by title.

    A document that several parcours list stands below each of them.
    """
    groups: dict[str, list[KitDocument]] = {}
    for document in sorted(documents, key=lambda one: (not one.in_corpus, folded(one.title))):
        names = (document.parcours or (UNGROUPED,)) if by_parcours else (document.nature,)
        for name in names:
            groups.setdefault(name, []).append(document)
    return dict(sorted(groups.items(), key=lambda item: (item[0] == UNGROUPED, -len(item[1]))))


def matches(title: str, words: str) -> bool:
    """Whether a title holds every word, whatever the case and the accents."""
    return all(word in folded(title) for word in folded(words).split())


def folded(text: str) -> str:
    """The text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def _show_coverage(groups: dict[str, list[KitDocument]], *, total: int, held: int) -> None:
    rows = [
        (markup.capitalised(name), sum(d.in_corpus for d in group), len(group))
        for name, group in groups.items()
    ]
    st.html(markup.coverage_block(rows, caption=f"{held} documents dans la base sur {total} référencés"))


def _show_document(document: KitDocument, *, key: str) -> None:
    with st.container(border=True, key=f"card-document-{key}"):
        st.html(markup.document_block(document))
        if not document.page_count:
            return
        opened = st.expander(
            f"Feuilleter les {document.page_count} pages",
            key=f"open-document-{key}",
            on_change="rerun",
            icon=":material/auto_stories:",
        )
        if opened.open:
            with opened:
                page = st.number_input(
                    f"Page (1 à {document.page_count})", 1, document.page_count, key=f"page-{key}"
                )
                show_page(document.id, int(page or 1), title=document.title)
