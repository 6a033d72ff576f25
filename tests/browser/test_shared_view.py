"""A link in a real browser: made on a page, opened elsewhere without a login, and deaf to what a browser makes up."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

import shop_files
from running import App, free_port, started

LAST_DAY = date(2026, 3, 20)
VIEW = "sales?days=2026-03-01&days=2026-03-20&clock=order+date"
CARD = "[data-testid=stMetric]"
STREAM = "**/_stcore/stream"
CONTROLS = "input, [data-baseweb=select], [data-testid=stButton], [data-testid=stPopover] button:has-text('Share')"


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """Where the shop's database is."""
    made = Path(tempfile.mkdtemp(prefix="storeledger-browser-"))
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture(scope="module")
def here(home: Path, browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app as the shop's owner has it, after orders were dropped in."""
    with started(tmp_path_factory, ANALYTICS_HOME=str(home), ANALYTICS_BACKGROUND="off") as running:
        page = browser.new_page()
        page.goto(f"{running.address}/import")
        file = shop_files.orders(tmp_path_factory.mktemp("links") / "orders_export.csv", LAST_DAY)
        page.locator("input[type=file]").set_input_files(str(file), timeout=60_000)
        page.get_by_role("button", name="Import", exact=True).click(timeout=30_000)
        page.get_by_text("rows: ").first.wait_for(timeout=60_000)
        page.close()
        yield running


@pytest.fixture(scope="module")
def public(here: App, home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The public address of the same shop, where nobody can sign in."""
    port = free_port()
    address = f"http://shop.localhost:{port}"
    with started(tmp_path_factory, port, ANALYTICS_HOME=str(home), ANALYTICS_URL=address, ANALYTICS_BACKGROUND="off"):
        yield address


def read(ids: dict[str, str]) -> Callable[[bytes | str], None]:
    """What notes down the numbers that widgets have, by their labels, from what a server sends."""

    def note(message: bytes | str) -> None:
        if isinstance(message, bytes):
            element = ForwardMsg.FromString(message).delta.new_element
            kind = element.WhichOneof("type")
            if kind in ("selectbox", "date_input"):
                ids[getattr(element, kind).label] = getattr(element, kind).id

    return note


def forge(asked: dict[str, Any], states: dict[str, str]) -> Callable[[Any], None]:
    """What stands between a page and its server, and adds to every message another address and other states of widgets."""

    def between(socket: Any) -> None:
        server = socket.connect_to_server()

        def send(message: bytes | str) -> None:
            if isinstance(message, bytes):
                said = BackMsg.FromString(message)
                if said.WhichOneof("type") == "rerun_script":
                    said.rerun_script.query_string += "&" + urlencode(asked, doseq=True)
                    for number, value in states.items():
                        said.rerun_script.widget_states.widgets.add(id=number, string_value=value)
                message = said.SerializeToString()
            server.send(message)

        socket.on_message(send)

    return between


def test_a_link_made_on_a_page_opens_that_view_and_nothing_else(here: App, public: str, browser: Any) -> None:
    owner, ids = browser.new_page(viewport={"width": 1440, "height": 900}), {}
    note = read(ids)
    owner.on("websocket", lambda socket: socket.on("framereceived", note))
    owner.goto(f"{here.address}/{VIEW}")
    owner.locator(CARD).first.wait_for(timeout=60_000)
    right = owner.locator(CARD).first.inner_text()
    owner.get_by_role("button", name="Share").click()
    owner.get_by_role("button", name="Make link").click()
    token = owner.locator("code", has_text="share=").first.inner_text(timeout=30_000).partition("share=")[2].strip()

    visitor = browser.new_context(viewport={"width": 390, "height": 900}).new_page()
    visitor.goto(f"{public}/sales?share={token}")
    visitor.locator(CARD).first.wait_for(timeout=60_000)
    visitor.get_by_text("Total sales").first.wait_for(timeout=30_000)
    assert visitor.locator(CARD).first.inner_text() == right and "115.04" in right
    assert not visitor.locator(CONTROLS).count() and not visitor.get_by_text("Overview").count()
    assert visitor.url == f"{public}/sales?share={token}"
    assert visitor.evaluate("document.documentElement.scrollWidth") <= 390
    with visitor.expect_download(timeout=30_000) as saved:
        visitor.get_by_role("button", name="CSV").last.click()
    assert saved.value.suggested_filename.endswith(".csv")

    forged = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    made_up = {ids["Refunds count on"]: "refund date", ids["Compared with"]: "previous days"}
    forged.route_web_socket(STREAM, forge({"clock": "refund date", "days": ["2026-03-18", "2026-03-18"]}, made_up))
    forged.goto(f"{public}/sales?share={token}&store=Another")
    forged.locator(CARD).first.wait_for(timeout=60_000)
    forged.get_by_text("1 – 20 Mar 2026").first.wait_for(timeout=30_000)
    assert forged.get_by_text("refunds on the order date").count() and not forged.get_by_text("refund date").count()
    assert forged.locator(CARD).first.inner_text() == right

    for address, words in (
        (f"sales?share={token[:-1]}{'A' if token[-1] != 'A' else 'B'}", "opens nothing here"),
        (f"orders?share={token}", "opens another page"),
        (f"links?share={token}", "opens another page"),
    ):
        visitor.goto(f"{public}/{address}")
        visitor.get_by_text(words).first.wait_for(timeout=30_000)
        assert not visitor.locator(f"{CARD}, [data-testid=stDataFrame]").count()

    owner.goto(f"{here.address}/links")
    owner.get_by_role("button", name="Revoke this link").click(timeout=30_000)
    owner.get_by_text("is revoked").first.wait_for(timeout=30_000)
    forged.reload()
    forged.get_by_text("was withdrawn").wait_for(timeout=30_000)
    assert not forged.locator(CARD).count()
