"""What came in: which days each kind of data covers, the table of imports, one of them, and taking it back."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import imports, undo, wording
from analytics.errors import DatabaseUnavailable, Refused
from pages.ui import access, charts, choices, gate, loaded, reads, states, tables

UNDONE = "undone_import"
Import = dict[Any, Any]


def chosen(history: pd.DataFrame, own: "dict[str, tuple[str, ...]]") -> pd.DataFrame:
    """The imports of the kinds and statuses chosen; nothing chosen is everything."""
    kept = pd.Series(True, index=history.index)
    for name, values in own.items():
        kept &= history[name].isin(list(values)) if values else True
    return history[kept].reset_index(drop=True)


def timeline(history: pd.DataFrame) -> None:
    """Which days each import holds, a line a kind of data, the undone ones grey; the title says where orders are missing."""
    covered = imports.coverage(history)
    if covered.empty:
        return
    days = [wording.days(*ends) for ends in zip(covered["start"], covered["stop"], strict=True)]
    charts.heading(_finding(covered), "The days that each import holds, by kind of data. Grey: undone.")
    shown = covered.rename(columns={"kind": "lane", "file": "title"}).assign(days=days)
    charts.spans(shown, "Days covered by imports")


def _finding(covered: pd.DataFrame) -> str:
    orders = covered[(covered["kind"] == "orders") & covered["is_valid"].astype(bool)]
    if orders.empty:
        return "No import of orders is in use"
    missing = imports.gaps(covered)
    if not missing:
        start, stop = min(orders["start"]), max(orders["stop"])
        return f"Orders cover {wording.days(start, stop)}{' without a gap' if (stop - start).days > 1 else ''}"
    first = wording.days(*missing[0])
    more = f" and in {wording.count(len(missing) - 1, 'other gap')}" if len(missing) > 1 else ""
    return f"No orders file holds {first}{more}"


def table(history: pd.DataFrame) -> None:
    """Every import with its account, those that were undone in grey; a click on a row chooses it."""
    shown = history.assign(days=[wording.days(*ends) for ends in zip(history["start"], history["stop"], strict=True)])
    is_undone = list(history["status"] == "undone")

    more = tables.More(lambda: choices.clicked("Imports", "import", list(history["import_id"])), is_undone)
    tables.clickable(shown, tables.IMPORTS, "Imports", more)


def choose(history: pd.DataFrame) -> Import | None:
    """The import to look at: the row clicked, the one in the address, else the newest; None if that is not there."""
    rows: dict[str, Import] = {str(row["import_id"]): row for row in history.to_dict("records")}
    picked = choices.one_of("import", "Import", {key: _said(row) for key, row in rows.items()})
    return None if picked is None else rows[picked]


def _said(row: Import) -> str:
    undone = ", undone" if row["status"] == "undone" else ""
    return f"{row['import_id']} · {row['file']} · {row['store']} · {row['started_at']:%d %b %Y %H:%M}{undone}"


def one(row: Import) -> None:
    """One import: its account in words, what it said, the button that takes it back, and the rows set aside."""
    st.write(_account(row))
    if row["notices"]:
        st.caption(states.plain(str(row["notices"])))
    if row["status"] != "undone" and access.button("Undo this import", "import", icon=":material/undo:", key="undo"):
        confirm(row)
    if not row["rejected"]:
        st.caption("No row of it was set aside.")
        return
    st.markdown(f"**{wording.count(row['rejected'], 'row')} set aside**")
    loaded.set_aside(row["import_id"], row["file"])


def _account(row: Import) -> str:
    classes = {
        "loaded": "new",
        "updated": "changed",
        "unchanged": "the same as before",
        "duplicate": "repeated in the file",
        "rejected": "set aside",
        "ignored": "not data",
    }
    parts = ", ".join(f"{row[name]:,} {words}" for name, words in classes.items() if row[name])
    took = "" if row["seconds"] is None else f" It took {row['seconds']:,.1f} s."
    return f"{wording.count(row['rows'], 'row')}: {parts or 'nothing in it'}.{took}"


def what_would_happen(row: Import) -> str:
    """What undoing an import does, before it is done."""
    said = []
    if row["loaded"]:
        said.append(f"{wording.count(row['loaded'], 'row')} that only this import brought {_verb(row['loaded'], 'go')}")
    if row["updated"]:
        said.append(
            f"{wording.count(row['updated'], 'row')} that it changed {_verb(row['updated'], 'return')} to what stood before"
        )
    if not said:
        return "It changed nothing, so no number changes. The file can be imported again afterwards."
    return f"{' and '.join(said)}. What a later import brought too stays as that import has it."


def _verb(number: int, verb: str) -> str:
    return f"{verb}{'es' if verb.endswith('o') else 's'}" if number == 1 else verb


@gate.dialog("Undo this import?")
def confirm(row: Import) -> None:
    """Say what will happen, and do it if that is wanted."""
    st.write(f"**{states.plain(str(row['file']))}**, import {row['import_id']} into {states.plain(str(row['store']))}.")
    st.write(what_would_happen(row))
    with st.container(horizontal=True):
        if st.button("Undo it", type="primary", key="undo_now", on_click=gate.callback(take_back), args=(row,)):
            st.rerun()
        if st.button("Keep it", key="undo_not"):
            st.rerun()


def take_back(row: Import) -> None:
    """Undo the import; what came of it is told on the page's next run."""
    try:
        st.session_state[UNDONE] = undo.undo(int(row["import_id"]))
    except (Refused, DatabaseUnavailable) as refused:
        st.session_state[UNDONE] = {"file": row["file"], "refused": str(refused)}
    reads.forget()


def told() -> None:
    """What the last undo did, once."""
    done = st.session_state.pop(UNDONE, None)
    if done is None:
        return
    if "refused" in done:
        st.error(done["refused"], title=f"{done['file']} was not undone")
        return
    st.success(
        f"{wording.count(done['removed'], 'row')} went, {done['returned']:,} returned. Every number is as if this file had "
        "never been imported; it can be imported again.",
        title=f"{done['file']} is undone",
    )
