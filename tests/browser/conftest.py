"""The real app in a process of its own, on an embedded database of its own, and a browser to look at it."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from running import App

ROOT = Path(__file__).resolve().parents[2]
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
# As root there is no sandbox; a test machine has no graphics card, and nothing may go out to the network.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app as `streamlit run app.py` starts it, with an empty embedded database."""
    with started(tmp_path_factory) as running:
        yield running


@pytest.fixture(scope="module")
def own_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """An app of the module's own, whose database holds only what the module's tests put there."""
    with started(tmp_path_factory) as running:
        yield running


@contextmanager
def started(
    tmp_path_factory: pytest.TempPathFactory, port: int = 0, secrets: Path | None = None, **environment: str
) -> Iterator[App]:
    """The app in a process of its own, until the block ends; with a file of secrets, and with more in its environment."""
    # not below pytest's own directory: the database's user must be able to reach it
    home = Path(tempfile.mkdtemp(prefix="storeledger-browser-"))
    console = tmp_path_factory.mktemp("app") / "console.log"
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    known |= {"ANALYTICS_HOME": str(home)} | environment
    port = port or free_port()
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.headless",
        "true",
        "--server.port",
        str(port),
        *(["--secrets.files", str(secrets)] if secrets else []),
    ]
    with console.open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=known, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait(f"http://localhost:{port}/_stcore/health", process)
        yield App(f"http://localhost:{port}", console)
    finally:
        process.terminate()
        process.wait(timeout=30)
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium without a window; the test is skipped where there is none."""
    if BROWSER is None:
        pytest.skip("no Chromium on this machine: install the package chromium to run the browser tests")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield opened
        opened.close()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(address: str, process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the app did not start within a minute")
