"""A link's view: one page with what the link asks of it, whatever the browser says, and nothing else.

Streamlit takes from the browser an address, the state of widgets and the wish to run a piece of a page. Of a link's browser
none of it counts: every run forgets it, asks what is kept with the link, and leaves nothing behind that could be called on
before the next one. What goes to the browser is let through kind by kind (see sent).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from analytics import links
from analytics.actor import Actor
from analytics.links import Link
from pages.ui import address, sent, share

NAME = share.NAME
# What a run leaves for the next one, and for its page.
SEEN = "link_seen"
OPEN = "link_of_run"


def enter(token: str) -> Actor:
    """Who acts for whoever has a link; in a run of the app from here on only the link's page can run, as the link asks.

    Raises Refused, in words for an outsider, if the link opens nothing.
    """
    context = get_script_run_ctx()
    if context is None or context.fragment_ids_this_run or not context.has_script_started:
        return links.opened(token, is_first=False).visitor  # a file to download, or what a widget calls
    is_first = st.session_state.get(SEEN) != token
    _forget({SEEN: token})
    link = links.opened(token, is_first)
    st.session_state[OPEN] = link
    _ask([(NAME, token), ("store", link.store), *link.asked])
    sent.only_to_look_at(link.hides_amounts)
    return link.visitor


def opens(page: str) -> bool:
    """Whether a page, by the last part of its address, is the one of the link by which the visitor came."""
    link: Link | None = st.session_state.get(OPEN)
    return link is not None and link.page == page


@contextmanager
def only(page: Any) -> Iterator[None]:
    """Run a page if no link is open, or if it is the link's own; a link's page leaves nothing to be called on."""
    link: Link | None = st.session_state.get(OPEN)
    if link is None:
        yield
        return
    try:
        if not opens(page.url_path):
            st.title("This link opens another page")
            st.write("It opens one page only, and this is another one. Open the link as it was sent to you.")
            st.stop()
        _notice(link)
        yield
    finally:
        _forget({SEEN: st.session_state.get(SEEN)})
        sent.everything()


def _notice(link: Link) -> None:
    if link.hides_amounts:
        st.caption(
            ":material/visibility_off: Amounts are hidden: cards, tables and sentences leave them out, and charts of money "
            "show only their shape, the largest value as 100 or 10."
        )


def _forget(kept: dict[str, Any]) -> None:
    """Everything that a run before or the browser has left: widgets with what they call, their addresses, fragments."""
    context = get_script_run_ctx()
    if context is None:
        return
    # an address that asks for what is not there stays refused, also in the run that says so
    kept = kept | {name: st.session_state[name] for name in (address.REFUSED,) if name in st.session_state}
    state = context.session_state._state
    state._new_widget_state.states.clear()  # one by one, as clear() goes, it would stop at what no widget knows
    state._new_widget_state.widget_metadata.clear()
    state.clear()
    context.fragment_storage.clear()
    with context.session_state.query_params() as params:
        params._bindings_by_param.clear()
        params._bindings_by_widget.clear()
        vars(params).pop("_send_query_param_msg", None)
    for name, value in kept.items():
        st.session_state[name] = value


def _ask(asked: list[tuple[str, str]]) -> None:
    """Let the page find in its address what the link asks, and nothing of what the browser's says."""
    context = get_script_run_ctx()
    if context is None:
        return
    with context.session_state.query_params() as params:
        params.populate_from_query_string(urlencode(asked))
        params.set_initial_query_params_from_current()
        # the browser keeps the link in its address, and so does every run that this one asks for
        params._send_query_param_msg = lambda: None  # type: ignore[method-assign]
