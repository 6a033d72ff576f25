"""The gate: who may come in without a login, and what everyone else is told."""

import pytest

from pages.ui.gate import FORWARDED, allow

HOST = {"Host": "localhost:8501"}
LOCAL = {"login": False}


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


def test_a_configured_login_decides_instead_of_the_machine() -> None:
    assert allow("8.8.8.8", {"Host": "shop.example", "X-Forwarded-For": "8.8.8.8"}, {"login": True}) is None
