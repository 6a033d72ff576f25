"""The gate: who may come in without a login, and what everyone else is told."""

from pathlib import Path
from typing import Any

import pytest

from pages.ui.gate import FORWARDED, allow
from screens import SETTINGS, come_in, open_page, words

HOST = {"Host": "localhost:8501"}
LOCAL: dict[str, str] = {"host": ""}
HOSTED = {"host": "shop.example"}


@pytest.mark.parametrize("client", ["127.0.0.1", "::1", "::ffff:127.0.0.1", "127.8.9.1"])
def test_a_browser_on_this_machine_comes_in(client: str) -> None:
    assert allow(client, HOST, LOCAL) is None


@pytest.mark.parametrize(
    "client", ["192.168.1.20", "8.8.8.8", "::ffff:192.168.1.20", "fe80::1", "2001:db8::1", "0.0.0.0"]
)
def test_another_machine_is_turned_away(client: str) -> None:
    assert "comes from another one" in str(allow(client, HOST, LOCAL))


@pytest.mark.parametrize("client", [None, "", "localhost", "127.0.0.1, 8.8.8.8", "not an address"])
def test_a_client_that_is_missing_or_unreadable_is_turned_away(client: str | None) -> None:
    assert allow(client, HOST, LOCAL) is not None


@pytest.mark.parametrize("header", FORWARDED)
def test_a_forwarded_header_is_turned_away_even_from_this_machine(header: str) -> None:
    assert "proxy" in str(allow("127.0.0.1", {**HOST, header.title(): "127.0.0.1"}, LOCAL))


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "x-real-ip"])
def test_the_headers_that_every_proxy_sends_are_known(header: str) -> None:
    assert header in FORWARDED


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "127.0.0.1:8600", "[::1]:8501", "[::1]"])
def test_this_machines_own_names_are_right(host: str) -> None:
    assert allow("127.0.0.1", {"host": host}, LOCAL) is None


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "localhost.evil.example:8501",
        "127.0.0.1.evil.example",
        "192.168.1.5:8501",
        "0.0.0.0:8501",
        "localhost@evil.example",
        "[::1",
        "::1",
    ],
)
def test_any_other_name_is_turned_away(host: str) -> None:
    assert "not this computer's own" in str(allow("127.0.0.1", {"Host": host}, LOCAL))


def test_a_request_without_a_host_is_turned_away() -> None:
    assert allow("127.0.0.1", {}, LOCAL) is not None


@pytest.mark.parametrize("host", ["shop.example", "SHOP.example:443"])
def test_an_app_with_an_address_answers_others_under_its_name(host: str) -> None:
    assert allow("8.8.8.8", {"Host": host, "X-Forwarded-For": "8.8.8.8"}, HOSTED) is None


@pytest.mark.parametrize("host", ["", "shop.example.evil", "evil.example", "localhost:8501", "127.0.0.1", "10.0.0.7"])
def test_an_app_with_an_address_answers_under_no_other_name(host: str) -> None:
    assert "not its own" in str(allow("127.0.0.1", {"Host": host, "X-Forwarded-Host": "shop.example"}, HOSTED))


def test_an_app_with_an_address_answers_no_connection_that_is_none() -> None:
    assert allow(None, {"Host": "shop.example"}, HOSTED) is not None


def test_a_gate_with_a_fault_lets_nobody_in_and_says_so_in_words(
    emptied: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    come_in(monkeypatch)
    monkeypatch.setattr("pages.ui.states.keep_fault", lambda what: tmp_path / "errors.log")

    def broken(*_: Any) -> None:
        raise KeyError("no headers")

    monkeypatch.setattr("pages.ui.gate.visitor", broken)
    screen = open_page(SETTINGS)
    assert "Storeledger has a fault" in words(screen)
    assert not screen.button and not screen.selectbox
