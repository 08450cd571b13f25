"""Trouver des documents."""

import streamlit as st

from ui import markup


def show() -> None:
    """Draw the screen."""
    st.html(markup.title_block("Trouver des documents", ""))
