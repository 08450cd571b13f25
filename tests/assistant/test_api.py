"""The HTTP API over a real index and a real server: the contract, and every error in French."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import httpx
import pytest

from assistant.api import create_app
from assistant.errors import AssistantError
from assistant.problems import STATUS_OF_ERROR, status_of
from assistant.recommendation import Filters
from assistant.schemas import RecommendRequest
from assistant.settings import Settings, read_settings
from index import errors as index_errors

Serve = Callable[..., AbstractContextManager[httpx.Client]]

QUESTION = "Qui pilote le programme du parcours ?"
QUOTE = "La première session collective est prévue le 3 mai 2018"


def ask(client: httpx.Client, question: str = QUESTION, **more: Any) -> httpx.Response:
    return client.post("/api/ask", json={"question": question, **more})


def assert_problem(response: httpx.Response, status: int, detail: str) -> None:
    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == status
    assert re.search(detail, body["detail"]), body["detail"]
    assert "Traceback" not in response.text


# -- asking


def test_an_answer_has_the_contract_s_fields(api: httpx.Client) -> None:
    body = ask(api).json()
    assert set(body) == {
        "status",
        "answer",
        "mode",
        "standalone_question",
        "citations",
        "passages",
        "timings_ms",
    }
    assert body["status"] == "answered"
    assert body["mode"] == "extractive"
    assert set(body["timings_ms"]) >= {"search", "answer", "total"}
    assert set(body["citations"][0]) == {
        "number",
        "document_id",
        "title",
        "page",
        "page_label",
        "quote",
        "links",
    }
    assert set(body["passages"][0]) == {"document_id", "page", "page_end", "text", "score"}


def test_every_number_of_the_answer_has_its_citation_and_the_reverse(api: httpx.Client) -> None:
    body = ask(api).json()
    numbers = {int(number) for number in re.findall(r"\[(\d+)\]", body["answer"])}
    assert numbers == {citation["number"] for citation in body["citations"]}


def test_the_links_of_a_citation_open_its_page_with_the_quote_highlighted(api: httpx.Client) -> None:
    citation = ask(api).json()["citations"][0]
    image = api.get(citation["links"]["page_image"])
    assert image.headers["content-type"] == "image/png"
    assert image.headers["x-cokit-quote"] == "trouvee"
    assert citation["links"]["pdf"].endswith(f"#page={citation['page']}")
    assert api.get(citation["links"]["pdf"]).content.startswith(b"%PDF")


def test_what_the_kit_does_not_say_is_not_found_with_the_nearest_passages(api: httpx.Client) -> None:
    body = ask(api, "?!").json()
    assert body["status"] == "not_found"
    assert body["citations"] == []
    assert body["answer"]
    assert body["passages"]


def test_a_filter_keeps_to_its_documents(api: httpx.Client) -> None:
    body = ask(api, "Combien de répondants ?", documents=["etude"]).json()
    assert {passage["document_id"] for passage in body["passages"]} == {"etude"}


def test_an_empty_filter_is_no_filter(api: httpx.Client) -> None:
    assert {p["document_id"] for p in ask(api, documents=[]).json()["passages"]} == {"programme", "etude"}


def test_a_question_at_the_limit_is_taken(api: httpx.Client) -> None:
    assert ask(api, "é" * 2000).status_code == 200


def test_twenty_questions_at_once_get_the_answers_they_get_one_by_one(api: httpx.Client) -> None:
    questions = [
        QUESTION,
        "Combien de répondants ?",
        "Quelle est la date de la première session ?",
        "Combien de mois ?",
    ]
    alone = [_without_timings(ask(api, question)) for question in questions]
    with ThreadPoolExecutor(20) as pool:
        together = list(pool.map(lambda n: _without_timings(ask(api, questions[n % 4])), range(20)))
    assert together == [alone[n % 4] for n in range(20)]


def _without_timings(response: httpx.Response) -> dict[str, Any]:
    return {name: value for name, value in response.json().items() if name != "timings_ms"}


# -- wrong requests


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({}, r"question : ce champ est obligatoire"),
        ({"question": ""}, r"question : le texte est vide"),
        ({"question": " \n\t "}, r"question : le texte est vide"),
        ({"question": "a" * 2001}, r"question : le texte est trop long \(2000 caractères au plus\)"),
        ({"question": 12}, r"question : un texte est attendu"),
        ({"question": "a", "documents": "etude"}, r"documents : une liste est attendue"),
        ({"question": "a", "document": ["etude"]}, r"document : ce champ n'existe pas"),
        (
            {"question": "a", "history": [{"role": "system", "content": "x"}]},
            r"history\.0\.role : valeur inconnue ; valeurs possibles : 'user' ou 'assistant'",
        ),
        (
            {"question": "a", "history": [{"role": "user", "content": "x"}] * 21},
            r"history : la liste est trop longue \(20 éléments au plus\)",
        ),
        ([], r"corps de la requête : un objet JSON est attendu"),
    ],
)
def test_a_wrong_body_is_refused_with_its_field_in_french(api: httpx.Client, body: Any, detail: str) -> None:
    response = api.post("/api/ask", json=body)
    assert_problem(response, 422, detail)
    assert response.json()["errors"]


@pytest.mark.parametrize("content", [b"{", b"", b"\xff\xfe", b'{"question": "a"', b"null"])
def test_a_body_that_is_no_json_is_refused(api: httpx.Client, content: bytes) -> None:
    response = api.post("/api/ask", content=content, headers={"Content-Type": "application/json"})
    assert_problem(response, 422, r"corps de la requête|question")


def test_half_a_character_is_refused(api: httpx.Client) -> None:
    response = api.post(
        "/api/ask", content=b'{"question": "\\ud800"}', headers={"Content-Type": "application/json"}
    )
    assert_problem(response, 422, r"caractères invalides|JSON est mal formé")


def test_a_body_without_its_content_type_is_told_what_is_expected(api: httpx.Client) -> None:
    response = api.post("/api/ask", content=b'{"question": "a"}', headers={"Content-Type": "text/plain"})
    assert_problem(response, 422, r"objet JSON est attendu")


def test_a_body_above_the_bound_is_refused_before_it_is_read(api: httpx.Client) -> None:
    response = api.post("/api/ask", content=b" " * 70_000)
    assert_problem(response, 413, r"dépasse 64 Ko")


@pytest.mark.parametrize(
    ("documents", "detail"),
    [
        (["etude", "inconnu"], r"Document inconnu : « inconnu »"),
        (["guide-absent"], r"« guide-absent » est référencé par le kit, mais n'est pas dans la base"),
    ],
)
def test_a_filter_with_a_document_that_is_not_held_is_not_found(
    api: httpx.Client, documents: list[str], detail: str
) -> None:
    assert_problem(ask(api, documents=documents), 404, detail)


@pytest.mark.parametrize(
    ("method", "path", "status", "detail"),
    [
        ("GET", "/nulle/part", 404, r"Cette adresse n'existe pas"),
        ("GET", "/api/ask", 405, r"Cette méthode n'est pas acceptée"),
        ("GET", "/api/documents/inconnu", 404, r"Document inconnu"),
        ("GET", "/api/documents/inconnu/file", 404, r"Document inconnu"),
        ("GET", "/api/documents/guide-absent/file", 404, r"n'est pas dans la base"),
        ("GET", "/api/documents/guide-absent/pages/1", 404, r"n'est pas dans la base"),
        ("GET", "/api/documents/programme/pages/3", 404, r"n'a pas de page 3 : ses pages vont de 1 à 2"),
        ("GET", "/api/documents/programme/pages/0", 404, r"n'a pas de page 0"),
        ("GET", "/api/documents/programme/pages/deux", 422, r"number : un nombre entier est attendu"),
        (
            "GET",
            "/api/documents/programme/pages/1?quote=" + "a" * 2001,
            422,
            r"quote : le texte est trop long",
        ),
        ("GET", "/api/documents/..%2F..%2Fetc%2Fpasswd/file", 404, r"n'existe pas|inconnu"),
    ],
)
def test_an_address_that_leads_nowhere_is_a_problem_in_french(
    api: httpx.Client, method: str, path: str, status: int, detail: str
) -> None:
    assert_problem(api.request(method, path), status, detail)


# -- recommending

SITUATION = "Je dois former des animateurs de territoire à la co-construction et aux partenariats."


@pytest.fixture(scope="module")
def kit_api(serve: Serve, kit_settings: Settings, pytestconfig: pytest.Config) -> Iterator[httpx.Client]:
    """The API over the small base and the kit's own catalogue, whose embeddings other tests need too."""
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings") / "catalogue-embeddings.sqlite"
    here = kit_settings.data_dir / kept.name
    if kept.exists():
        shutil.copy(kept, here)
    corpus_dir = Path(__file__).parents[2] / "corpus"
    settings = kit_settings.model_copy(update={"corpus_dir": corpus_dir})
    with serve(create_app(settings), ready=True) as client:
        shutil.copy(here, kept)
        yield client


