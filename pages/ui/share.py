"""A link for somebody else: this view, read-only, for some days."""

import os
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics import actor, links
from analytics.errors import Refused
from pages.ui import gate, navigation, reads, saved

MADE = "link_made"
NAME = "share"


def popover(stores: list[str]) -> None:
    """Make a link to the view on the screen and show it; drawn for whoever may share, on pages that can be shared."""
    page = _page()
    if not actor.current().may("share") or page not in navigation.shared():
        return
    with st.popover("Share", icon=":material/share:", width="content"):
        if len(stores) != 1:
            st.caption("A link shows one store. Choose one above.")
            return
        st.caption(
            "Whoever has the link sees this view as it is now, with these days and filters, and nothing else. It can be "
            "revoked under Data › Links."
        )
        with st.form("share", border=False):
            st.selectbox("Expires in", links.EXPIRES, 1, key="share_days", format_func=lambda days: f"{days} days")
            st.checkbox(
                "Hide amounts",
                key="share_hides",
                help="Cards, tables and sentences leave amounts of money out; charts of money show only their shape.",
            )
            st.form_submit_button("Make link", on_click=gate.callback(_make), args=(page, stores[0]))
        _made(page)


def _page() -> str:
    """The last part of the page's address, as the navigation has it; empty for the first page."""
    context = get_script_run_ctx()
    return context.pages_manager.get_pages()[context.page_script_hash]["url_pathname"] if context else ""


def _make(page: str, store: str) -> None:
    known = reads.all_stores()
    number = int(known.loc[known["name"] == store, "store_id"].iloc[0])
    state = st.session_state
    try:
        token = links.make(number, page, state[saved.QUERY], state["share_days"], state["share_hides"])
        state[MADE] = page, token, ""
    except Refused as refused:
        state[MADE] = page, "", str(refused)


def of(page: str, token: str) -> str:
    """The whole address of a link: under the shop's public address, or where this computer opens it."""
    at = urlsplit(st.context.url or "")
    here = f"{at.scheme}://{at.netloc}{at.path.rpartition('/')[0]}"
    return f"{os.environ.get('ANALYTICS_URL', '').strip().rstrip('/') or here}/{page}?{NAME}={token}"


def _made(page: str) -> None:
    made_on, token, refused = st.session_state.get(MADE, ("", "", ""))
    if made_on != page or not (token or refused):
        return
    if refused:
        st.warning(refused)
        return
    st.code(of(page, token), language=None, wrap_lines=True)
    said_where()


def said_where() -> None:
    """Who can open a link, as long as the shop has no public address."""
    if not os.environ.get("ANALYTICS_URL", "").strip():
        st.caption("It opens on this computer; for others once the shop is published (Data › Publish).")
