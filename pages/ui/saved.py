"""Saved views: this page's address under a name, and the way back to those that were saved."""

from collections.abc import Callable
from html import escape

import streamlit as st

from analytics import views
from analytics.errors import Refused
from pages.ui import access, gate, states

TOLD = "told_of_views"
# what the page on the screen is asked; its address says it once everything is drawn
QUERY = "query_of_page"


def popover() -> None:
    """Save the view on the screen under a name; open, rename or delete another."""
    if not access.may("save views"):
        return
    with st.popover("Views", icon=":material/bookmark:", width="content"):
        if told := st.session_state.pop(TOLD, None):
            st.caption(told)
        st.text_input("Save this view as", key="view_name", placeholder="Monday numbers", max_chars=views.LONGEST_NAME)
        st.button("Save view", key="save_view", on_click=gate.callback(_save))
        _list()


def _list() -> None:
    found = views.saved()
    if found.empty:
        st.caption("No view is saved yet.")
        return
    # links, because a view opens afresh: what is chosen now must not stay behind
    links = [
        f'<li><a style="color: inherit" href="{escape(row["page"] or "./")}?{escape(row["query"])}">{escape(row["name"])}</a></li>'
        for row in found.to_dict("records")
    ]
    st.html(f"<ul>{''.join(links)}</ul>")
    with st.expander("Rename or delete"):
        name = st.selectbox("View", list(found["name"]), key="view_of_name")
        st.text_input("New name", key="view_new_name", max_chars=views.LONGEST_NAME)
        with st.container(horizontal=True):
            st.button("Rename view", key="rename_view", on_click=gate.callback(_rename), args=(name,))
            st.button("Delete view", key="delete_view", on_click=gate.callback(_delete), args=(name,))


def _save() -> None:
    name, query = st.session_state["view_name"], st.session_state[QUERY]
    _tell(lambda: views.save(name, _page(), query), f"Saved as {states.plain(' '.join(name.split()))}.")


def _rename(name: str) -> None:
    other = st.session_state["view_new_name"]
    _tell(lambda: views.rename(name, other), f"Now called {states.plain(' '.join(other.split()))}.")


def _delete(name: str) -> None:
    _tell(lambda: views.delete(name), f"{states.plain(name)} is deleted.")


def _tell(does: Callable[[], None], done: str) -> None:
    try:
        does()
    except Refused as refused:
        done = str(refused)
    st.session_state[TOLD] = done


def _page() -> str:
    """The last part of the page's address; empty for the first page."""
    return (st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")[2] if st.context.url else ""
