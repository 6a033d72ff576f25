"""Tables of suppliers' terms, bundles and policies that are edited on the page; what is saved is an import like any other."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics.stock import edits
from pages.ui import access, editors, tables
from pages.ui.filters import View

SAVED = "Saved. History lists the edit, and can undo it."
WHAT_SAVING_IS = "Saving is an import: it is checked, stands in History with who made it, and can be undone there."
Config = dict[str, Any]


def table(format_name: str, before: pd.DataFrame, columns: Config, view: View) -> None:
    """The rows as a table to edit, under the format's own column names, and the button that saves what was changed.

    Rows that cannot be used stand below it with their reasons; then nothing is saved.
    """
    store = view.scope.only_store
    assert store is not None  # the page shows no editor for several stores
    after = edited(format_name, before, columns, view)
    if not access.may():
        return
    st.caption(WHAT_SAVING_IS)
    if st.button("Save", type="primary", key=f"save_{format_name}"):
        changed = edits.changes(format_name, before, after)
        if changed.empty:
            st.info("No row was changed, so there is nothing to save.")
            return
        save(store, format_name, changed)


def edited(name: str, before: pd.DataFrame, columns: Config, view: View, is_growing: bool = True) -> pd.DataFrame:
    """The rows as they stand in the editor now; unknown None, days as days."""
    key = f"edit_{name}_{view.scope.only_store}_{st.session_state.get('edited', 0)}"
    rows: Any = "dynamic" if is_growing else "fixed"
    made = access.table(
        _for_screen(before[list(columns)], columns),
        column_config=columns, num_rows=rows, hide_index=True, width="stretch", key=key, placeholder="–",
    )  # fmt: skip
    plain = made.astype(object).where(made.notna(), None).reset_index(drop=True)
    return plain.map(lambda value: value.date() if isinstance(value, pd.Timestamp) else value)


def save(store: int, format_name: str, rows: pd.DataFrame) -> None:
    """Save rows, or show those that cannot be used beside the reasons; the edits stay on the screen."""
    problems = edits.check(store, format_name, rows)
    if problems.empty:
        editors.keep(lambda: edits.save(store, format_name, rows), SAVED)
        return
    st.error("Nothing was saved: these rows cannot be used. Mend them above and save again.", title="Not saved")
    tables.grid(_at_fault(rows, problems), _fault_columns(rows), "Rows that cannot be used")


def _at_fault(rows: pd.DataFrame, problems: pd.DataFrame) -> pd.DataFrame:
    reasons = problems["column"] + ": " + problems["reason"]
    by_row = reasons.groupby(problems["row"]).agg("; ".join)
    found = rows.iloc[[int(at) for at in by_row.index]].astype(str).replace({"None": "", "nan": ""})
    return found.assign(why=list(by_row)).reset_index(drop=True)


def _fault_columns(rows: pd.DataFrame) -> dict[str, tables.Column]:
    named = {
        name: tables.Column(str(name).replace("_", " ").capitalize())
        for name in rows.columns
        if rows[name].notna().any()
    }
    return {"why": tables.Column("What is wrong")} | named


def _for_screen(frame: pd.DataFrame, columns: Config) -> pd.DataFrame:
    """Numbers as the browser knows them, days as days, everything else as text."""
    shown = frame.copy()
    for name, about in columns.items():
        kind = about["type_config"]["type"] if about else ""  # a column that is not shown stays as it is
        if kind == "number":
            shown[name] = pd.to_numeric(shown[name], errors="coerce").astype(float)
        elif kind == "date":
            shown[name] = pd.to_datetime(shown[name])
        elif kind:
            shown[name] = shown[name].astype(object).where(shown[name].notna(), None)
    return shown


def text(label: str, **how: Any) -> Any:
    """A column of text."""
    return st.column_config.TextColumn(label, **how)


def number(label: str, **how: Any) -> Any:
    """A column of numbers, blank where nothing is known. Nothing is forbidden here: what cannot be is refused with its reason."""
    return st.column_config.NumberColumn(label, **how)


def day(label: str, **how: Any) -> Any:
    """A column of days."""
    return st.column_config.DateColumn(label, format="YYYY-MM-DD", **how)


def choice(label: str, options: list[str]) -> Any:
    """A column of one of a few words, or none."""
    return st.column_config.SelectboxColumn(label, options=options)
