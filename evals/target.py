"""What is evaluated: the engine in this process or a server, both seen through the API's JSON alone."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

import httpx

from assistant.answer import Turn
from assistant.recommendation import Filters
from assistant.schemas import answer_out, recommendations_out
from evals.errors import TargetError

if TYPE_CHECKING:  # it loads the models: not needed to ask a server
    from assistant.assistant import Assistant
    from assistant.engine import Engine

Message = tuple[str, str]  # role (user or assistant), content
Reply = dict[str, Any]  # the body that POST /api/ask returns


class Target(Protocol):
    """Answers a question as `POST /api/ask` does."""

    def ask(
        self, question: str, *, history: Sequence[Message] = (), documents: Sequence[str] | None = None
    ) -> Reply:
        """The body of the answer; raises TargetError when there is none."""
        ...


class EngineTarget:
    """The engine in this process."""

    def __init__(self, engine: "Engine | Assistant") -> None:
        self._engine = engine

    def ask(
        self, question: str, *, history: Sequence[Message] = (), documents: Sequence[str] | None = None
    ) -> Reply:
        """What the API would return."""
        turns = tuple(Turn(role, content) for role, content in history)  # type: ignore[arg-type]
        answer = self._engine.ask(question, history=turns, documents=documents)
        return answer_out(answer).model_dump(mode="json")


class EngineRecommendations:
    """The recommendations of the engine in this process."""

    def __init__(self, engine: "Engine") -> None:
        self._engine = engine

    def recommend(self, situation: str, *, limit: int) -> Reply:
        """What the API would return."""
        found = self._engine.recommend(situation, limit=limit, filters=Filters())
        return recommendations_out(found).model_dump(mode="json")


class ServerTarget:
    """A running server, asked over HTTP."""

    def __init__(self, url: str, *, timeout_seconds: float = 30) -> None:
        self._url = url.rstrip("/")
        self._client = httpx.Client(timeout=timeout_seconds)

    def ask(
        self, question: str, *, history: Sequence[Message] = (), documents: Sequence[str] | None = None
    ) -> Reply:
        """What `POST /api/ask` returns.

        Raises:
            TargetError: no server there, or it refuses the question; its own words are kept.
        """
        body: dict[str, Any] = {"question": question}
        if history:
            body["history"] = [{"role": role, "content": content} for role, content in history]
        if documents is not None:
            body["documents"] = list(documents)
        return self._post("/api/ask", body)

    def recommend(self, situation: str, *, limit: int) -> Reply:
        """What `POST /api/recommend` returns.

        Raises:
            TargetError: as for `ask`.
        """
        return self._post("/api/recommend", {"situation": situation, "limit": limit})

    def _post(self, path: str, body: dict[str, Any]) -> Reply:
        try:
            response = self._client.post(self._url + path, json=body)
        except (httpx.TransportError, httpx.InvalidURL, httpx.UnsupportedProtocol) as error:
            raise TargetError(f"{self._url} : pas de réponse. Lancez « cokit serve » ({error}).") from error
        if response.status_code != httpx.codes.OK:
            said = response.text[:300]
            raise TargetError(f"{self._url}{path} : réponse {response.status_code} : {said}")
        found: Reply = response.json()
        return found
