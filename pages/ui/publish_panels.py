"""What only the page Publish shows: what was published last, the button, and how to take a backup."""

import os
from datetime import datetime
from typing import Any

import streamlit as st

from analytics import wording
from analytics.carrying import publish
from pages.ui import states

DONE = "published_now"
LINKS = "pages/data/links.py"
BACKUP = "python -m analytics backup shop.backup\npython -m analytics restore shop.backup"


def last() -> None:
    """When the shop was last published, to where, and how much of it."""
    known = publish.last()
    if known is None:
        st.info(
            "Nothing was published yet. Others see your shop when the app runs where they can reach it, with a database of its own: "
            "“Host it” in the README says how to get both. Then publish here, and again after every import.",
            title="Only this computer has your shop",
        )
        return
    with st.container(horizontal=True):
        st.metric("Last published", wording.day(datetime.fromisoformat(known["at"]).date()))
        st.metric("Rows sent then", wording.count(known["rows"]))
        st.metric("Sent then, MB", f"{known['bytes'] / 1e6:,.1f}")
    st.caption(f"To {states.plain(known['to'])}. What others see is as of then; the links that you share open there.")


def form() -> None:
    """Where to, and the button; what came of it stays on the page until the next time."""
    set_already = os.environ.get(publish.TO, "").strip()
    if set_already:
        st.caption(f"{publish.TO} says where to: {states.plain(publish.masked(set_already))}")
        to = set_already
    else:
        to = st.text_input(
            "The other database",
            type="password",
            placeholder="postgresql://user:password@host:5432/database",
            help=f"Is not kept. Set {publish.TO} to be asked no more.",
            key="publish_to",
        )
    replaces = st.checkbox(
        "Lose what was changed there since", key="publish_replaces", help="Imports and edits made at the host."
    )
    if st.button(
        "Publish now", type="primary", icon=":material/cloud_upload:", disabled=not to.strip(), key="publish_now"
    ):
        bar = st.progress(0.0, "Looking at both databases")
        done = publish.publish(to, replaces, lambda share, what: bar.progress(share, what.capitalize()) and None)
        st.session_state[DONE] = done
        st.rerun()
    _told(st.session_state.pop(DONE, None))


def _told(done: dict[str, Any] | None) -> None:
    if done is None:
        return
    sent = "Nothing had changed, so nothing was sent"
    if done["rows"]:
        sent = f"{wording.count(done['rows'], 'row')} of {wording.count(len(done['tables']), 'table')} sent"
    st.success(f"{sent}. Every table there has the checksums that it has here.", title="Published")
    if done["links_left"]:
        left = wording.count(done["links_left"], "link was", "links were")
        st.warning(f"{left} left out: the host has others of that number. Make them anew.")
    st.page_link(LINKS, label="Links that are shared", icon=":material/share:")


def backups() -> None:
    """How a backup is made and brought back."""
    with st.expander("Backups", icon=":material/save:"):
        st.write(
            "A backup is one file with every table as it stands at one moment; any PostgreSQL from 15 on takes it back, this "
            "computer's too. Restore it into an empty database, or say `--replace` to lose what is there."
        )
        st.code(BACKUP, language="sh")
        st.caption(
            "The key of your customers' codes is not in it: keep ANALYTICS_HASH_KEY, or hash.key in ANALYTICS_HOME, apart."
        )
