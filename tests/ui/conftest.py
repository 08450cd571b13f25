"""Real parts for the screens' tests: the API on the real corpus, the front end, Chromium, axe-core."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CHROMIUM_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE_VERSION = "4.14.1"
START_SECONDS = 240.0
BUILD_SECONDS = 600.0  # the first time, every sentence is embedded
WAIT_MILLISECONDS = 60_000


@dataclass(frozen=True)
class Running:
    """A server of this test session."""

    url: str
    process: subprocess.Popen[bytes]
    data_dir: Path | None = None


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_it_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, f"{process.args} ended with {process.returncode}"
        try:
            if httpx.get(url, trust_env=False, timeout=10).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"{url} does not answer after {START_SECONDS} s")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(5)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def start(arguments: list[str], log: Path, **environment: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=os.environ | environment,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config, logs: Path) -> Path:
    """The index of the documents of corpus/, built for this session; embeddings are kept between sessions."""
    folder = tmp_path_factory.mktemp("data")
    assert pytestconfig.cache
    kept = pytestconfig.cache.mkdir("ui-embeddings")
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    building = start(["-m", "assistant.cli", "ingest", "--data-dir", str(folder)], logs / "ingest.log")
    assert building.wait(BUILD_SECONDS) == 0, (logs / "ingest.log").read_text("utf-8")
    shutil.copytree(folder, kept, dirs_exist_ok=True, ignore=shutil.ignore_patterns("index*", "*.lock"))
    return folder


@pytest.fixture(scope="session")
def real_api(data_dir: Path, logs: Path) -> Iterator[Running]:
    """`cokit serve` on the documents of corpus/."""
    port = unused_port()
    process = start(
        ["-m", "assistant.cli", "serve", "--port", str(port), "--data-dir", str(data_dir)], logs / "api.log"
    )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_until_it_answers(f"{url}/readyz", process)
        yield Running(url, process, data_dir)
    finally:
        stop(process)


@pytest.fixture(scope="session")
def start_fake_api(logs: Path) -> Iterator[Callable[[int], Running]]:
    """Start the hand-made API at a port."""
    started: list[subprocess.Popen[bytes]] = []

    def start_at(port: int) -> Running:
        process = start([str(HERE / "fake_api.py"), str(port)], logs / f"fake-{port}.log")
        started.append(process)
        wait_until_it_answers(f"http://127.0.0.1:{port}/readyz", process)
        return Running(f"http://127.0.0.1:{port}", process)

    yield start_at
    for process in started:
        stop(process)


@pytest.fixture(scope="session")
def start_front_end(logs: Path) -> Iterator[Callable[[str], Running]]:
    """Start `cokit ui` in front of an API."""
    started: list[subprocess.Popen[bytes]] = []

    def start_before(api_url: str) -> Running:
        port = unused_port()
        process = start(
            ["-m", "assistant.cli", "ui", "--port", str(port), "--api-url", api_url], logs / f"ui-{port}.log"
        )
        started.append(process)
        wait_until_it_answers(f"http://127.0.0.1:{port}/_stcore/health", process)
        return Running(f"http://127.0.0.1:{port}", process)

    yield start_before
    for process in started:
        stop(process)


@pytest.fixture(scope="session")
def front_end(real_api: Running, start_front_end: Callable[[str], Running]) -> str:
    """The address of the front end of the real API."""
    return start_front_end(real_api.url).url


@pytest.fixture(scope="session")
def hostile_front_end(
    start_fake_api: Callable[[int], Running], start_front_end: Callable[[str], Running]
) -> str:
    """The address of a front end whose API sends text that attacks the page."""
    return start_front_end(start_fake_api(unused_port()).url).url


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: apt-get install -y chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(CHROMIUM_ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="fr-FR", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(WAIT_MILLISECONDS)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page that fails the test when it reaches for anything but this machine, or its script fails."""
    page = context.new_page()
    elsewhere: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: None if is_local(request.url) else elsewhere.append(request.url))
    page.on("pageerror", lambda error: failures.append(str(error)))
    yield page
    assert elsewhere == []
    assert failures == []


def is_local(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:", "chrome-extension:", "about:"))


@pytest.fixture(scope="session")
def axe_source() -> str:
    """axe-core, installed from npm on first use (never committed)."""
    script = HERE / "node_modules" / "axe-core" / "axe.min.js"
    package = f"axe-core@{AXE_VERSION}"
    if not script.exists():
        subprocess.run(
            ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(HERE), package],
            check=True,
            stdout=subprocess.DEVNULL,
        )
    return script.read_text("utf-8")


@pytest.fixture(scope="session")
def screenshots() -> Path:
    """Where the tests leave what they saw, to be looked at (git-ignored)."""
    folder = HERE / "screenshots"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def free_port() -> int:
    """A port where nothing listens yet."""
    return unused_port()
