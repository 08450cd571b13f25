"""Small PDFs, typeset in the tests."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

Row = tuple[float, float, float, str]  # x and y in points from the lower left, font size, text
Typeset = Callable[..., Path]


@pytest.fixture
def typeset(tmp_path: Path) -> Typeset:
    """Return a function that writes a PDF of pages of rows and returns its path."""

    def write(
        pages: Sequence[Sequence[Row]],
        name: str = "essai.pdf",
        *,
        size: tuple[float, float] = (595, 842),
        font: str = "Helvetica",
        title: str = "",
        author: str = "",
    ) -> Path:
        path = tmp_path / name
        canvas = Canvas(str(path), pagesize=size, invariant=True)
        canvas.setTitle(title)
        canvas.setAuthor(author)
        for rows in pages:
            for x, y, points, text in rows:
                canvas.setFont(font, points)
                canvas.drawString(x, y, text)
            canvas.showPage()
        canvas.save()
        return path

    return write


def paragraph(
    *lines: str, x: float = 60, top: float = 700, size: float = 10, leading: float = 12
) -> list[Row]:
    """Return lines one below the other."""
    return [(x, top - position * leading, size, line) for position, line in enumerate(lines)]


@pytest.fixture(name="paragraph")
def paragraph_fixture() -> Callable[..., list[Row]]:
    """Return the function that sets lines one below the other."""
    return paragraph
