"""What the words of a store's files for reasons and conditions mean, to edit; every change is kept and counts at once."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import words
from analytics.returns.words import Meaning
from analytics.scope import Scope
from pages.ui import access, editors, reads, tables
from pages.ui.filters import View

TOLD_BY = {words.NEW: "nobody yet", words.YOURS: "you", words.USUAL: "usual"}
CHANGES = {
    "said_at": tables.Column("Changed at", "time"),
    "words": tables.Column("Word"),
    "was": tables.Column("Before"),
    "means": tables.Column("Since then"),
    "said_by": tables.Column("By"),
}


def editor(view: View, field: str) -> None:
    """What each word of the store's files means, to edit; nothing is read before it is opened."""
    editors.told()
    panel = st.expander(
        f"What the words for a {field} mean", icon=":material/translate:", on_change="rerun", key="words"
    )
    if not panel.open:
        return
    with panel:
        store = view.scope.only_store
        if store is None:
            st.info("Each store has words of its own. Choose one above.", title="Which store?")
            return
        _words(view, store, field)


def _words(view: View, store: int, field: str) -> None:
    labels = words.LABELS[field]
    known = reads.of(words.occurring, Scope(store=store), field).drop_duplicates("words").reset_index(drop=True)
    if known.empty:
        st.write(f"No file of this store tells a {field} of what came back.")
        return
    st.caption(
        "Words that nobody has explained come first, without a meaning, and count as other. What you choose counts at once, for "
        "all days and on every page; the files and their words stay as they are."
    )
    frame = known[["words", "means", "origin", "units", "orders"]].assign(
        means=[
            None if origin == words.NEW else labels[each]
            for each, origin in zip(known["means"], known["origin"], strict=True)
        ],
        origin=[TOLD_BY[each] for each in known["origin"]],
        units=pd.to_numeric(known["units"]).astype(float),
        orders=pd.to_numeric(known["orders"]).astype(float),
    )
    key = f"edit_words_{field}_{store}_{st.session_state.get('edited', 0)}"
    made = access.table(frame, column_config=_columns(field), hide_index=True, width="stretch", key=key)
    if access.button("Save words", type="primary", key=f"save_words_{field}"):
        edits = changed(frame, made, field)
        if not edits:
            st.info("No meaning was changed, so there is nothing to save.")
            return
        _save(store, edits, f"{wording.count(len(edits), 'word')} explained. Every page follows.")
    _told(store, field)


def _columns(field: str) -> dict[str, Any]:
    return {
        "words": st.column_config.TextColumn("In the file", disabled=True),
        "means": st.column_config.SelectboxColumn("Means", options=list(words.LABELS[field].values())),
        "origin": st.column_config.TextColumn("Told by", disabled=True),
        "units": st.column_config.NumberColumn("Units back", disabled=True, format="%,.0f"),
        "orders": st.column_config.NumberColumn("Orders", disabled=True, format="%,.0f"),
    }


def _save(store: int, changed: list[Meaning], said: str) -> None:
    def write() -> None:
        words.save(store, changed)

    editors.keep(write, said)


def _told(store: int, field: str) -> None:
    """Every change of a word, who made it and what it meant before."""
    told = reads.of_store(words.changes, store)
    told = told[told["field"] == field]
    if told.empty:
        return
    labels = words.LABELS[field]
    st.caption("Every change, the newest first:")
    named = {name: [labels.get(each, "as usual") for each in told[name]] for name in ("was", "means")}
    tables.show(told.assign(**named), CHANGES, f"Changes of words for a {field}")


def changed(before: pd.DataFrame, after: pd.DataFrame, field: str) -> list[Meaning]:
    """The words whose meaning was edited; one that got its usual meaning back, or none, has none of its own any more."""
    keys = {label: name for name, label in words.LABELS[field].items()}
    found = []
    for word, old, new in zip(before["words"], before["means"], after["means"], strict=True):
        means = keys.get(new)
        if means != keys.get(old):
            found.append(Meaning(field, word, None if means == words.usually(field, word) else means))
    return found
