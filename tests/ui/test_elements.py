from ui.elements import Html, element, join


def test_text_is_escaped_and_markup_is_kept() -> None:
    assert element("p", "<b> & ", element("br")) == "<p>&lt;b&gt; &amp; <br></p>"


def test_attributes_are_escaped_named_as_in_html_and_left_out_when_none() -> None:
    assert element("a", "x", class_="k", aria_label='"><script>', id=None) == (
        '<a class="k" aria-label="&quot;&gt;&lt;script&gt;">x</a>'
    )


def test_joined_texts_are_escaped_one_by_one() -> None:
    assert join(["<", Html("<br>"), "'"]) == "&lt;<br>&#x27;"
    assert isinstance(join([]), Html)


def test_french_double_punctuation_never_begins_a_line() -> None:
    assert element("p", "« Qui ? » : lui ; 10:30") == (
        "<p>«\u00a0Qui\u00a0?\u00a0»\u00a0: lui\u00a0; 10:30</p>"
    )
