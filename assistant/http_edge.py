"""What surrounds every route: a bound on bodies, counts and durations for Prometheus, safe headers."""

from http import HTTPStatus
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.problems import problem

DURATION_BUCKETS = (0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.25, 0.5, 1.0, 2.5, 10.0)  # seconds
SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


class Metrics:
    """The figures that `/metrics` shows; a registry of its own, so that two applications can live at once."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "cokit_requests", "Requests by route and status", ["route", "status"], registry=self.registry
        )
        self.durations = Histogram(
            "cokit_request_seconds",
            "Time to answer, by route",
            ["route"],
            buckets=DURATION_BUCKETS,
            registry=self.registry,
        )
        self.answers = Counter("cokit_answers", "Answers by status", ["status"], registry=self.registry)
        self.passages = Gauge("cokit_index_passages", "Passages of the loaded index", registry=self.registry)


class MeasuredEdge:
    """ASGI middleware: counts and times each request by its route's template and adds the safe headers."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        status = HTTPStatus.INTERNAL_SERVER_ERROR.value

        async def send_noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).update(SAFE_HEADERS)
            await send(message)

        try:
            await self._app(scope, receive, send_noting)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._metrics.requests.labels(route, str(status)).inc()
            self._metrics.durations.labels(route).observe(perf_counter() - started)


class BoundedBody:
    """ASGI middleware: a body above the bound is refused with 413 before it is held in memory."""

    def __init__(self, app: ASGIApp, *, max_bytes: int) -> None:
        self._app = app
        self._max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        messages: list[Message] = []
        size = 0
        while True:
            message = await receive()
            messages.append(message)
            size += len(message.get("body", b""))
            if size > self._max_bytes:
                response = problem(
                    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                    f"La requête dépasse {self._max_bytes // 1024} Ko. Raccourcissez l'historique.",
                    headers={"Connection": "close"},
                )
                await response(scope, receive, send)
                return
            if message["type"] != "http.request" or not message.get("more_body", False):
                break
        pending = iter(messages)

        async def replay() -> Message:
            return next(pending, None) or await receive()

        await self._app(scope, replay, send)
