"""« Poser une question » : the conversation, each answer with the sources that prove it."""

from collections.abc import Mapping

import streamlit as st

from ui import connection, exports, markup
from ui.conversation import Exchange, history
from ui.errors import ApiError
from ui.feedback_form import show_feedback
from ui.responses import KitDocument
from ui.source_cards import show_near_passage, show_source

EXAMPLES = (
    "Qui pilote le programme du parcours d’expérience ?",
    "C’est quoi un catalyseur territorial ?",
    "Combien de maires disent que leur territoire a initié une dynamique ?",
    "Quels sont les trois parcours du kit ?",
)
MAX_QUESTION_CHARACTERS = 2_000
NEAR_PASSAGES = 3


def show() -> None:
    """Draw the screen."""
    exchanges: list[Exchange] = st.session_state.setdefault("exchanges", [])
    st.html(
        markup.title_block(
            "Poser une question",
            "Des réponses citées mot pour mot dans les documents du kit, à vérifier sur la page.",
        )
    )
    has_pending = "pending" in st.session_state
    if not has_pending:
        connection.service_is_ready()
    example = _show_examples() if not exchanges and not has_pending else None
    documents = connection.known_documents()
    for turn, exchange in enumerate(exchanges, start=1):
        _show_exchange(exchange, turn=turn, documents=documents)
    below = st.container(key="below")
    # Inside a container the field does not make the page stick to its bottom: an answer is read from its top.
    with st.container(key="composer"):
        typed = st.chat_input("Votre question sur le kit", max_chars=MAX_QUESTION_CHARACTERS, key="question")
    if question := (typed or example or "").strip():
        st.session_state["pending"] = question
        st.rerun()  # without the examples
    with below:
        if has_pending:
            _answer(st.session_state["pending"], exchanges)
        elif exchanges:
            _show_conversation_tools(exchanges, documents)


def _show_examples() -> str | None:
    """The example questions as buttons; the one that was pressed."""
    st.html(markup.section_title("Par exemple"))
    chosen = None
    with st.container(key="examples"):
        for number, question in enumerate(EXAMPLES):
            if st.button(question, key=f"example-{number}", width="stretch"):
                chosen = question
    return chosen


def _answer(question: str, exchanges: list[Exchange]) -> None:
    """Ask the API; a failure keeps the question and offers to try again."""
    turn = len(exchanges) + 1
    st.html(markup.question_block(question, turn=turn))
    try:
        with st.spinner("Recherche dans les documents du kit…", show_time=True):
            reply = connection.kit_client().ask(question, history=history(exchanges))
    except ApiError as error:
        connection.show_unavailable(error, key="retry-question")
        if st.button("Abandonner cette question", key="drop-question"):
            del st.session_state["pending"]
            st.rerun()
        return
    del st.session_state["pending"]
    exchanges.append(Exchange(question, reply))
    st.rerun()


def _show_exchange(exchange: Exchange, *, turn: int, documents: Mapping[str, KitDocument]) -> None:
    reply = exchange.reply
    with st.container(key=f"turn-{turn}"):
        st.html(markup.question_block(exchange.question, turn=turn))
        if understood := markup.understood_block(exchange):
            st.html(understood)
        if reply.status == "answered":
            _show_answer(exchange, turn=turn, documents=documents)
        else:
            _show_not_found(exchange, turn=turn, documents=documents)
        show_feedback(exchange, turn=turn)


def _show_answer(exchange: Exchange, *, turn: int, documents: Mapping[str, KitDocument]) -> None:
    reply = exchange.reply
    st.html(markup.answer_block(reply, turn=turn))
    st.html(
        markup.copy_button(
            exports.answer_with_references(reply, documents), "Copier la réponse et ses sources"
        )
    )
    for source in reply.sources:
        show_source(
            source,
            document=documents.get(source.document_id),
            key=f"{turn}-{source.number}",
            anchor=markup.source_anchor(turn, source.number),
        )


def _show_not_found(exchange: Exchange, *, turn: int, documents: Mapping[str, KitDocument]) -> None:
    reply = exchange.reply
    st.html(markup.not_found_block(reply))
    if st.button(
        "Décrire ma situation et trouver des documents",
        key=f"situation-{turn}",
        icon=":material/travel_explore:",
    ):
        st.session_state["situation"] = exchange.question
        st.switch_page(st.session_state["recommend_page"])
    if not reply.passages:
        return
    st.html(
        markup.section_title(
            "Passages les plus proches", "Ils parlent d’un sujet voisin ; ce n’est pas une réponse."
        )
    )
    for rank, passage in enumerate(reply.passages[:NEAR_PASSAGES], start=1):
        show_near_passage(passage, document=documents.get(passage.document_id), key=f"near-{turn}-{rank}")


def _show_conversation_tools(exchanges: list[Exchange], documents: Mapping[str, KitDocument]) -> None:
    with st.container(horizontal=True, key="conversation-tools"):
        st.download_button(
            "Télécharger la conversation",
            exports.conversation_markdown(exchanges, documents),
            file_name="questions-au-kit.md",
            mime="text/markdown",
            on_click="ignore",
            icon=":material/download:",
        )
        if st.button("Recommencer", key="restart", icon=":material/restart_alt:"):
            for key in [key for key in st.session_state if str(key).startswith("feedback-")]:
                del st.session_state[key]
            exchanges.clear()
            st.rerun()