def recommend(client: httpx.Client, **more: Any) -> dict[str, Any]:
    response = client.post("/api/recommend", json={"situation": SITUATION, **more})
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.json()
    return body


def test_a_recommendation_has_the_contract_s_fields(kit_api: httpx.Client) -> None:
    body = recommend(kit_api, limit=2)
    assert len(body["recommendations"]) == 2
    assert set(body) >= {"recommendations", "reading_path", "gaps"}
    assert set(body["recommendations"][0]) >= {
        "rank",
        "document_id",
        "title",
        "authors",
        "year",
        "nature",
        "parcours",
        "in_corpus",
        "reason",
        "citations",
        "score",
    }
    assert sorted(body["reading_path"]) == sorted(item["document_id"] for item in body["recommendations"])


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        ({"in_corpus": True}, lambda item: item["in_corpus"]),
        ({"in_corpus": False}, lambda item: not item["in_corpus"]),
        ({"nature": "méthode"}, lambda item: item["nature"] == "méthode"),
        ({"parcours": ["animer"]}, lambda item: "animer" in item["parcours"]),
        ({"kind": ["guide", "étude"]}, lambda item: item["kind"] in ("guide", "étude")),
        ({"year_from": 2016}, lambda item: item["year"] >= 2016),
    ],
)
def test_filters_keep_only_their_documents(
    kit_api: httpx.Client, filters: dict[str, Any], passes: Callable[[dict[str, Any]], bool]
) -> None:
    found = recommend(kit_api, **filters)["recommendations"]
    assert found
    assert all(passes(item) for item in found)


