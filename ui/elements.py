"""HTML whose text is escaped by construction: a plain `str` is data, only `Html` is markup.

Everything that comes from a document, a question or the API reaches the screen through `element` (shown by
`st.html`), never through Streamlit's Markdown: Markdown fetches images and makes links of what it is given.
"""

import re
from html import escape

SPACE_BEFORE_PUNCTUATION = re.compile(r" (?=[:;!?»](?:\s|$))")
SPACE_AFTER_MARK = re.compile(r"(?<=«) ")
VOID_ELEMENTS = frozenset({"br", "hr", "img"})


class Html(str):
    """Markup that `element` or `join` built."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str | int | None) -> Html:
    """`<name …>children</name>`; a child that is not `Html` is text and is escaped.

    An attribute named `class_` is `class`, `aria_label` is `aria-label`; one whose value is None is left out.
    """
    opening = name + "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in VOID_ELEMENTS:
        return Html(f"<{opening}>")
    return Html(f"<{opening}>{join(children)}</{name}>")


def join(children: tuple[str, ...] | list[str]) -> Html:
    """The children one after the other, texts escaped."""
    return Html("".join(child if isinstance(child, Html) else _text(child) for child in children))


def _text(text: str) -> str:
    """The text escaped, its French double punctuation kept on the line of the word that it belongs to."""
    return escape(SPACE_BEFORE_PUNCTUATION.sub("\u00a0", SPACE_AFTER_MARK.sub("\u00a0", text)))
