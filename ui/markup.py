"""The blocks of HTML that the screens show, from the API's values to escaped markup."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote as percent_encode

from ui.conversation import Exchange
from ui.elements import Html, element, join
from ui.responses import KitDocument, NearPassage, Recommendation, Reply, Source

REFERENCE = re.compile(r"\[(\d{1,3})\]")
LIST_ITEM = re.compile(r"^\s*[-–•]\s+")
NARROW_SPACE = "\u202f"
NEAR_PASSAGE_CHARACTERS = 420


def pdf_address(document_id: str, page: int | None = None) -> str:
    """Where this front end serves the PDF of a document, opened at a page."""
    fragment = f"#page={page}" if page else ""
    return f"/kit/documents/{percent_encode(document_id, safe='')}.pdf{fragment}"


def quoted(text: str) -> str:
    """The text between French quotation marks; marks that already surround it are not doubled."""
    bare = " ".join(text.split())
    if bare.startswith("«") and bare.endswith("»") and bare.count("«") == 1:
        return bare
    return f"«{NARROW_SPACE}{bare}{NARROW_SPACE}»"


def title_block(title: str, lead: str) -> Html:
    """The heading of a screen."""
    return element(
        "header",
        element("h1", title, id="contenu", tabindex="-1"),
        element("p", lead, class_="kit-lead"),
        class_="kit-title",
    )


def section_title(title: str, note: str = "") -> Html:
    """The heading of a part of a screen, with a line that explains it."""
    explanation = element("p", note, class_="kit-note") if note else Html()
    return element("div", element("h2", title), explanation, class_="kit-section")


def question_block(question: str, *, turn: int) -> Html:
    """What the reader asked."""
    return element(
        "h2",
        element("span", "Votre question : ", class_="kit-hidden"),
        question,
        class_="kit-question",
        data_turn=turn,
    )


def answer_block(reply: Reply, *, turn: int) -> Html:
    """The answer, its `[n]` as links to the sources below."""
    numbers = {source.number for source in reply.sources}
    return element(
        "div", *_paragraphs(reply.text, numbers=numbers, turn=turn), class_="kit-answer", role="status"
    )


def _paragraphs(text: str, *, numbers: set[int], turn: int) -> Iterator[Html]:
    """Lines as paragraphs, runs of lines that begin with a dash or a bullet as lists."""
    items: list[Html] = []
    for line in filter(str.strip, text.splitlines()):
        is_item = LIST_ITEM.match(line) is not None
        if items and not is_item:
            yield element("ul", *items)
            items = []
        content = _with_references(LIST_ITEM.sub("", line).strip(), numbers=numbers, turn=turn)
        if is_item:
            items.append(element("li", content))
        else:
            yield element("p", content)
    if items:
        yield element("ul", *items)


def _with_references(line: str, *, numbers: set[int], turn: int) -> Html:
    pieces: list[str] = []
    end = 0
    for match in REFERENCE.finditer(line):
        if int(match[1]) not in numbers:
            continue
        pieces.append(line[end : match.start()].rstrip(" "))
        pieces.append(_reference(int(match[1]), turn=turn))
        end = match.end()
    return join([*pieces, line[end:]])


def _reference(number: int, *, turn: int) -> Html:
    link = element(
        "a",
        str(number),
        href=f"#{source_anchor(turn, number)}",
        class_="kit-reference",
        aria_label=f"Source {number}",
    )
    return join(["\u00a0", link])


def source_anchor(turn: int, number: int) -> str:
    return f"source-{turn}-{number}"


def understood_block(exchange: Exchange) -> Html:
    """How a follow-up question was understood, where that is not the question itself."""
    if " ".join(exchange.reply.standalone_question.split()) == " ".join(exchange.question.split()):
        return Html()
    return element("p", "Question comprise : ", exchange.reply.standalone_question, class_="kit-note")


def not_found_block(reply: Reply) -> Html:
    """A plain « the kit does not say », which cannot be taken for an answer."""
    return element(
        "div",
        element("p", "Le kit ne répond pas à cette question", class_="kit-notice-title"),
        *_paragraphs(reply.text, numbers=set(), turn=0),
        class_="kit-notice",
        role="status",
    )


def place(title: str, *, years: Sequence[int], page: int, page_label: str | None = None) -> Html:
    """Title, year and page of a source."""
    return join(
        [
            element("span", title, class_="kit-source-title"),
            element("span", page_phrase(page, page_label=page_label, years=years), class_="kit-source-page"),
        ]
    )


def page_phrase(page: int, *, page_label: str | None = None, years: Sequence[int] = ()) -> str:
    """« 2018 · page 3 », with the printed label where it differs: « page 3 (imprimée 1) »."""
    label = f" (numérotée {page_label})" if page_label and page_label != str(page) else ""
    year = f"{year_phrase(years)} · " if years else ""
    return f"{year}page {page}{label}"


def year_phrase(years: Sequence[int]) -> str:
    """« 2016 », « 2015, 2016 »."""
    return ", ".join(str(year) for year in sorted(years))


def source_block(source: Source, *, years: Sequence[int], anchor: str | None = None) -> Html:
    """The face of a source's card: its number, where it stands and the exact quote."""
    return element(
        "div",
        element(
            "h3",
            element(
                "span",
                element("span", "Source ", class_="kit-hidden"),
                str(source.number),
                class_="kit-number",
            ),
            element("span", place(source.title, years=years, page=source.page, page_label=source.page_label)),
            class_="kit-source-head",
        ),
        element("blockquote", quoted(source.quote)),
        class_="kit-source",
        id=anchor,
        tabindex="-1" if anchor else None,
    )