def test_the_filter_of_one_year_is_a_span_of_one_year() -> None:
    request = RecommendRequest(situation="a", year=2014)
    assert request.filters() == Filters(year_from=2014, year_to=2014)


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ({"situation": "  "}, r"situation : le texte est vide"),
        ({"situation": "a" * 2001}, r"situation : le texte est trop long"),
        ({"situation": "a", "limit": 0}, r"limit : la valeur doit être au moins 1"),
        ({"situation": "a", "limit": 21}, r"limit : la valeur doit être au plus 20"),
        ({"situation": "a", "limit": "deux"}, r"limit : un nombre entier est attendu"),
        ({"situation": "a", "in_corpus": "oui oui"}, r"in_corpus : vrai ou faux est attendu"),
        ({"question": "a"}, r"situation : ce champ est obligatoire"),
    ],
)
def test_a_wrong_situation_is_refused_in_french(api: httpx.Client, body: Any, detail: str) -> None:
    assert_problem(api.post("/api/recommend", json=body), 422, detail)


def test_without_a_catalogue_nothing_can_be_recommended(
    serve: Serve, kit_settings: Settings, tmp_path: Path
) -> None:
    settings = kit_settings.model_copy(update={"corpus_dir": tmp_path})
    with serve(create_app(settings), ready=True) as client:
        assert_problem(
            client.post("/api/recommend", json={"situation": SITUATION}), 503, r"n'a pas de catalogue"
        )
        assert ask(client).status_code == 200


# -- documents


def test_every_document_is_listed_held_or_not(api: httpx.Client) -> None:
    documents = {document["id"]: document for document in api.get("/api/documents").json()["documents"]}
    assert list(documents) == ["programme", "guide-absent", "etude"]
    assert documents["programme"]["in_corpus"]
    assert documents["programme"]["page_count"] == 2
    assert not documents["guide-absent"]["in_corpus"]
    assert documents["guide-absent"]["years"] == [2013, 2014]
    assert documents["etude"]["title"] == "L’étude"
    assert documents["etude"]["nature"] is None


def test_a_document_tells_its_pages(api: httpx.Client) -> None:
    pages = api.get("/api/documents/programme").json()["pages"]
    assert [page["number"] for page in pages] == [1, 2]
    assert api.get(pages[1]["links"]["page_image"]).status_code == 200
    assert api.get("/api/documents/guide-absent").json()["pages"] == []


def test_the_pdf_is_served_whole_and_by_ranges(api: httpx.Client) -> None:
    whole = api.get("/api/documents/programme/file")
    part = api.get("/api/documents/programme/file", headers={"Range": "bytes=10-19"})
    assert whole.headers["content-type"] == "application/pdf"
    assert whole.headers["content-disposition"].startswith("inline")
    assert part.status_code == 206
    assert part.content == whole.content[10:20]


