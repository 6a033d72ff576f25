"""Signing in by OpenID Connect (st.login), whom a login makes of somebody, and what those hear who may not come in."""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.auth_util import get_secrets_auth_section

from analytics import actor, members, sign_ins, stores
from analytics.actor import ACTIONS, Actor
from analytics.sign_ins import SignIn
from pages.ui import states

MARK = Path(__file__).with_name("mark.svg")
# where to go on after signing in, see scripts/signed_in.js
ASKED = "<script>sessionStorage.setItem('storeledger_asked', location.href)</script>"


class TurnedAway(Exception):
    """Somebody may not come in: a title, why, and what to do; `offers` is "sign in", "sign out" or nothing."""

    def __init__(self, title: str, why: str, what: str, offers: str = "") -> None:
        super().__init__(title, why, what, offers)
        self.title, self.why, self.what, self.offers = title, why, what, offers


def is_configured() -> bool:
    """Whether the secrets say where people sign in."""
    return bool(get_secrets_auth_section())


def claims() -> dict[str, Any]:
    """What the identity provider vouches for on this connection; empty for whoever has not signed in."""
    said = dict(st.user.to_dict()) if is_configured() else {}
    return said if said.get("is_logged_in") else {}


def person(said: Mapping[str, Any], is_active: bool) -> Actor:
    """Who somebody is by the list of people, read afresh; raises TurnedAway for whoever is not on it or signed in too long ago."""
    if not is_configured():
        raise TurnedAway(
            "This page opens by link only",
            "Nobody can sign in here: what is shown is shown to those who were sent a link.",
            "Ask whoever sent you here for a link to the view you want to see.",
        )
    if not said:
        raise TurnedAway("Storeledger", "", "Sign in to see the numbers of the shop.", "sign in")
    one = _sign_in(said)
    standing = sign_ins.enter(one, is_active)
    if standing.over:
        raise TurnedAway("Sign in again", standing.over, "Sign in to go on where you were.", "sign in")
    if standing.actor is None:
        raise TurnedAway(
            "You are not on the list",
            f"You are signed in as {states.plain(one.email)}, and nobody has let this address in.",
            f"{_whom_to_ask()} Or sign out, and in with another address.",
            "sign out",
        )
    return standing.actor


def _sign_in(said: Mapping[str, Any]) -> SignIn:
    """One answer of the provider; raises TurnedAway if it does not say what has to be known."""
    email, issued = said.get("email"), said.get("iat")
    if str(said.get("email_verified", True)).lower() == "false" or not isinstance(email, str) or "@" not in email:
        raise TurnedAway(
            "Your address is not confirmed",
            "The service you signed in with does not vouch for your e-mail address.",
            "Confirm it there, then sign out here, and in again.",
            "sign out",
        )
    if not isinstance(issued, int | float):
        raise TurnedAway(
            "This sign-in cannot be used",
            "The service you signed in with does not say when you did.",
            "Ask whoever runs this page to choose one that does (the claim iat).",
            "sign out",
        )
    # the nonce is another for each sign-in; who, by whom and when come along in case a provider does not repeat it
    parts = [str(said.get(name, "")) for name in ("iss", "sub", "iat", "nonce")]
    ticket = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    return SignIn(email.strip().lower(), ticket, datetime.fromtimestamp(issued, UTC))


def _whom_to_ask() -> str:
    owner = members.first_owner()
    return f"Ask {states.plain(owner)}." if owner else "Ask an owner of the shop."


def tell(away: TurnedAway) -> None:
    """The page of somebody who may not come in."""
    with st.container(width=480, border=away.offers != ""):
        st.image(str(MARK), width=40)
        st.title(away.title)
        for words in (away.why, away.what):
            if words:
                st.write(words)
        if away.offers == "sign in":
            st.html(ASKED, unsafe_allow_javascript=True)
            for provider, label in _providers():
                key = f"sign_in_{provider}"
                st.button(label, type="primary", key=key, on_click=st.login, args=(provider,), width="stretch")
        elif away.offers == "sign out":
            st.button("Sign out", key="sign_out", on_click=st.logout)


def _providers() -> list[tuple[str | None, str]]:
    """The services that people can sign in with: the name that the secrets give each (None: the only one), and its button."""
    section = get_secrets_auth_section()
    named = [name for name, about in section.items() if isinstance(about, Mapping) and "client_id" in about]
    if "client_id" in section or not named:
        return [(None, "Sign in")]
    return [(name, f"Sign in with {name.capitalize()}") for name in named]


def account(who: Actor, leave: Callable[[], None]) -> None:
    """Who somebody is here, what the role lets them do, which stores they see, and the button that signs them out."""
    st.text(f"You are signed in as {who.name}, {actor.article(who.role)}.")
    may = "; ".join(words for name, (_, words) in ACTIONS.items() if who.may(name))
    st.write(f"You may {may}.")
    if who.stores is not None:
        names = list(stores.among(who.stores)["name"]) if who.stores else []
        st.write(f"You see {', '.join(map(states.plain, names)) or 'no store yet'}.")
    st.button("Sign out", type="primary", icon=":material/logout:", key="sign_out", on_click=leave)
    st.caption("In every browser and on every device where you are signed in.")


def sign_out() -> None:
    """End every sign-in of whoever acts, and forget this browser's."""
    sign_ins.sign_out(actor.current().name)
    st.logout()
