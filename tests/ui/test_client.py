import inspect
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import httpx
import pytest

from ui.client import FAILED, UNREACHABLE, KitClient, api_url
from ui.conversation import Exchange, history
from ui.errors import ApiError, ApiFailed, ApiNotReady, ApiRefused, ApiUnreachable
from ui.responses import Reply

REPLY = {
    "status": "answered", "answer": "Oui. [1]", "standalone_question": "Q ?", "passages": [],
    "citations": [
        {"number": 1, "document_id": "d", "title": "T", "page": 2, "page_label": "ii", "quote": "c"}
    ],
}  # fmt: skip


@contextmanager
def answering(status: int, body: bytes) -> Iterator[tuple[KitClient, list[dict[str, Any]]]]:
    """A client of a real server that gives one answer to everything and records the JSON it gets."""
    received: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.do_GET()

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    client = KitClient(f"http://127.0.0.1:{server.server_port}")
    try:
        yield client, received
    finally:
        client.close()
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_question_goes_out_with_its_history_and_comes_back_typed() -> None:
    with answering(200, json.dumps(REPLY).encode()) as (client, received):
        reply = client.ask("Et après ?", history=[("Avant ?", "Rien."), ("Sans réponse ?", "")])

    assert received[0]["history"] == [
        {"role": "user", "content": "Avant ?"},
        {"role": "assistant", "content": "Rien."},
        {"role": "user", "content": "Sans réponse ?"},
    ]
    assert (reply.sources[0].page, reply.sources[0].page_label) == (2, "ii")


def test_the_history_never_exceeds_what_the_api_takes() -> None:
    reply = Reply("answered", "a" * 50_000, "", (), ())
    pairs = history([Exchange(f"q{number}", reply) for number in range(30)])

    assert [question for question, _ in pairs] == [f"q{number}" for number in range(20, 30)]
    assert max(len(answer) for _, answer in pairs) == 2_000


@pytest.mark.parametrize(
    ("status", "body", "error", "message"),
    [
        (422, b'{"detail": "question : trop longue."}', ApiRefused, "question : trop longue."),
        (404, b"<html>", ApiRefused, FAILED),
        (503, b'{"detail": "Index absent."}', ApiNotReady, "Index absent."),
        (500, b'{"detail": "Traceback (most recent call last)"}', ApiFailed, FAILED),
        (200, b"not json", ApiFailed, FAILED),
        (200, b'{"status": "peut-\xc3\xaatre"}', ApiFailed, FAILED),
        (200, b"[]", ApiFailed, FAILED),
    ],
)
def test_every_wrong_answer_is_a_french_error(
    status: int, body: bytes, error: type[ApiError], message: str
) -> None:
    with answering(status, body) as (client, _), pytest.raises(error, match=re.escape(message)) as raised:
        client.ask("Question ?")

    assert str(raised.value) == message


def test_an_api_that_is_down_is_said_so(free_port: int) -> None:
    client = KitClient(f"http://127.0.0.1:{free_port}")
    with pytest.raises(ApiUnreachable, match=UNREACHABLE):
        client.check_ready()
    client.close()


def test_every_failure_that_httpx_has_is_translated(monkeypatch: pytest.MonkeyPatch) -> None:
    failures = [
        kind
        for _, kind in inspect.getmembers(httpx, inspect.isclass)
        if issubclass(kind, httpx.RequestError | httpx.InvalidURL)
    ]
    assert len(failures) > 10
    client = KitClient("http://127.0.0.1:1")
    for kind in failures:

        def fail(*_: object, kind: type[Exception] = kind, **__: object) -> None:
            raise kind("x")

        monkeypatch.setattr(client._http, "request", fail)
        with pytest.raises(ApiUnreachable):
            client.check_ready()
    client.close()


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COKIT_API_URL", "http://api.example:9000/")

    assert api_url() == "http://api.example:9000"
