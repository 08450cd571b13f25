"""« Trouver des documents » : a situation, the documents of the kit to read, in which order and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ui import connection, exports, markup
from ui.errors import ApiError
from ui.responses import KitDocument, ReadingList, Recommendation
from ui.source_cards import show_source

EXAMPLES = (
    "Une association me demande de l’aider à trouver une PME partenaire, et je n’ai jamais fait ça.",
    "Je dois convaincre mes élus de l’intérêt de faire dialoguer entreprises et associations.",
    "Nous voulons lancer une expérimentation collective sur la mobilité et mesurer son utilité.",
)
MAX_SITUATION_CHARACTERS = 2_000
LIMIT = 5
PRESENCE = {"Tous les documents": None, "Dans la base": True, "Hors de la base": False}


@dataclass(frozen=True, slots=True)
class Found:
    """A situation and what was recommended for it."""

    situation: str
    reading_list: ReadingList


def show() -> None:
    """Draw the screen."""
    st.html(
        markup.title_block(
            "Trouver des documents",
            "Décrivez votre situation : voici les documents du kit à lire, dans quel ordre et pourquoi.",
        )
    )
    if not connection.service_is_ready():
        return
    documents = connection.known_documents()
    _show_examples()
    situation = st.text_area(
        "Votre situation",
        key="situation",
        max_chars=MAX_SITUATION_CHARACTERS,
        height=130,
        placeholder="Qui êtes-vous, que voulez-vous faire, où en êtes-vous ?",
    )
    filters = _show_filters(documents.values())
    if st.button("Trouver les documents", type="primary", icon=":material/search:"):
        st.session_state["searching"] = True
    if st.session_state.get("searching"):
        _search((situation or "").strip(), filters)
    if found := st.session_state.get("found"):
        _show_found(found, documents)


def _show_examples() -> None:
    with st.container(key="situation-examples"):
        for number, example in enumerate(EXAMPLES):
            st.button(
                example,
                key=f"situation-example-{number}",
                width="stretch",
                on_click=_choose_example,
                args=(example,),
            )


def _choose_example(example: str) -> None:
    st.session_state["situation"] = example
    st.session_state["searching"] = True


def _show_filters(documents: Iterable[KitDocument]) -> dict[str, Any]:
    """The filters, folded; only those that are set."""
    known = tuple(documents)
    years = sorted({year for document in known for year in document.years})
    with st.expander("Filtrer les documents", key="filters", icon=":material/tune:"):
        natures = st.multiselect(
            "Nature", sorted({d.nature for d in known if d.nature}), placeholder="Toutes", key="natures"
        )
        parcours = st.multiselect(
            "Parcours", sorted({p for d in known for p in d.parcours}), placeholder="Tous", key="parcours"
        )
        kinds = st.multiselect(
            "Genre", sorted({d.kind for d in known if d.kind}), placeholder="Tous", key="kinds"
        )
        first_year = st.selectbox(
            "Publié depuis", years, index=None, placeholder="Toutes les années", key="first-year"
        )
        presence = st.radio("Présence dans la base", list(PRESENCE), horizontal=True, key="presence")
    chosen = {
        "nature": natures,
        "parcours": parcours,
        "kind": kinds,
        "year_from": first_year,
        "in_corpus": PRESENCE[presence or "Tous les documents"],
    }
    return {name: value for name, value in chosen.items() if value not in (None, [])}


def _search(situation: str, filters: dict[str, Any]) -> None:
    """Ask the API; a failure keeps the situation and offers to try again."""
    if not situation:
        del st.session_state["searching"]
        st.html(markup.form_error("Décrivez d’abord votre situation, en une ou deux phrases."))
        return
    try:
        with st.spinner("Recherche dans les documents du kit…", show_time=True):
            reading_list = connection.kit_client().recommend(situation, limit=LIMIT, filters=filters)
    except ApiError as error:
        st.session_state.pop("found", None)
        connection.show_unavailable(error, key="retry-recommend")
        return
    del st.session_state["searching"]
    st.session_state["found"] = Found(situation, reading_list)


def _show_found(found: Found, documents: Mapping[str, KitDocument]) -> None:
    reading_list = found.reading_list
    if not reading_list.recommendations:
        st.html(markup.nothing_found_block(reading_list.gaps))
        return
    st.html(markup.section_title("Documents à lire", f"Pour : {found.situation}"))
    for item in reading_list.recommendations:
        _show_recommendation(item, documents)
    if reading_list.reading_path:
        st.html(markup.section_title("Dans quel ordre les lire"))
        st.html(
            markup.reading_path_block(
                [
                    (
                        exports.title_of(document_id, documents),
                        documents[document_id].nature if document_id in documents else "",
                    )
                    for document_id in reading_list.reading_path
                ]
            )
        )
    if reading_list.gaps:
        st.html(markup.gaps_block(reading_list.gaps))
    _show_exports(found, documents)


def _show_recommendation(item: Recommendation, documents: Mapping[str, KitDocument]) -> None:
    with st.container(border=True, key=f"card-recommendation-{item.rank}"):
        st.html(markup.recommendation_block(item, years=exports.years_of(item, documents)))
        if not item.sources:
            return
        label = "Lire les passages" if item.in_corpus else "Voir où le kit le cite"
        opened = st.expander(
            label, key=f"open-recommendation-{item.rank}", on_change="rerun", icon=":material/format_quote:"
        )
        if opened.open:
            with opened:
                for source in item.sources:
                    show_source(
                        source,
                        document=documents.get(source.document_id),
                        key=f"recommendation-{item.rank}-{source.number}",
                    )


def _show_exports(found: Found, documents: Mapping[str, KitDocument]) -> None:
    with st.container(horizontal=True, key="conversation-tools"):
        st.download_button(
            "Télécharger en Markdown",
            exports.reading_list_markdown(found.situation, found.reading_list, documents),
            file_name="documents-a-lire.md",
            mime="text/markdown",
            on_click="ignore",
            icon=":material/download:",
        )
        st.download_button(
            "Télécharger en CSV",
            exports.reading_list_csv(found.reading_list, documents),
            file_name="documents-a-lire.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/table:",
        )
