"""Tables that are edited on the page and kept in the database: targets by month, events of a calendar."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd
import streamlit as st

from analytics import events as calendar
from analytics import targets as plan
from analytics.metrics import METRICS
from analytics.scope import Scope
from pages.ui import access, reads, states, tables
from pages.ui.filters import View

SAID = "said_by_editor"
PROGRESS = {
    "month": tables.day("Month"),
    "actual": tables.money("Reached"),
    "due": tables.money("Due by then"),
    "label": tables.Column("Metric"),
    "ahead": tables.money("Ahead (+) or behind (−)"),
    "target": tables.money("Target"),
    "done_share": tables.Column("Reached of it", "percent"),
    "due_share": tables.Column("Due of it", "percent"),
    "through": tables.day("Through"),
    "currency": tables.Column("Currency"),
    "shape": tables.Column("Spread"),
}
FOUND = {
    "starts_on": tables.day("Day"),
    "title": tables.Column("Event"),
    "kind": tables.Column("Kind"),
    "note": tables.Column("Note"),
}


def labels(metrics: Iterable[str]) -> list[str]:
    """The metrics' names as every page has them."""
    return [METRICS[name].label for name in metrics]


def keep(write: Callable[[], None], said: str) -> None:
    """Write what was edited and draw the page anew with it; what is refused is told, and the edits stay on the screen."""
    with states.in_words():
        write()
        st.session_state[SAID] = said
        reads.forget()
        st.session_state["edited"] = st.session_state.get("edited", 0) + 1  # the editors begin anew from what is kept
        st.rerun()


def told() -> None:
    """What was kept in the run before, once."""
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(said, icon=":material/check:")


def targets(view: View) -> None:
    """Every target of the store, to edit; “Save” keeps them all or says what is wrong."""
    named = {METRICS[name].label: name for name in plan.METRIC_NAMES}
    known = reads.of(plan.of, Scope(store=view.scope.only_store)).assign(label=lambda rows: labels(rows["metric"]))
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(known["month"]),
            "metric": known["label"].astype(object),
            "amount": pd.to_numeric(known["amount"]).astype(float),
            "currency": known["currency"].astype(object),
        }
    )
    columns = {
        "month": st.column_config.DateColumn("Month (any day of it)", format="MMM YYYY", required=True),
        "metric": st.column_config.SelectboxColumn("Metric", options=list(named), required=True),
        "amount": st.column_config.NumberColumn("Target", min_value=0.01, format="%,.2f", required=True),
        "currency": st.column_config.TextColumn("Currency", default=view.currency, max_chars=3, required=True),
    }
    rows = _edited(frame, columns, "targets", view)
    if access.button("Save targets", type="primary"):
        store = _store(view)
        wanted = [row | {"metric": named.get(row["metric"], row["metric"])} for row in rows]
        keep(lambda: plan.save(store, wanted), "The targets are kept.")


def events(view: View) -> None:
    """Every event entered for the store, to edit; “Save” keeps them all or says what is wrong."""
    known = reads.of(calendar.own, Scope(store=view.scope.only_store))
    frame = known.assign(starts_on=pd.to_datetime(known["starts_on"]), ends_on=pd.to_datetime(known["ends_on"]))
    frame = frame.astype(dict.fromkeys(("event_id", "kind", "title", "note"), object))
    columns = {
        "event_id": None,
        "starts_on": st.column_config.DateColumn("First day", format="YYYY-MM-DD", required=True),
        "ends_on": st.column_config.DateColumn("Last day", format="YYYY-MM-DD"),
        "kind": st.column_config.SelectboxColumn("Kind", options=calendar.KINDS, default="note", required=True),
        "title": st.column_config.TextColumn("Title", max_chars=calendar.LONGEST_TITLE, required=True),
        "note": st.column_config.TextColumn("Note", max_chars=400),
    }
    rows = _edited(frame, columns, "events", view)
    if access.button("Save events", type="primary"):
        store, numbers = _store(view), [int(each) for each in known["event_id"]]
        keep(lambda: calendar.save(store, numbers, rows), "The events are kept.")


def _edited(frame: pd.DataFrame, columns: dict[str, Any], name: str, view: View) -> list[dict[Any, Any]]:
    key = f"edit_{name}_{view.scope.only_store}_{st.session_state.get('edited', 0)}"
    made = access.table(frame, column_config=columns, num_rows="dynamic", hide_index=True, width="stretch", key=key)
    plain = made.astype(object).where(made.notna(), None)
    return [{column: _day(value) for column, value in row.items()} for row in plain.to_dict("records")]


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, pd.Timestamp) else value


def _store(view: View) -> int:
    assert view.scope.only_store is not None  # the page has stopped for all stores
    return view.scope.only_store
