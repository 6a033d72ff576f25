"""Which series of a level is looked at, the table of those below it, and what a click on it opens."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics import products
from analytics.forecasts import below
from analytics.forecasts.course import Look
from pages.ui import choices, forecast_tables, own, reads, tables
from pages.ui.filters import View

MOST = 500
# The parameter of the address that keeps the series of a level; a product's is that of the pages of products.
NAMES = {"channel": "channel_of", "category": "category_of", "product": "product"}
UNKNOWN = "unknown"
UNDER = {
    ("store", "net_sales"): ("channel", "category"),
    ("store", "units"): ("category",),
    ("category", "units"): ("product",),
}


def key(view: View, look: Look) -> str | None:
    """The key of the series that is looked at: "" for the store, else chosen by name; None if the address asks for one that is
    not there, which is said."""
    if look.level == "store":
        return ""
    rows = reads.of(below.named, view.scope.over(None, None), look)
    if look.level == "product":
        with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
            find = own.text("find", "Find", placeholder="Titles or SKUs, parted by commas", width=280)
            return _chosen(look, rows, products.matching(rows.assign(sku=rows["product"]), find))
    return _chosen(look, rows, rows)


def picked(view: View, look: Look) -> tuple[Look, "pd.Series[Any]"] | None:
    """The look at the series that is looked at, and what it is called, its kind and models; None where there is none."""
    chosen = key(view, look)
    rows = reads.of(below.named, view.scope.over(None, None), look)
    if chosen is None or rows.empty:
        return None
    return replace(look, key=chosen), rows[rows["product"] == chosen].iloc[0]


def _chosen(look: Look, rows: pd.DataFrame, found: pd.DataFrame) -> str | None:
    name = NAMES[look.level]
    shown = found.head(MOST)
    options = {key or UNKNOWN: title for key, title in zip(shown["product"], shown["title"], strict=True)}
    asked = st.session_state.get(name) or st.query_params.get(name)
    if asked is not None and asked not in options and asked in set(rows["product"]):
        options[str(asked)] = rows.loc[rows["product"] == asked, "title"].iloc[0]
    if not options:
        st.info("Nothing of this level is forecast with that in its name.", title="Nothing found")
        return None
    picked = choices.one_of(name, look.level.capitalize(), options, 420)
    return "" if picked == UNKNOWN else picked


def click(look: Look, rows: pd.DataFrame) -> tuple[str, list[str | None]]:
    """What a click on a row of a level's table chooses: the parameter of the address, and its value for each row."""
    if look.level == "store":
        return "store", [None] * len(rows)
    return NAMES[look.level], [each or UNKNOWN for each in rows["series_key"]]


def under(view: View, look: Look, steps: int) -> None:
    """The series of the levels below: what they will bring, a click opens one."""
    for level in UNDER.get((look.level, look.measure), ()):
        part = replace(look, level=level, key=look.key)
        rows = reads.of(below.of, view.scope.over(None, None), part, steps)
        if rows.empty:
            continue
        name = f"Forecast by {level}"
        st.subheader(name)
        more = tables.More(lambda level=level, rows=rows, name=name: open_row(level, name, list(rows["series_key"])))
        tables.clickable(rows, forecast_tables.series(look.measure, level, view.currency), name, more)


def open_row(level: str, table: str, keys: list[str]) -> None:
    """Let the page show the series of the row that was clicked in a table, at its level."""
    choices.clicked(table, NAMES[level], [each or UNKNOWN for each in keys])
    if st.session_state[f"table_{table}"]["selection"]["rows"]:
        st.session_state["level"] = level  # bound to the address, which follows
