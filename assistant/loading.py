"""Something slow to load, loaded in the background and tried again after a failure."""

import logging
from collections.abc import Callable
from threading import Condition, Thread
from time import monotonic
from typing import Generic, TypeVar

from assistant.errors import NotReady

log = logging.getLogger(__name__)
Loaded = TypeVar("Loaded")


class BackgroundLoading(Generic[Loaded]):
    """Loads once in a thread; `get` answers at once with the value, the failure or `NotReady`.

    After a failure the next `get` past `retry_seconds` starts another try, so that a server started before
    its index serves as soon as there is one.
    """

    def __init__(self, load: Callable[[], Loaded], *, retry_seconds: float = 2.0) -> None:
        self._load = load
        self._retry_seconds = retry_seconds
        self._changed = Condition()
        self._value: Loaded | None = None
        self._failure: Exception | None = None
        self._failed_at = 0.0
        self._running = False

    def start(self) -> None:
        """Begin loading unless it runs already or is done."""
        with self._changed:
            if self._running or self._value is not None:
                return
            self._running = True
        Thread(target=self._run, name="cokit-loading", daemon=True).start()

    def get(self) -> Loaded:
        """The loaded value.

        Raises:
            NotReady: it is still being loaded.
            Exception: whatever the last try raised.
        """
        with self._changed:
            if self._value is not None:
                return self._value
            failure = self._failure
            due = failure is not None and monotonic() - self._failed_at > self._retry_seconds
        if failure is None or due:
            self.start()
        if failure is None:
            raise NotReady
        raise failure.with_traceback(None)

    def wait(self, timeout_seconds: float) -> bool:
        """Wait for the try under way; whether a value is there."""
        with self._changed:
            self._changed.wait_for(lambda: not self._running, timeout_seconds)
            return self._value is not None

    def _run(self) -> None:
        value, failure = None, None
        try:
            value = self._load()
        except Exception as error:  # the thread's outermost edge: `get` raises it for the caller
            log.error("Chargement impossible : %s", error)
            failure = error
        with self._changed:
            self._value, self._failure, self._failed_at = value, failure, monotonic()
            self._running = False
            self._changed.notify_all()
