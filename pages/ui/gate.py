"""Who may come in, and who acts: decided anew at every run, and wherever else the browser makes something run.

Here it is whoever sits at the machine; under ANALYTICS_URL, whoever opened a signed link or signed in. Streamlit runs
fragments, dialogs, callbacks of widgets and files to download without app.py: those go through this module, too.
"""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from ipaddress import IPv6Address, ip_address
from typing import Any
from urllib.parse import urlsplit

import streamlit as st
from streamlit import runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics import actor, stores
from analytics.actor import Actor
from analytics.errors import DatabaseUnavailable, Refused
from pages.ui import login, reads, states
from pages.ui.login import TurnedAway

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
URL = "ANALYTICS_URL"
TOKEN = "share"
SHOW_ROOM = Actor("visitor", "viewer", is_guest=True)


@dataclass(frozen=True)
class Visit:
    """A connection as it presents itself: where it comes from, its headers, the token of a link, and what a login says."""

    client: str | None
    headers: Mapping[str, str]
    token: str | None = None
    claims: Mapping[str, Any] = field(default_factory=dict)


def allow(client: str | None, headers: Mapping[str, str], settings: Mapping[str, str]) -> str | None:
    """Why this visitor is turned away, in words for the page; None if they may come in as far as the next question.

    `client` is the address the connection comes from, `headers` are those of the request, in any case. Where
    settings["host"] names a host, the app is open to the world under that name; else it answers only this machine.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if settings.get("host"):
        is_meant = client is not None and _host(given.get("host", "")) == settings["host"]
        return None if is_meant else "This page was opened under a name that is not its own."
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


def settings() -> dict[str, str]:
    """What the environment says of who may come in: `host`, the name under which the app is open to others, else empty.

    Raises Refused if ANALYTICS_URL is not an address.
    """
    url = os.environ.get(URL, "").strip()
    host = urlsplit(url).hostname if url.startswith(("https://", "http://")) else None
    if url and not host:
        raise Refused(
            f"{URL} is not an address. Write it as https://shop.example.com, or remove it to stay on this computer."
        )
    return {"host": host or ""}


def visitor() -> tuple[str | None, dict[str, str]]:
    """The address and headers of the connection this run answers; no address if there is none."""
    context = get_script_run_ctx()
    client = runtime.get_instance().get_client(context.session_id) if context and runtime.exists() else None
    # st.context.ip_address is None for a local visitor and for a missing one: the gate must tell them apart
    remote = client.client_context.remote_ip if client and client.client_context else None
    return remote, dict(st.context.headers.items())


def visit() -> Visit:
    """The connection this run answers."""
    return Visit(*visitor(), st.query_params.get(TOKEN), login.claims())


def admit(one: Visit, is_active: bool = True) -> Actor:
    """Who acts on a connection, by all that is known right now; raises TurnedAway if nobody does.

    A link's token comes before a login: it shows less. `is_active` is false where a timer asks, not a person.
    """
    known = settings()
    _knock(one, known)
    if one.token is not None:
        return _of_link(one.token)
    if not known["host"]:
        return actor.OWNER
    if not os.environ.get("DATABASE_URL", "").strip():
        return SHOW_ROOM
    return login.person(one.claims, is_active)


def _knock(one: Visit, known: Mapping[str, str]) -> None:
    if reason := allow(one.client, one.headers, known):
        raise TurnedAway("This page is private", reason, _elsewhere(known["host"]))


def _elsewhere(host: str) -> str:
    if host:
        return (
            f"Open it at {os.environ[URL].strip()}. If you did, the proxy in front of it has to hand on the name that the "
            "browser asked for (the header Host)."
        )
    return (
        "On the computer where Storeledger runs, open http://localhost:8501 (the number after the colon is the one it "
        f"printed when it started). To let others in, set {URL} to the address that they will open; README says how."
    )


def _of_link(token: str) -> Actor:
    from pages.ui import shared  # it asks the navigation, which asks this module

    try:
        return shared.enter(token)
    except Refused as refused:
        raise TurnedAway("This link does not open", str(refused), "") from refused


def is_of_link(page: str) -> bool:
    """Whether a page, by the last part of its address, is the one that the link opens by which the visitor came."""
    from pages.ui import shared

    return actor.current().role == "link" and shared.opens(page)


@contextmanager
def entered(menu: Callable[[], Any]) -> Iterator[tuple[Any, bool]]:
    """Run a block as whoever the visitor is, and nobody after it; whoever may not come in is told why, and nothing else runs.

    Brings the database up; gives the page that `menu` says is asked for, and whether this run brought the database up.
    """
    if is_server():
        actor.shut()
    _read_secrets()
    is_new = False
    try:
        _knock(visit(), settings())  # nothing is done for a stranger, not even the database opened
        is_new = reads.open_database()
        found = admit(visit())
        if found is SHOW_ROOM:
            _furnished()
    except TurnedAway as away:
        with actor.acting(actor.NOBODY):
            menu()  # the addresses of the pages are known also to those who may not open them
        if is_new:
            states.reload()
        login.tell(away)
        st.stop()
    except DatabaseUnavailable as away:
        if not settings()["host"]:
            raise
        # where the database is does not concern everybody who asks
        raise DatabaseUnavailable("The database of this page does not answer. Try again in a moment.") from away
    with actor.acting(found):
        yield menu(), is_new


def _read_secrets() -> None:
    """What the table [storeledger] of the secrets sets stands in the environment, unless that says otherwise."""
    if st.secrets.load_if_toml_exists():
        for name, value in st.secrets.get("storeledger", {}).items():
            os.environ.setdefault(name.upper(), str(value))


@st.cache_resource(show_spinner="Loading the sample shop, once")
def _furnished() -> bool:
    """The sample shop is there, for everybody to look at."""
    from analytics import sample  # the generator is not needed for anything else

    with actor.acting(actor.OWNER):
        there = list(stores.all_stores()["name"])
        if there and there != [sample.STORE]:
            raise Refused(
                f"{URL} opens this computer to others, and its own database holds a shop. Set DATABASE_URL to the database that "
                "others may see, or ANALYTICS_HOME to an empty place to show the sample shop."
            )
        if not there:
            sample.load()
    return True


def is_server() -> bool:
    """Whether this is a server that answers browsers, not a test of a page."""
    return runtime.exists() and type(runtime.get_instance()) is runtime.Runtime


def fragment(function: Callable[..., Any] | None = None, *, run_every: float | None = None) -> Any:
    """st.fragment, run as whoever the visitor is by then."""

    def made(inner: Callable[..., Any]) -> Any:
        return st.fragment(_as_visitor(inner, run_every is None), run_every=run_every)

    return made if function is None else made(function)


def dialog(title: str, **how: Any) -> Callable[[Callable[..., Any]], Any]:
    """st.dialog, run as whoever the visitor is by then."""
    return lambda inner: st.dialog(title, **how)(_as_visitor(inner, True))


def _as_visitor(inner: Callable[..., Any], is_active: bool) -> Callable[..., Any]:
    @wraps(inner)
    def run(*args: Any, **named: Any) -> Any:
        context = get_script_run_ctx()
        if context is None or not context.fragment_ids_this_run:
            return inner(*args, **named)  # part of a run of the whole app, which knows who acts
        with states.in_words():
            try:
                found = admit(visit(), is_active)
            except TurnedAway:
                st.rerun(scope="app")  # which says why
            with actor.acting(found):
                return inner(*args, **named)

    return run


def callback(inner: Callable[..., Any]) -> Callable[..., None]:
    """What a widget calls when it is used, run as whoever the visitor is by then; what is refused is told on the page."""

    @wraps(inner)
    def run(*args: Any, **named: Any) -> None:
        with states.in_words():
            try:
                found = admit(visit())
            except TurnedAway:
                return  # the page, which runs next, says why
            with actor.acting(found):
                inner(*args, **named)

    return run


def file(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """What makes a file when its button is pressed, run as whoever the visitor, known from here, is by then."""
    seen = visit()

    def made() -> bytes:
        with actor.acting(admit(seen)):
            return make()

    return made
