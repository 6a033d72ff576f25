"""The app that runs for the browser tests: how it is started, where it answers."""

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
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class App:
    """Where the app answers, and what it wrote to its console."""

    address: str
    console: Path


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