def test_a_page_without_a_quote_has_no_quote_header(api: httpx.Client) -> None:
    image = api.get("/api/documents/programme/pages/2")
    assert image.content.startswith(b"\x89PNG")
    assert "x-cokit-quote" not in image.headers


@pytest.mark.parametrize(
    ("quote", "found"), [(QUOTE, "trouvee"), ("La seconde session collective", "absente")]
)
def test_the_header_says_whether_the_quote_is_on_the_page(api: httpx.Client, quote: str, found: str) -> None:
    image = api.get("/api/documents/programme/pages/2", params={"quote": quote})
    assert image.status_code == 200
    assert image.headers["x-cokit-quote"] == found


# -- feedback


def feedback(**changes: Any) -> dict[str, Any]:
    body = {
        "question": QUESTION,
        "answer": "Un comité [1].",
        "citations": [{"document_id": "programme", "page": 1, "quote": "un Comité"}],
        "verdict": "inutile",
        "reasons": ["incomplete"],
        "comment": " Il manque la date. ",
    }
    return body | changes


def test_feedback_is_kept_with_the_index_s_version(api: httpx.Client, kit_settings: Settings) -> None:
    from assistant.feedback import FeedbackStore

    response = api.post("/api/feedback", json=feedback())
    stored = FeedbackStore(kit_settings.data_dir, keep_days=30).all()[response.json()["id"] - 1]
    assert response.status_code == 201
    assert stored.comment == "Il manque la date."
    assert stored.index_version == api.get("/readyz").json()["index_version"]


@pytest.mark.parametrize(
    ("changes", "detail"),
    [
        ({"verdict": "bof"}, r"verdict : valeur inconnue ; valeurs possibles : 'utile' ou 'inutile'"),
        ({"reasons": ["parce que"]}, r"reasons\.0 : valeur inconnue"),
        ({"comment": "a" * 2001}, r"comment : le texte est trop long"),
        ({"email": "maire@example.org"}, r"email : ce champ n'existe pas"),
        ({"citations": [{"document_id": "programme", "page": 0}]}, r"citations\.0\.page : .* au moins 1"),
    ],
)
def test_wrong_feedback_is_refused(api: httpx.Client, changes: dict[str, Any], detail: str) -> None:
    assert_problem(api.post("/api/feedback", json=feedback(**changes)), 422, detail)


# -- health, metrics, description


def test_the_server_is_alive_before_its_index_is_loaded(serve: Serve, kit_settings: Settings) -> None:
    loading = Event()

    def load() -> Any:
        loading.wait(10)
        raise index_errors.IndexMissing(kit_settings.data_dir)

    with serve(create_app(kit_settings, load=load)) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        ready = client.get("/readyz")
        assert_problem(ready, 503, r"en cours de chargement")
        assert ready.headers["retry-after"] == "2"
        assert_problem(ask(client), 503, r"en cours de chargement")
        loading.set()


def wait_for_detail(client: httpx.Client, detail: str) -> httpx.Response:
    deadline = time.monotonic() + 60
    while detail not in (response := ask(client)).json()["detail"]:
        assert time.monotonic() < deadline, response.text
        time.sleep(0.05)
    return response


def test_without_an_index_the_problem_names_the_command_to_run(
    serve: Serve, tmp_path: Path, kit_settings: Settings
) -> None:
    settings = kit_settings.model_copy(update={"data_dir": tmp_path})
    with serve(create_app(settings)) as client:
        assert_problem(wait_for_detail(client, "Aucun index"), 503, r"Lancez « cokit ingest »")


def test_an_index_of_another_model_is_refused_with_the_remedy(serve: Serve, kit_settings: Settings) -> None:
    settings = kit_settings.model_copy(update={"embedder": "un-autre/modele"})
    with serve(create_app(settings)) as client:
        response = wait_for_detail(client, "un-autre/modele")
        assert_problem(response, 503, r"Lancez « cokit ingest »|sentence-transformers")


def test_readiness_tells_the_index(api: httpx.Client) -> None:
    body = api.get("/readyz").json()
    assert body["status"] == "ready"
    assert body["documents"] == 2
    assert body["passages"] > 0


def test_metrics_count_requests_by_route_and_never_by_question(api: httpx.Client) -> None:
    ask(api)
    text = api.get("/metrics").text
    assert re.search(r'cokit_requests_total\{route="/api/ask",status="200"\} \d', text)
    assert re.search(r'cokit_request_seconds_bucket\{le="[\d.]+",route="/api/ask"\}', text)
    assert 'cokit_answers_total{status="answered"}' in text
    assert re.search(r"cokit_index_passages [1-9]", text)
    assert "programme du parcours" not in text


