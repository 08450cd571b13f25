"""« À propos » : what this is, what it does not do, what it keeps, and how to report a mistake."""

import streamlit as st

from ui import connection, markup
from ui.elements import Html, element
from ui.errors import ApiError
from ui.responses import KitDocument


def show() -> None:
    """Draw the screen."""
    st.html(markup.title_block("À propos", "Un assistant qui cite les documents du kit, et rien d’autre."))
    st.html(element("div", *_what_it_is(), *_what_it_does_not(), class_="kit-prose"))
    try:
        held = [document for document in connection.kit_documents() if document.in_corpus]
    except ApiError as error:
        connection.show_unavailable(error, key="retry-about")
    else:
        st.html(element("div", *_documents(held), class_="kit-prose"))
    st.html(element("div", *_data(), *_mistakes(), class_="kit-prose"))


def _what_it_is() -> tuple[Html, ...]:
    return (
        element("h2", "Ce que c’est"),
        element(
            "p",
            "Cet assistant répond à vos questions à partir des documents du kit « Co-construction "
            "territoriale », publié par Le RAMEAU et ses partenaires. Chaque phrase d’une réponse renvoie à "
            "une citation exacte : ouvrez la source, la citation est surlignée sur l’image de la page, et le "
            "PDF s’ouvre au bon endroit.",
        ),
        element(
            "p",
            "À partir d’une situation que vous décrivez, il indique aussi les documents du kit à lire, "
            "dans quel ordre et pourquoi.",
        ),
    )


def _what_it_does_not() -> tuple[Html, ...]:
    return (
        element("h2", "Ce qu’il ne fait pas"),
        element(
            "ul",
            element("li", "Il ne donne ni avis, ni conseil juridique ou financier."),
            element("li", "Il ne cherche pas sur internet et ne connaît que les documents de la base."),
            element("li", "Quand le kit ne répond pas, il le dit, et montre les passages les plus proches."),
            element("li", "Il peut se tromper de passage : vérifiez la page avant de vous appuyer dessus."),
        ),
    )


def _documents(held: list[KitDocument]) -> tuple[Html, ...]:
    return (
        element("h2", "Les documents de la base"),
        element(
            "ul",
            *(
                element(
                    "li",
                    element("a", document.title, href=markup.pdf_address(document.id), target="_blank",
                            rel="noopener"),
                    f" ({markup.year_phrase(document.years)})" if document.years else "",
                    f", {document.page_count} pages",
                )
                for document in held
            ),
        ),
        element(
            "p",
            "Les chiffres et les contacts qu’ils donnent sont ceux de leur date.",
        ),
    )  # fmt: skip


def _data() -> tuple[Html, ...]:
    return (
        element("h2", "Vos données"),
        element(
            "p",
            "Aucune donnée personnelle n’est conservée : ni compte, ni adresse, ni mesure d’audience. "
            "Vos questions disparaissent quand vous fermez la page.",
        ),
        element(
            "p",
            "Si vous donnez votre avis sur une réponse, la question, la réponse, ses citations et votre "
            "commentaire sont conservés pour une durée limitée, sans rien qui vous identifie. "
            "N’y écrivez pas de nom.",
        ),
    )


def _mistakes() -> tuple[Html, ...]:
    return (
        element("h2", "Signaler une erreur"),
        element(
            "p",
            "Sous la réponse, choisissez « Non » à la question « Cette réponse vous a-t-elle aidé ? », "
            "cochez ce qui n’allait pas et envoyez. Chaque signalement sert à écrire un nouveau contrôle de "
            "l’assistant.",
        ),
    )
