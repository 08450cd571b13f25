"""Text from documents, questions and the API is shown as text, whatever it holds."""

from pathlib import Path
from runpy import run_path

import pytest
from playwright.sync_api import Page, expect

from ui.exports import conversation_markdown, escape_markdown
from ui.screens import CATALOGUE_PATH, RECOMMEND_PATH

HOSTILE: str = run_path(str(Path(__file__).with_name("fake_api.py")))["HOSTILE"]
SEEN = " ".join(HOSTILE.split())


def assert_shown_as_text(page: Page, *prefixes: str) -> None:
    """Each text stands on the page as it is, and none of it became an element or ran."""
    main = page.locator("[data-testid=stMain]")
    for prefix in prefixes:
        expect(main).to_contain_text(f"{prefix} {SEEN}", use_inner_text=True)
    assert page.evaluate("window.hacked") is None
    assert main.locator("script, iframe, object, embed").count() == 0
    assert main.locator("img:not([data-testid=stImage] img)").count() == 0
    assert main.locator("[onerror], [onclick], [onload]").count() == 0
    addresses = main.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert [href for href in addresses if "javascript:" in href or "evil" in href] == []
    for formatted in ("gras", "italique", "rouge", "code"):
        assert main.locator("strong, em, code, h1, .katex").filter(has_text=formatted).count() == 0


def ask(page: Page, front_end: str, question: str) -> None:
    page.goto(front_end)
    field = page.get_by_placeholder("Votre question sur le kit")
    field.fill(question)
    field.press("Enter")
    expect(page.get_by_text("Cette réponse vous a-t-elle aidé ?")).to_be_visible()


def test_a_hostile_answer_question_and_source_are_text(page: Page, hostile_front_end: str) -> None:
    ask(page, hostile_front_end, f"Question {HOSTILE}")
    page.locator("summary", has_text="Vérifier sur la page").first.click()
    image = page.locator("[data-testid=stImage] img").first
    expect(image).to_be_visible()

    assert_shown_as_text(page, "Question", "Réponse", "point", "Titre", "Citation", "B")
    assert HOSTILE in (image.get_attribute("alt") or "")
    expect(page.get_by_text("La citation n’a pas pu être surlignée")).to_be_visible()


def test_a_hostile_refusal_and_its_passages_are_text(page: Page, hostile_front_end: str) -> None:
    ask(page, hostile_front_end, "introuvable")

    assert_shown_as_text(page, "Absent", "Titre", "Passage")


def test_hostile_recommendations_and_filters_are_text(page: Page, hostile_front_end: str) -> None:
    page.goto(f"{hostile_front_end}/{RECOMMEND_PATH}")
    page.get_by_label("Votre situation").fill(f"Situation {HOSTILE}")
    page.get_by_role("button", name="Trouver les documents").click()
    expect(page.get_by_role("heading", name="Dans quel ordre les lire")).to_be_visible()
    page.locator("summary", has_text="Lire les passages").click()
    expect(page.locator("blockquote")).to_be_visible()
    page.locator("summary", has_text="Filtrer les documents").click()
    page.wait_for_timeout(800)  # the filters unfold
    page.get_by_role("combobox", name="Genre").click()
    expect(page.get_by_role("option")).to_contain_text(f"genre {SEEN}")

    assert_shown_as_text(page, "Situation", "Titre", "Auteur", "nature", "parcours", "Raison", "Manque")


def test_a_hostile_catalogue_is_text(page: Page, hostile_front_end: str) -> None:
    page.goto(f"{hostile_front_end}/{CATALOGUE_PATH}")
    expect(page.locator("summary", has_text="Feuilleter")).to_be_visible()

    assert_shown_as_text(page, "Titre", "Auteur", "Résumé", "nature", "genre")


@pytest.mark.parametrize("text", [HOSTILE, "a\n# b", "![x](http://evil.invalid)", "1. un", "a | b", "<b>"])
def test_exported_markdown_is_escaped_and_on_one_line(text: str) -> None:
    escaped = escape_markdown(text)

    assert "\n" not in escaped
    for sign in "[]()<>!#*_`$":
        assert escaped.count(sign) == escaped.count(f"\\{sign}")


def test_an_empty_conversation_exports_its_title_only() -> None:
    assert conversation_markdown([], {}) == "# Questions au kit « Co-construction territoriale »\n"
