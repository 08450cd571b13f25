"""The four screens in Chromium, against the real API on the real corpus."""

import csv
import io
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import numpy as np
import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

ROOT = Path(__file__).parent.parent.parent
EXAMPLE = "Qui pilote le programme du parcours d’expérience ?"
OFF_SUBJECT = "Quelle est la recette de la tarte aux pommes de ma grand-mère ?"
SITUATION = "Une association me demande de l’aider"  # the beginning of the first example
WIDTHS = {"phone": (360, 740), "desk": (1440, 900)}

# Streamlit's own nodes, whose markup we cannot change; everything else must be clean.
STREAMLIT_NODES: tuple[str, ...] = ()


def ask(page: Page, question: str) -> None:
    field = page.get_by_placeholder("Votre question sur le kit")
    field.fill(question)
    field.press("Enter")
    expect(page.get_by_role("heading", name=f"Votre question : {question}")).to_be_visible()
    expect(page.get_by_text("Cette réponse vous a-t-elle aidé ?").last).to_be_visible()
    page.wait_for_timeout(300)


def ask_example(page: Page, front_end: str) -> Locator:
    """The first card of the answer to the first example."""
    page.goto(front_end)
    page.get_by_role("button", name=EXAMPLE).click()
    card = page.locator("[class*='st-key-card-1-1']").first
    expect(card).to_be_visible()
    expect(page.get_by_role("button", name="Recommencer")).to_be_visible()
    return card


def recommend(page: Page, front_end: str) -> None:
    page.goto(f"{front_end}/trouver-des-documents")
    page.get_by_role("button", name=SITUATION).click()
    expect(page.get_by_role("heading", name="Documents à lire")).to_be_visible()
    expect(page.get_by_role("button", name="Télécharger en CSV")).to_be_visible()


def open_first_document(page: Page, front_end: str) -> None:
    page.goto(f"{front_end}/parcourir-le-kit")
    page.locator("summary", has_text="Feuilleter").first.click()
    expect(page.locator("[data-testid=stImage] img").first).to_be_visible()


def open_answer_source(page: Page, front_end: str) -> None:
    ask_example(page, front_end).locator("summary").click()
    expect(page.locator("[data-testid=stImage] img").first).to_be_visible()


def open_refusal(page: Page, front_end: str) -> None:
    page.goto(front_end)
    ask(page, OFF_SUBJECT)
    page.get_by_role("button", name="Non", exact=True).click()
    expect(page.get_by_role("button", name="Envoyer mon avis")).to_be_visible()


def open_recommended_passage(page: Page, front_end: str) -> None:
    recommend(page, front_end)
    page.locator("[class*='st-key-card-recommendation-1'] summary").first.click()
    expect(page.locator("summary", has_text="Vérifier sur la page").first).to_be_visible()


STATES: dict[str, Callable[[Page, str], object]] = {
    "accueil": lambda page, url: (
        page.goto(url),
        expect(page.get_by_role("button", name=EXAMPLE)).to_be_visible(),
    ),
    "reponse": open_answer_source,
    "refus": open_refusal,
    "situation": open_recommended_passage,
    "catalogue": open_first_document,
    "a-propos": lambda page, url: (
        page.goto(f"{url}/a-propos"),
        expect(page.get_by_role("heading", name="Signaler une erreur")).to_be_visible(),
    ),
}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("state", STATES)
def test_every_screen_fits_its_width_and_is_accessible(
    state: str, width: str, page: Page, front_end: str, axe_source: str, screenshots: Path
) -> None:
    page.set_viewport_size({"width": WIDTHS[width][0], "height": WIDTHS[width][1]})

    STATES[state](page, front_end)

    photograph(page, screenshots / f"{state}-{WIDTHS[width][0]}.png")
    assert page.evaluate("document.documentElement.lang") == "fr"
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width][0]
    main = page.locator("[data-testid=stMain]")
    assert main.evaluate("node => node.scrollWidth <= node.clientWidth")
    assert serious_violations(page, axe_source) == []


