"""The front end's script, which Streamlit runs at each interaction: navigation between the four screens."""

import streamlit as st

from ui import about_screen, ask_screen, catalogue_screen, recommend_screen
from ui.elements import element
from ui.screens import ABOUT_PATH, CATALOGUE_PATH, RECOMMEND_PATH

NAME = "Kit Co-construction territoriale"


def main() -> None:
    """Draw the menu and the screen of the current address."""
    ask = st.Page(ask_screen.show, title="Poser une question", default=True)
    recommend = st.Page(recommend_screen.show, title="Trouver des documents", url_path=RECOMMEND_PATH)
    catalogue = st.Page(catalogue_screen.show, title="Parcourir le kit", url_path=CATALOGUE_PATH)
    about = st.Page(about_screen.show, title="À propos", url_path=ABOUT_PATH)
    pages = [ask, recommend, catalogue, about]
    st.session_state["recommend_page"] = recommend
    current = st.navigation(pages, position="hidden")
    st.set_page_config(page_title=f"{current.title} · {NAME}", layout="centered")
    with st.container(key="menu"):
        st.html(element("p", NAME, class_="kit-brand"))
        with st.container(horizontal=True, key="menu-links"):
            for page in pages:
                st.page_link(page)
    current.run()


main()
