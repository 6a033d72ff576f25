"""The digests of the Reports page: those there are, the form that makes or changes one, and how they are sent."""

import pandas as pd
import streamlit as st

from analytics import results, stores
from analytics.errors import Refused
from analytics.reports import digests
from analytics.reports.digests import Digest
from pages.ui import gate, tables

TOLD = "told_of_digests"
NEW = "A new one"
COLUMNS = {
    "name": tables.Column("Digest"),
    "every": tables.Column("Sent"),
    "recipients": tables.Column("To"),
    "paused": tables.Column("Paused"),
    "store": tables.Column("Store"),
    "has_pdf": tables.Column("With a PDF"),
}


def listed() -> Digest | None:
    """The digests there are, and the one that is chosen to be changed; None for a new one."""
    known = digests.all_digests()
    if known:
        rows = [
            {
                "name": each.name,
                "every": digests.EVERY[each.every],
                "recipients": ", ".join(each.recipients) or "nobody",
                "paused": ", ".join(each.paused),
                "store": each.store,
                "has_pdf": "yes" if each.has_pdf else "no",
            }
            for each in known
        ]
        tables.grid(pd.DataFrame(rows), COLUMNS, "Digests")
    else:
        st.info("Enter one below: a name, how often, and the addresses that get it.", title="No digest yet")
    st.subheader("Make or change a digest")
    names = [NEW, *(each.name for each in known)]
    name = st.selectbox("Digest", names, key="digest_chosen", width=320)
    return next((each for each in known if each.name == name), None)


def editor(chosen: Digest | None) -> None:
    """The form of a digest; what was refused or done is told above it."""
    if told := st.session_state.pop(TOLD, None):
        st.info(told)
    known = list(stores.all_stores()["name"])
    if not known:
        st.info("A digest is of a store, and there is none yet. Import its orders first.", title="No store yet")
        return
    now = chosen or Digest("", known[0])
    key = f"digest_{now.digest_id}"
    with st.form(key, border=True):
        st.text_input("Name", now.name, key=f"{key}_name", max_chars=digests.LONGEST_NAME, disabled=chosen is not None)
        left, right = st.columns(2)
        every = list(digests.EVERY)
        left.selectbox("Store", known, known.index(now.store), key=f"{key}_store")
        right.selectbox("Sent", every, every.index(now.every), digests.EVERY.get, key=f"{key}_every")
        left.text_area("To, one address a line", "\n".join(now.recipients), key=f"{key}_recipients")
        right.text_area("Paused, one address a line", "\n".join(now.paused), key=f"{key}_paused")
        st.multiselect(
            "Results that it holds, too",
            list(results.RESULTS),
            list(now.results),
            key=f"{key}_results",
            max_selections=digests.MOST_RESULTS,
            placeholder="None",
        )
        st.checkbox("Attach it as a PDF", now.has_pdf, key=f"{key}_has_pdf")
        st.form_submit_button("Save digest", type="primary", on_click=gate.callback(lambda: _save(key, chosen)))
    if chosen is not None:
        st.button("Delete digest", key=f"{key}_delete", on_click=gate.callback(lambda: _delete(chosen.name)))


def how() -> None:
    """What has to run, and be set, for digests to go out."""
    with st.expander("How they are sent"):
        st.markdown(
            "`python -m analytics daily`, started once an hour or in the morning by the system's own timer, mails what is due: "
            "of the last complete day, the last week or the last month, in the store's time, once to each address. The mail "
            "server is named by `ANALYTICS_SMTP_URL`, the sender by `ANALYTICS_MAIL_FROM`. What could not be sent is tried "
            "again by the next run."
        )


def _save(key: str, chosen: Digest | None) -> None:
    given = {name: st.session_state[f"{key}_{name}"] for name in ("store", "every", "has_pdf")}
    lists = {name: tuple(st.session_state[f"{key}_{name}"].splitlines()) for name in ("recipients", "paused")}
    name = chosen.name if chosen else st.session_state[f"{key}_name"]
    try:
        digests.save(Digest(name, **given, **lists, results=tuple(st.session_state[f"{key}_results"])))
    except Refused as refused:
        st.session_state[TOLD] = str(refused)
    else:
        st.session_state[TOLD] = "Saved. The next daily run sends it."


def _delete(name: str) -> None:
    digests.delete(name)
    st.session_state.pop("digest_chosen", None)
    st.session_state[TOLD] = "Deleted."