def photograph(page: Page, path: Path) -> None:
    """The whole screen: Streamlit scrolls inside its main section, so the window is made as high as it."""
    size = page.viewport_size
    assert size
    page.wait_for_timeout(300)
    height = page.locator("[data-testid=stMainBlockContainer]").evaluate("node => node.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], min(height, 5_000))})
    page.wait_for_timeout(200)
    page.screenshot(path=path)
    page.set_viewport_size(size)


def serious_violations(page: Page, axe_source: str) -> list[dict[str, Any]]:
    page.evaluate(axe_source)
    found = page.evaluate(
        "excluded => axe.run({exclude: excluded.map(selector => [selector])}, {resultTypes: ['violations']})",
        list(STREAMLIT_NODES),
    )
    return [
        {"rule": violation["id"], "nodes": [node["html"][:300] for node in violation["nodes"]]}
        for violation in found["violations"]
        if violation["impact"] in ("serious", "critical")
    ]


def test_a_clicked_example_is_answered_with_title_year_page_and_exact_quote(
    page: Page, front_end: str
) -> None:
    card = ask_example(page, front_end)

    assert page.locator(".kit-answer a.kit-reference").count() >= 1
    text = card.inner_text()
    assert re.search(r"20\d\d · page \d+", text)
    assert "«\u202f" in text
    assert "**" not in text


def test_a_reference_leads_to_its_source(page: Page, front_end: str) -> None:
    ask_example(page, front_end)

    page.locator("a.kit-reference", has_text="1").first.click()

    expect(page.locator("#source-1-1")).to_be_focused()


def test_an_opened_source_shows_the_page_with_the_quote_highlighted_where_it_stands(
    page: Page, front_end: str
) -> None:
    card = ask_example(page, front_end)
    quote = card.locator("blockquote").inner_text().strip("«» \u202f")

    card.locator("summary").click()

    shown = card.locator("[data-testid=stImage] img")
    expect(shown).to_be_visible()
    assert "surlignée" in (shown.get_attribute("alt") or "")
    image = fetch_image(page, shown)
    document_id, page_number = cited_page(card)
    left, top, right, bottom = place_of(first_words(quote), document_id, page_number, image.size)
    assert image.size[0] >= 800
    assert share_of_yellow(image.crop((left, top, right, bottom))) > 0.5
    assert 0 < share_of_yellow(image) < 0.5


def cited_page(card: Locator) -> tuple[str, int]:
    """Document id and page number of an opened card, from its link to the PDF."""
    address = urlsplit(card.locator("a.kit-link").get_attribute("href") or "")
    return Path(address.path).stem, int(address.fragment.removeprefix("page="))


def first_words(text: str, *, count: int = 3) -> str:
    return " ".join(text.split()[:count])


def fetch_image(page: Page, shown: Locator) -> Image.Image:
    address = shown.evaluate("node => node.src")
    return Image.open(io.BytesIO(page.request.get(address).body())).convert("RGB")


def place_of(quote: str, document_id: str, page_number: int, size: tuple[int, int]) -> tuple[int, ...]:
    """Where a quote stands on a page's image: left, top, right, bottom in pixels."""
    with pypdfium2.PdfDocument(ROOT / "corpus" / "documents" / f"{document_id}.pdf") as document:
        page = document[page_number - 1]
        text = page.get_textpage()
        start, count = text.search(quote).get_next()
        assert text.count_rects(start, count) >= 1
        left, bottom, right, top = text.get_rect(0)
        scale, height = size[0] / page.get_width(), page.get_height()
    return tuple(round(value * scale) for value in (left, height - top, right, height - bottom))


def share_of_yellow(image: Image.Image) -> float:
    red, green, blue = np.moveaxis(np.asarray(image), -1, 0)
    return float(np.mean((red > 180) & (green > 160) & (blue < 130)))


def test_the_pdf_opens_at_the_page_of_the_source(page: Page, front_end: str) -> None:
    card = ask_example(page, front_end)
    card.locator("summary").click()
    link = card.get_by_role("link", name=re.compile("^Ouvrir le PDF à la page"))
    expect(link).to_be_visible()

    address = link.get_attribute("href") or ""

    pdf = httpx.get(front_end + urlsplit(address).path, headers={"Range": "bytes=0-4"}, trust_env=False)
    assert re.search(r"\.pdf#page=\d+$", address)
    assert link.get_attribute("target") == "_blank"
    assert (pdf.status_code, pdf.headers["content-type"], pdf.content) == (206, "application/pdf", b"%PDF-")


def test_a_refusal_looks_different_and_leads_to_the_documents(page: Page, front_end: str) -> None:
    page.goto(front_end)
    ask(page, OFF_SUBJECT)

    expect(page.locator(".kit-notice-title", has_text="Le kit ne répond pas")).to_be_visible()
    expect(page.locator(".kit-answer")).to_have_count(0)
    expect(page.get_by_role("heading", name="Passages les plus proches")).to_be_visible()
    page.get_by_role("button", name="Décrire ma situation").click()

    expect(page.get_by_role("heading", name="Trouver des documents")).to_be_visible()
    expect(page.get_by_label("Votre situation")).to_have_value(OFF_SUBJECT)


def test_a_follow_up_is_understood_with_what_was_said_before(page: Page, front_end: str) -> None:
    page.goto(front_end)
    ask(page, "Qui sont les membres du Comité d’orientation ?")

    ask(page, "Et combien de fois se réunit-il ?")

    second = page.locator(".st-key-turn-2")
    expect(second.locator(".kit-note", has_text="orientation").first).to_be_visible()
    expect(second.locator("[class*='st-key-card-2-1']").first).to_be_visible()


def test_the_conversation_is_copied_downloaded_and_started_again(page: Page, front_end: str) -> None:
    ask_example(page, front_end)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copier la réponse et ses sources").click()
    expect(page.get_by_text("Copié")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("button", name="Télécharger la conversation").click()
    saved = Path(download.value.path()).read_text("utf-8")
    page.get_by_role("button", name="Recommencer").click()

    assert re.search(r"^\[1\] .+, 20\d\d · page \d+.* : «", copied, flags=re.MULTILINE)
    assert saved.startswith("# Questions au kit")
    assert EXAMPLE.split("’")[0] in saved
    expect(page.get_by_role("button", name=EXAMPLE)).to_be_visible()
    expect(page.locator(".kit-question")).to_have_count(0)


def test_a_complaint_is_stored_with_its_reasons_and_nothing_about_its_author(
    page: Page, front_end: str, real_api: Any
) -> None:
    card = ask_example(page, front_end)

    page.get_by_role("button", name="Non", exact=True).click()
    page.get_by_text("La réponse est incomplète").click()
    page.get_by_label("Commentaire").fill("Il manque le rôle de chacun.")
    page.get_by_role("button", name="Envoyer mon avis").click()
    expect(page.get_by_text("Merci, votre avis est enregistré.")).to_be_visible()

    row = latest_feedback(real_api.data_dir)
    assert (row["question"], row["verdict"]) == (EXAMPLE, "inutile")
    assert json.loads(row["reasons"]) == ["incomplete"]
    assert row["comment"] == "Il manque le rôle de chacun."
    assert json.loads(row["citations"])[0]["quote"] in " ".join(card.inner_text().split())


def test_a_useful_answer_takes_one_click_to_say(page: Page, front_end: str, real_api: Any) -> None:
    ask_example(page, front_end)

    page.get_by_role("button", name="Oui", exact=True).click()
    expect(page.get_by_text("Merci, votre avis est enregistré.")).to_be_visible()

    row = latest_feedback(real_api.data_dir)
    assert (row["verdict"], json.loads(row["reasons"]), row["comment"]) == ("utile", [], "")


def latest_feedback(data_dir: Path) -> sqlite3.Row:
    connection = sqlite3.connect(data_dir / "feedback.sqlite3")
    connection.row_factory = sqlite3.Row
    try:
        row: sqlite3.Row = connection.execute("SELECT * FROM feedback ORDER BY id DESC LIMIT 1").fetchone()
    finally:
        connection.close()
    return row


def test_recommendations_are_filtered_and_exported(page: Page, front_end: str) -> None:
    page.goto(f"{front_end}/trouver-des-documents")
    page.locator("summary", has_text="Filtrer les documents").click()
    page.locator("label", has_text="Hors de la base").click()
    page.get_by_role("button", name=SITUATION).click()
    expect(page.get_by_role("heading", name="Documents à lire")).to_be_visible()

    with page.expect_download() as csv_download:
        page.get_by_role("button", name="Télécharger en CSV").click()
    with page.expect_download() as markdown_download:
        page.get_by_role("button", name="Télécharger en Markdown").click()

    table = Path(csv_download.value.path()).read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table), delimiter=";"))
    cards = page.locator("[class*='st-key-card-recommendation-'] .kit-presence")
    assert rows
    assert cards.count() == len(rows)
    assert {row["dans la base"] for row in rows} == {"non"}
    assert set(cards.all_inner_texts()) == {"Référencé par le kit, pas dans la base"}
    assert Path(markdown_download.value.path()).read_text("utf-8").startswith("# Documents du kit à lire")


