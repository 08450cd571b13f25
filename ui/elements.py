"""HTML whose text is escaped by construction: a plain `str` is data, only `Html` is markup.

Everything that comes from a document, a question or the API reaches the screen through `element` (shown by
`st.html`), never through Streamlit's Markdown: Markdown fetches images and makes links of what it is given.
"""

from html import escape

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
    return Html("".join(child if isinstance(child, Html) else escape(child) for child in children))
