"""Who may come in: without a login, only a browser on this very machine."""

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address
from urllib.parse import urlsplit

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics import actor
from pages.ui import reads, shared

# A proxy on this machine makes the whole world look local, and each of these says that there is one.
FORWARDED = (
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
    "x-forwarded-port",
    "x-forwarded-server",
    "x-real-ip",
    "x-client-ip",
    "x-cluster-client-ip",
    "x-original-host",
    "true-client-ip",
    "cf-connecting-ip",
    "fastly-client-ip",
    "fly-client-ip",
    "via",
)
LOCAL_NAMES = ("localhost", "127.0.0.1", "::1")
# Logins come with sharing; until then none can be configured, and the gate stays shut to everyone else.
SETTINGS: Mapping[str, bool] = {"login": False}


def allow(client: str | None, headers: Mapping[str, str], settings: Mapping[str, bool]) -> str | None:
    """Why this visitor is turned away, in words for the page; None if they may come in.

    `client` is the address the connection comes from, `headers` are those of the request, in any case. Where
    settings["login"] is true a login decides instead, and everyone may come as far as that.
    """
    if settings.get("login"):
        return None
    given = {name.lower(): value for name, value in headers.items()}
    if not _is_loopback(client):
        return "Storeledger answers only the computer it runs on, and this connection comes from another one."
    if any(name in given for name in FORWARDED):
        return "This request came through a proxy, which can bring in visitors from anywhere."
    if _host(given.get("host", "")) not in LOCAL_NAMES:
        return "This page was opened under a name that is not this computer's own."
    return None


def _is_loopback(client: str | None) -> bool:
    try:
        address = ip_address(client or "")
    except ValueError:
        return False
    # an IPv4 connection to a server that listens on IPv6 arrives as ::ffff:127.0.0.1
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return (mapped or address).is_loopback


def _host(header: str) -> str:
    try:
        return urlsplit(f"//{header}").hostname or ""
    except ValueError:
        return ""


def visitor() -> tuple[str | None, dict[str, str]]:
    """The address and headers of the connection this run answers; no address if there is none."""
    context = get_script_run_ctx()
    client = runtime.get_instance().get_client(context.session_id) if context and runtime.exists() else None
    # st.context.ip_address is None for a local visitor and for a missing one: the gate must tell them apart
    remote = client.client_context.remote_ip if client and client.client_context else None
    return remote, dict(st.context.headers.items())


def enter() -> None:
    """Let the visitor in, or say why not and what to do, and stop."""
    if shared.NAME in st.query_params:
        reads.open_database()
        actor.become(shared.enter(st.query_params[shared.NAME]))
        return
    actor.become(None)
    reason = allow(*visitor(), SETTINGS)
    if reason is None:
        return
    st.title("This page is private")
    st.write(reason)
    st.write(
        "On the computer where Storeledger runs, open http://localhost:8501 (the number after the colon is the one it "
        "printed when it started). There is no login yet with which others could come in."
    )
    st.stop()
