"""The app on its own computer, asked for real over its websocket: who is no browser on this computer is told so."""

import socket
from collections.abc import Iterator

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from running import App, started


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app as it starts; whoever is turned away does not even make it open its database."""
    with started(tmp_path_factory) as running:
        yield running


def own_address() -> str | None:
    """An address of this computer that others use, too; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return None
        found = str(probe.getsockname()[0])
    return None if found.startswith("127.") else found


def told(app: App, client: str = "127.0.0.1", host: str = "localhost", **headers: str) -> str:
    """Everything that a session says in headings and sentences, asked for at an address, under a name, with headers."""
    port = int(app.address.rpartition(":")[2])
    wanted = BackMsg()
    wanted.rerun_script.query_string = ""
    said: list[str] = []
    with (
        socket.create_connection((client, port), timeout=20) as line,
        connect(
            f"ws://{host}:{port}/_stcore/stream",
            sock=line,
            subprotocols=["streamlit"],
            additional_headers=headers,  # type: ignore[list-item]
        ) as session,
    ):
        session.send(wanted.SerializeToString())
        while True:
            message = ForwardMsg()
            try:
                message.ParseFromString(session.recv(timeout=20))  # type: ignore[arg-type]
            except ConnectionClosed:
                break
            if message.HasField("script_finished"):
                break
            element = message.delta.new_element
            said += [element.heading.body, element.markdown.body]
    return "\n".join(said)


def test_who_is_no_browser_on_this_computer_is_turned_away(local: App) -> None:
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"):
        text = told(local, **{header: "127.0.0.1"})
        assert "This page is private" in text and "through a proxy" in text, header
    foreign = told(local, host="evil.example")
    assert "This page is private" in foreign and "not this computer's own" in foreign
    assert "Net sales" not in foreign and "Import" not in foreign
    assert "error" not in local.console.read_text().lower()


def test_the_computers_own_address_is_another_one(local: App) -> None:
    address = own_address()
    if address is None:
        pytest.skip("this machine has no address but its own")
    try:
        text = told(local, client=address, host=address)
    except (ConnectionRefusedError, InvalidStatus):
        return  # bound to this computer alone, which is the second wall
    assert "comes from another one" in text