def near_passage_block(passage: NearPassage, *, title: str, years: Sequence[int]) -> Html:
    """A passage that is near the question, and is no answer to it."""
    text = " ".join(passage.text.split())
    if len(text) > NEAR_PASSAGE_CHARACTERS:
        text = text[:NEAR_PASSAGE_CHARACTERS].rsplit(" ", 1)[0] + " …"
    return element(
        "div",
        element(
            "h4", element("span", place(title, years=years, page=passage.page)), class_="kit-source-head"
        ),
        element("p", text, class_="kit-near-text"),
        class_="kit-source kit-near",
    )


def pdf_link(document_id: str, page: int) -> Html:
    """A link that opens the PDF at a page, in a new tab."""
    return element(
        "a",
        f"Ouvrir le PDF à la page {page}",
        element("span", " (nouvel onglet)", class_="kit-hidden"),
        href=pdf_address(document_id, page),
        target="_blank",
        rel="noopener",
        class_="kit-link",
    )


def copy_button(text: str, label: str) -> Html:
    """A button that copies a text (see static/page.js)."""
    return element(
        "div",
        element("button", label, type="button", class_="kit-copy", data_copy=text),
        element("span", "", class_="kit-copied", role="status"),
        class_="kit-copy-row",
    )


def badges(labels: Sequence[str]) -> Html:
    """Short facts about a document, side by side."""
    return element(
        "ul", *(element("li", label) for label in dict.fromkeys(labels) if label), class_="kit-badges"
    )


def presence_badge(in_corpus: bool) -> Html:
    """Whether the base holds the document, in words and not by colour alone."""
    if in_corpus:
        return element("p", "Dans la base : vous pouvez le lire ici", class_="kit-presence kit-present")
    return element("p", "Référencé par le kit, pas dans la base", class_="kit-presence kit-absent")