def test_the_description_page_needs_no_other_host(api: httpx.Client) -> None:
    page = api.get("/docs")
    assert page.headers["content-type"].startswith("text/html")
    assert not re.search(r"https?://|<script", page.text)
    assert "POST /api/ask" in page.text
    assert 'lang="fr"' in page.text


def test_the_description_s_references_all_resolve(api: httpx.Client) -> None:
    description = api.get("/openapi.json").json()
    references = set(re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(description)))
    assert references <= set(description["components"]["schemas"])
    errors = description["paths"]["/api/ask"]["post"]["responses"]
    assert set(errors) == {"200", "404", "422", "503"}
    assert list(errors["422"]["content"]) == ["application/problem+json"]


def test_an_unforeseen_error_is_a_problem_without_a_trace(serve: Serve, kit_settings: Settings) -> None:
    class BrokenEngine:
        manifest = SimpleNamespace(passage_count=1)

        def ask(self, *_: Any, **__: Any) -> None:
            raise ZeroDivisionError("secret")

    with serve(create_app(kit_settings, load=lambda: BrokenEngine())) as client:
        deadline = time.monotonic() + 60
        while (response := ask(client)).status_code == 503:
            assert time.monotonic() < deadline, response.text
            time.sleep(0.02)
    assert_problem(response, 500, r"erreur inattendue")
    assert "secret" not in response.text


def domain_errors(root: type[Exception]) -> Iterator[type[Exception]]:
    for subclass in root.__subclasses__():
        yield subclass
        yield from domain_errors(subclass)


NOT_OF_A_REQUEST = {"SettingsError", "AddressTaken"}


def test_every_error_that_a_request_can_meet_has_its_status() -> None:
    errors = [
        error
        for error in (*domain_errors(AssistantError), *domain_errors(index_errors.IndexProblem))
        if error.__module__.split(".")[0] in {"assistant", "index"}  # a command of `evals` serves no request
    ]
    unmapped = {
        error.__name__
        for error in errors
        if status_of(error.__new__(error)) == 500 and error.__name__ not in NOT_OF_A_REQUEST
    }
    assert len(errors) > 10
    assert not unmapped
    assert len(STATUS_OF_ERROR) == len({error for error, _ in STATUS_OF_ERROR})


# -- a real server


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_the_command_serves_the_whole_path_over_http(kit_settings: Settings, tmp_path: Path) -> None:
    """From a data directory without an index: the command builds it, prints a curl line, and answers."""
    port = free_port()
    environment = os.environ | {
        "COKIT_CORPUS_DIR": str(kit_settings.corpus_dir),
        "COKIT_DATA_DIR": str(tmp_path / "data"),
    }
    with (tmp_path / "stderr").open("w") as notices:
        server = subprocess.Popen(
            [sys.executable, "-m", "assistant.cli", "serve", "--port", str(port)],
            env=environment,
            stderr=notices,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            _wait_for_server(client, server)
            body = ask(client).json()
            image = client.get(body["citations"][0]["links"]["page_image"])
        printed = (tmp_path / "stderr").read_text(encoding="utf-8")
        curl = next(line for line in printed.splitlines() if line.startswith("curl "))
        from_shell = subprocess.run(curl, shell=True, check=True, capture_output=True, text=True).stdout
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=60)
    assert body["status"] == "answered"
    assert image.headers["x-cokit-quote"] == "trouvee"
    assert json.loads(from_shell)["status"] in ("answered", "not_found")
    assert f"http://127.0.0.1:{port}" in printed
    assert "Traceback" not in printed


def _wait_for_server(client: httpx.Client, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 240
    while time.monotonic() < deadline:
        assert server.poll() is None, "the server ended"
        try:
            if client.get("/readyz").status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("not ready in time")


def test_a_port_that_is_taken_is_said_before_anything_is_loaded(kit_settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = subprocess.run(
            [sys.executable, "-m", "assistant.cli", "serve", "--port", str(taken.getsockname()[1])],
            env=os.environ | {"COKIT_DATA_DIR": str(kit_settings.data_dir)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert ended.returncode == 1
    assert "le port est déjà pris" in ended.stderr


def test_settings_given_to_the_application_are_its_own() -> None:
    assert create_app(read_settings()) is not create_app(read_settings())