def test_an_empty_situation_is_asked_for(page: Page, front_end: str) -> None:
    page.goto(f"{front_end}/trouver-des-documents")

    page.get_by_role("button", name="Trouver les documents").click()

    expect(page.get_by_text("Décrivez d’abord votre situation")).to_be_visible()


def test_the_catalogue_is_searched_whatever_the_accents_and_grouped_by_parcours(
    page: Page, front_end: str
) -> None:
    page.goto(f"{front_end}/parcourir-le-kit")
    expect(page.get_by_text("documents dans la base sur")).to_be_visible()

    page.locator("label", has_text="Par parcours").click()
    expect(page.get_by_role("heading", name="Animer", exact=True)).to_be_visible()
    page.get_by_label("Chercher dans les titres").fill("REFERENTIEL")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Référentiel sur la co-construction").first).to_be_visible()
    expect(page.get_by_role("heading", name="Note prospective")).to_have_count(0)


def test_the_pages_of_a_document_are_leafed_through(page: Page, front_end: str) -> None:
    open_first_document(page, front_end)

    field = page.get_by_label("Page (1 à").first
    field.fill("2")
    field.press("Enter")

    expect(page.get_by_alt_text("Page 2 du document").first).to_be_visible()
    expect(page.get_by_role("link", name="Ouvrir le PDF à la page 2").first).to_be_visible()