def recommendation_block(item: Recommendation, *, years: Sequence[int]) -> Html:
    """The face of a recommendation's card."""
    facts = [item.nature, item.kind, *(f"parcours {name}" for name in item.parcours), year_phrase(years)]
    return element(
        "div",
        element(
            "h3",
            element(
                "span", element("span", "Rang ", class_="kit-hidden"), str(item.rank), class_="kit-number"
            ),
            element("span", item.title, class_="kit-source-title"),
            class_="kit-source-head",
        ),
        element("p", ", ".join(item.authors), class_="kit-authors") if item.authors else Html(),
        badges(facts),
        presence_badge(item.in_corpus),
        element("p", element("strong", "Pourquoi : "), item.reason, class_="kit-reason"),
        class_="kit-source",
    )


def reading_path_block(titles: Sequence[tuple[str, str]]) -> Html:
    """The reading order as a numbered list of (title, nature)."""
    steps = (
        element(
            "li", element("span", title, class_="kit-step"), element("span", nature, class_="kit-step-nature")
        )
        for title, nature in titles
    )
    return element("ol", *steps, class_="kit-path")


def nothing_found_block(reasons: Sequence[str]) -> Html:
    """No document for this situation, with what the API says of it."""
    return element(
        "div",
        element("p", "Aucun document du kit ne répond à cette situation", class_="kit-notice-title"),
        *(element("p", reason) for reason in reasons),
        element("p", "Reformulez votre situation, ou enlevez un filtre."),
        class_="kit-notice",
        role="status",
    )


def empty_block(sentence: str) -> Html:
    """A list that has nothing to show."""
    return element("div", element("p", sentence), class_="kit-notice", role="status")


def form_error(sentence: str) -> Html:
    """What is missing in a form."""
    return element("p", sentence, class_="kit-form-error", role="alert")


def capitalised(text: str) -> str:
    """The text with its first letter in upper case, the rest untouched."""
    return text[:1].upper() + text[1:]


def document_count(count: int) -> str:
    """« 1 document », « 12 documents »."""
    return f"{count} document{'s' if count > 1 else ''}"


def gaps_block(gaps: Sequence[str]) -> Html:
    """What nothing in the kit covers."""
    return element(
        "div",
        element("p", "Ce que le kit ne couvre pas", class_="kit-notice-title"),
        element("ul", *(element("li", gap) for gap in gaps)),
        class_="kit-notice",
    )


def document_block(document: KitDocument) -> Html:
    """The face of a document's card in the catalogue."""
    facts = [
        document.nature,
        document.kind,
        *(f"parcours {name}" for name in document.parcours),
        year_phrase(document.years),
        f"{document.page_count} pages" if document.page_count else "",
    ]
    return element(
        "div",
        element("h3", document.title, class_="kit-source-title kit-document-title"),
        element("p", ", ".join(document.authors), class_="kit-authors") if document.authors else Html(),
        element("p", document.abstract, class_="kit-abstract") if document.abstract else Html(),
        badges(facts),
        presence_badge(document.in_corpus),
        class_="kit-source",
    )


def coverage_block(rows: Sequence[tuple[str, int, int]], *, caption: str) -> Html:
    """A bar chart of (label, documents in the base, documents listed), as a table that any reader can use."""
    largest = max((listed for _, _, listed in rows), default=1)
    return element(
        "table",
        element("caption", caption),
        element(
            "thead",
            element(
                "tr",
                element("th", "", scope="col"),
                element("th", "Part", scope="col", class_="kit-bar-head"),
                element("th", "Dans la base / listés", scope="col"),
            ),
        ),
        element("tbody", *(_coverage_row(*row, largest=largest) for row in rows)),
        class_="kit-chart",
    )


def _coverage_row(label: str, held: int, listed: int, *, largest: int) -> Html:
    bar = element(
        "span",
        element("span", "", class_="kit-bar-held", style=f"width:{100 * held / max(listed, 1):.1f}%"),
        class_="kit-bar",
        style=f"width:{100 * listed / largest:.1f}%",
    )
    return element(
        "tr",
        element("th", label, scope="row"),
        element("td", bar, class_="kit-bar-cell", aria_hidden="true"),
        element("td", f"{held} / {listed}", class_="kit-count"),
    )
