"""The real app in a process of its own, on an embedded database of its own, and a browser to look at it."""

import shutil
from collections.abc import Iterator
from typing import Any

import pytest

from running import App, started

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
