"""« Cette réponse vous a-t-elle aidé ? » : one verdict an answer, with reasons and a free comment."""

import streamlit as st

from ui import connection, markup
from ui.conversation import Exchange
from ui.elements import element
from ui.errors import ApiError

REASONS = {
    "mauvaise_page": "La page citée n’est pas la bonne",
    "incomplete": "La réponse est incomplète",
    "hors_sujet": "La réponse est hors sujet",
    "aurait_du_refuser": "L’assistant aurait dû dire qu’il ne sait pas",
    "autre": "Autre raison",
}
MAX_COMMENT_CHARACTERS = 2_000


def show_feedback(exchange: Exchange, *, turn: int) -> None:
    """The question, then the form if it did not help, then a word of thanks."""
    state = f"feedback-{turn}"
    step = st.session_state.get(state)
    with st.container(key=f"feedback-block-{turn}"):
        if step == "sent":
            st.html(element("p", "Merci, votre avis est enregistré.", class_="kit-thanks", role="status"))
        elif step == "reasons":
            _show_form(exchange, turn=turn)
        else:
            _show_question(exchange, turn=turn)


def _show_question(exchange: Exchange, *, turn: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", key=f"feedback-row-{turn}"):
        st.html(
            element("p", "Cette réponse vous a-t-elle aidé ?", class_="kit-ask-feedback"), width="content"
        )
        if st.button("Oui", key=f"helpful-{turn}"):
            _send(exchange, turn=turn, useful=True)
        if st.button("Non", key=f"unhelpful-{turn}"):
            st.session_state[f"feedback-{turn}"] = "reasons"
            st.rerun()


def _show_form(exchange: Exchange, *, turn: int) -> None:
    with st.form(f"feedback-form-{turn}"):
        st.html(element("p", "Qu’est-ce qui n’allait pas ?", class_="kit-form-title"))
        reasons = [code for code, label in REASONS.items() if st.checkbox(label, key=f"reason-{turn}-{code}")]
        comment = st.text_area(
            "Commentaire (facultatif, sans donnée personnelle)",
            max_chars=MAX_COMMENT_CHARACTERS,
            key=f"comment-{turn}",
        )
        if st.form_submit_button("Envoyer mon avis", type="primary"):
            _send(exchange, turn=turn, useful=False, reasons=reasons, comment=comment or "")


def _send(
    exchange: Exchange, *, turn: int, useful: bool, reasons: list[str] | None = None, comment: str = ""
) -> None:
    try:
        connection.kit_client().send_feedback(
            question=exchange.question,
            answer=exchange.reply.text,
            sources=exchange.reply.sources,
            useful=useful,
            reasons=reasons or [],
            comment=comment,
        )
    except ApiError as error:
        st.html(markup.form_error(f"Votre avis n’a pas pu être envoyé. {error}"))
    else:
        st.session_state[f"feedback-{turn}"] = "sent"
        st.rerun()