def test_the_keyboard_alone_asks_opens_a_source_and_changes_screen(page: Page, front_end: str) -> None:
    page.goto(front_end)
    expect(page.get_by_role("button", name=EXAMPLE)).to_be_visible()

    tab_to(page, page.get_by_role("button", name=EXAMPLE))
    page.keyboard.press("Enter")
    summary = page.locator("[class*='st-key-card-1-1'] summary").first
    expect(summary).to_be_visible()
    expect(page.get_by_role("button", name="Recommencer")).to_be_visible()
    tab_to(page, summary)
    page.keyboard.press("Enter")
    expect(page.locator("[data-testid=stImage] img").first).to_be_visible()
    for name in ("Copier la réponse et ses sources", "Oui", "Télécharger la conversation"):
        tab_to(page, page.get_by_role("button", name=name, exact=True))
    tab_to(page, page.get_by_role("link", name="À propos"))
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="À propos")).to_be_visible()
    expect(page.locator("[aria-current=page]")).to_have_text("À propos")


def tab_to(page: Page, target: Locator, *, presses: int = 60) -> None:
    """Move the focus with the Tab key only."""
    for _ in range(presses):
        if target.evaluate("node => node === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not reach {target}")


def test_the_api_down_is_said_and_the_question_asked_again_when_it_is_back(
    page: Page, start_fake_api: Any, start_front_end: Any, free_port: int
) -> None:
    front_end = start_front_end(f"http://127.0.0.1:{free_port}").url

    page.goto(front_end)

    expect(page.get_by_text("Service indisponible")).to_be_visible()
    expect(page.get_by_text("Traceback")).to_have_count(0)
    first = start_fake_api(free_port)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_text("Service indisponible")).to_have_count(0)
    expect(page.get_by_placeholder("Votre question sur le kit")).to_be_enabled()
    first.process.terminate()
    first.process.wait(10)
    field = page.get_by_placeholder("Votre question sur le kit")
    field.fill("Une question gardée")
    field.press("Enter")
    expect(page.get_by_text("Service indisponible")).to_be_visible()
    start_fake_api(free_port)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.get_by_role("heading", name="Une question gardée")).to_be_visible()
    expect(page.get_by_text("Cette réponse vous a-t-elle aidé ?")).to_be_visible()
