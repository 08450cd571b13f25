"""Every setting, command, target and route is in the README, which names none that does not exist."""

import re
from pathlib import Path

import pytest
import typer
from fastapi.routing import APIRoute
from starlette.routing import Route

from assistant.api import create_app
from assistant.cli import app, load_extensions
from assistant.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
NOT_FOR_READERS = {"/openapi.json", "/docs"}


def rows(text: str, pattern: str) -> set[str]:
    """First cells of the table rows that begin with the pattern."""
    return set(re.findall(rf"^\| `({pattern})", text, re.MULTILINE))


def test_the_settings_table_is_the_settings() -> None:
    assert rows(README, rf"{PREFIX}\w+") == {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}


def test_each_setting_s_default_is_the_one_that_is_told() -> None:
    for name, field in Settings.model_fields.items():
        if field.default != "":
            assert f"| `{PREFIX}{name.upper()}` | `{field.default}` |" in README


def test_the_commands_table_is_the_commands() -> None:
    load_extensions()
    groups = {
        f"{group.name} {command.name or command.callback.__name__}"
        for group in app.registered_groups
        for command in group.typer_instance.registered_commands
        if command.callback
    }
    commands = {
        command.name or command.callback.__name__ for command in app.registered_commands if command.callback
    }
    assert isinstance(app, typer.Typer)
    assert rows(README, r"cokit [a-z]+(?:[ -][a-z]+)*") == {f"cokit {name}" for name in commands | groups}


def test_the_routes_table_is_the_routes() -> None:
    routes = {
        f"{method} {route.path}"
        for route in create_app(Settings()).routes
        if isinstance(route, APIRoute | Route)
        for method in route.methods or ()
        if method != "HEAD" and route.path not in NOT_FOR_READERS
    }
    told = rows(README, r"(?:GET|POST) /[^`]*")
    assert told - {"GET /docs"} == routes


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_named_exists(document: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make ([a-z-]+)", (ROOT / document).read_text(encoding="utf-8")):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_the_files_that_contributing_names_exist() -> None:
    table = CONTRIBUTING.split("## The checks")[0]
    named = re.findall(r"`((?:ingestion|index|assistant|evals|corpus|tests)/[\w./-]*)`", table)
    missing = {path for path in named if not (ROOT / path).exists()}
    assert len(named) > 30
    assert not missing


def test_links_between_documents_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([\w/.-]+)\)", README + CONTRIBUTING):
        assert (ROOT / target).exists(), target
