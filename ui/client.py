"""The HTTP API as typed calls; every failure is an `ApiError` with a French message."""

import os
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from urllib.parse import quote as percent_encode

import httpx

from ui.errors import ApiError, ApiFailed, ApiNotReady, ApiRefused, ApiUnreachable
from ui.responses import KitDocument, PageImage, ReadingList, Reply, Source

DEFAULT_API_URL = "http://127.0.0.1:8000"
TIMEOUT_SECONDS = 60.0  # a language model behind the API may think for long
READY_TIMEOUT_SECONDS = 3.0
QUOTE_HEADER = "x-cokit-quote"  # « trouvee » or « absente »
HISTORY_MESSAGES = 20  # the most that the API takes
UNREACHABLE = "L’assistant ne répond pas pour le moment."
NOT_READY = "L’assistant est en train de charger les documents."
FAILED = "L’assistant n’a pas pu traiter la demande."
TOO_SLOW = "L’assistant met trop de temps à répondre."

Parsed = TypeVar("Parsed")


def api_url() -> str:
    """The address of the API, from COKIT_API_URL, without a trailing slash."""
    return os.environ.get("COKIT_API_URL", DEFAULT_API_URL).rstrip("/")


class KitClient:
    """The API at one address; safe to share between threads."""

    def __init__(self, base_url: str) -> None:
        # No proxy from the environment: the API is a neighbour, not a site.
        self._http = httpx.Client(base_url=base_url, timeout=TIMEOUT_SECONDS, trust_env=False)

    def close(self) -> None:
        self._http.close()

    def check_ready(self) -> None:
        """Return when the API can answer; raise ApiUnreachable or ApiNotReady when it cannot."""
        self._request("GET", "/readyz", timeout=READY_TIMEOUT_SECONDS)

    def ask(self, question: str, *, history: Sequence[tuple[str, str]] = ()) -> Reply:
        """The answer to a question; `history` holds the former (question, answer) pairs, oldest first."""
        messages = [
            {"role": role, "content": content}
            for pair in history
            for role, content in zip(("user", "assistant"), pair, strict=True)
            if content.strip()
        ]
        body = {"question": question, "history": messages[-HISTORY_MESSAGES:]}
        return _parse(Reply.from_json, self._json("POST", "/api/ask", json=body))

    def recommend(self, situation: str, *, limit: int, filters: dict[str, Any]) -> ReadingList:
        """Documents to read for a situation; `filters` holds only the filters that are set."""
        body = {"situation": situation, "limit": limit, **filters}
        return _parse(ReadingList.from_json, self._json("POST", "/api/recommend", json=body))

    def documents(self) -> tuple[KitDocument, ...]:
        """Every document that the kit lists."""
        data = self._json("GET", "/api/documents")
        return _parse(lambda body: tuple(map(KitDocument.from_json, body["documents"])), data)

    def page_image(self, document_id: str, page: int, *, quote: str | None = None) -> PageImage:
        """The image of a page, with the quote highlighted where it stands."""
        response = self._request(
            "GET",
            f"/api/documents/{percent_encode(document_id, safe='')}/pages/{page}",
            params={"quote": quote} if quote else None,
        )
        return PageImage(response.content, response.headers.get(QUOTE_HEADER) == "trouvee")

    def send_feedback(
        self,
        *,
        question: str,
        answer: str,
        sources: Sequence[Source],
        useful: bool,
        reasons: Sequence[str] = (),
        comment: str = "",
    ) -> None:
        """Store what the reader thought of an answer; nothing about the reader is sent."""
        citations = [
            {
                "number": source.number,
                "document_id": source.document_id,
                "title": source.title,
                "page": source.page,
                "page_label": source.page_label,
                "quote": source.quote,
            }
            for source in sources
        ]
        body = {
            "question": question,
            "answer": answer,
            "citations": citations,
            "verdict": "utile" if useful else "inutile",
            "reasons": list(reasons),
            "comment": comment,
        }
        self._request("POST", "/api/feedback", json=body)

    def _json(self, method: str, path: str, **arguments: Any) -> Any:
        try:
            return self._request(method, path, **arguments).json()
        except ValueError as error:
            raise ApiFailed(FAILED) from error

    def _request(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **arguments)
        except httpx.TimeoutException as error:
            raise ApiUnreachable(TOO_SLOW) from error
        except (httpx.RequestError, httpx.InvalidURL) as error:
            raise ApiUnreachable(UNREACHABLE) from error
        if response.is_success:
            return response
        raise _refusal(response)


def _refusal(response: httpx.Response) -> ApiError:
    """The error that an unsuccessful response stands for, with the API's own words where it gave some."""
    detail = _problem_detail(response)
    if response.status_code == httpx.codes.SERVICE_UNAVAILABLE:
        return ApiNotReady(detail or NOT_READY)
    if response.is_client_error:
        return ApiRefused(detail or FAILED)
    return ApiFailed(FAILED)


def _problem_detail(response: httpx.Response) -> str | None:
    """The `detail` of an RFC 9457 problem."""
    try:
        problem = response.json()
    except ValueError:
        return None
    detail = problem.get("detail") if isinstance(problem, dict) else None
    return detail if isinstance(detail, str) and detail else None


def _parse(parse: Callable[[Any], Parsed], data: Any) -> Parsed:
    try:
        return parse(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ApiFailed(FAILED) from error
