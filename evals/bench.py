"""What a deployment costs: time of an answer, of a start, of an ingestion; memory; size on disk."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter, sleep

import httpx
import numpy as np

from assistant.settings import Settings
from evals.errors import TargetError
from evals.target import ServerTarget, Target

WARM_UP = 5  # questions asked before any is timed
START_LIMIT_SECONDS = 120
MEGABYTE = 1024 * 1024
COMMAND = (sys.executable, "-c", "from assistant.cli import main; main()")


@dataclass(frozen=True, slots=True)
class Measurement:
    """One figure of the benchmark; `aim` is the most it should be (issue 2), None where there is none."""

    name: str
    label: str
    value: float
    unit: str  # ms, s or Mo
    aim: float | None = None


def ask_latency(target: Target, questions: Sequence[str]) -> list[Measurement]:
    """Median and 95th percentile of one client's questions, one after the other, warm."""
    for question in questions[:WARM_UP]:
        target.ask(question)
    milliseconds = []
    for question in questions:
        started = perf_counter()
        target.ask(question)
        milliseconds.append((perf_counter() - started) * 1000)
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return [
        Measurement("ask_p50", "POST /api/ask, médiane", float(p50), "ms", aim=60),
        Measurement("ask_p95", "POST /api/ask, 95e centile", float(p95), "ms"),
    ]


def serving(questions: Sequence[str], settings: Settings) -> list[Measurement]:
    """A server started for it: time to ready, time of an answer, memory once it has answered.

    Raises:
        TargetError: the server does not become ready.
    """
    with running_server(settings) as server:
        latency = ask_latency(ServerTarget(server.url), questions)
        memory = process_memory(server.process_id)
    return [
        *latency,
        Measurement("serve_ready", "cokit serve, jusqu'à prêt", server.ready_seconds, "s", aim=6),
        Measurement("memory", "mémoire du serveur (VmRSS)", memory["VmRSS"], "Mo", aim=500),
        Measurement("memory_peak", "mémoire du serveur, maximum (VmHWM)", memory["VmHWM"], "Mo"),
    ]


def unchanged_ingestion(settings: Settings, documents: Path) -> Measurement:
    """Time of `cokit ingest DOCUMENTS`, start of Python included, when nothing changed since the last one.

    Raises:
        TargetError: the ingestion fails.
    """
    environment = _environment(settings)
    seconds = 0.0
    for _ in range(2):  # the first brings the index up to date
        started = perf_counter()
        done = subprocess.run(
            [*COMMAND, "ingest", str(documents)], env=environment, capture_output=True, text=True
        )
        seconds = perf_counter() - started
        if done.returncode:
            raise TargetError(f"cokit ingest : code {done.returncode}.\n{done.stderr.strip()}")
    return Measurement("ingest_unchanged", "cokit ingest, rien n'a changé", seconds, "s", aim=5)


def installed_size(environment: Path = Path(sys.prefix)) -> Measurement:
    """The files of the Python environment that runs, in megabytes on the file system's own count."""
    seen: set[tuple[int, int]] = set()
    size = 0
    for folder, _, names in os.walk(environment):
        for name in names:
            status = Path(folder, name).lstat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                size += status.st_size
    return Measurement("installed_size", "environnement installé", size / MEGABYTE, "Mo", aim=1.2 * 1024)


def process_memory(process_id: int) -> Mapping[str, float]:
    """`VmRSS` and `VmHWM` (its peak) of a process, in megabytes, from /proc."""
    status = Path(f"/proc/{process_id}/status").read_text()
    found = re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB", status, re.MULTILINE)
    return {name: int(kilobytes) / 1024 for name, kilobytes in found}


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A `cokit serve` of our own."""

    url: str
    process_id: int
    ready_seconds: float


@contextmanager
def running_server(settings: Settings) -> Iterator[RunningServer]:
    """`cokit serve` on a free port of 127.0.0.1, ready; ended on the way out.

    Raises:
        TargetError: it stops, or is not ready in time.
    """
    port = _free_port()
    environment = _environment(settings)
    command = [*COMMAND, "serve", "--host", "127.0.0.1", "--port", str(port)]
    started = monotonic()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_until_ready(url, process, deadline=started + START_LIMIT_SECONDS)
        yield RunningServer(url, process.pid, monotonic() - started)
    finally:
        process.terminate()
        process.wait(timeout=20)


def _wait_until_ready(url: str, process: "subprocess.Popen[bytes]", *, deadline: float) -> None:
    while monotonic() < deadline:
        if process.poll() is not None:
            raise TargetError(
                f"cokit serve s'est arrêté (code {process.returncode}). Essayez « cokit doctor »."
            )
        try:
            if httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # not listening yet
        sleep(0.02)
    raise TargetError(f"cokit serve n'est pas prêt après {START_LIMIT_SECONDS} s.")


def _environment(settings: Settings) -> dict[str, str]:
    folders = {"COKIT_DATA_DIR": settings.data_dir, "COKIT_CORPUS_DIR": settings.corpus_dir}
    return os.environ | {name: str(folder) for name, folder in folders.items()}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
