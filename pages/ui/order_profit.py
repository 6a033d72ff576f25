"""What the page of order profit consists of: how many orders leave how much, and the orders, those that lose most first."""

from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.profit import order_contribution, order_profit
from pages.ui import charts, choices, contribution_panels, order_panels, profit_charts, reads, tables
from pages.ui.filters import View

SHOWN = {"lost": "below zero", "latest": "all, the latest first"}
NAME = "Order profit"


def show(view: View, row: "pd.Series[Any]") -> None:
    """The spread of what orders leave, and the orders; says so where sending and fees are known of none."""
    spread = reads.of(order_profit.spread, view.scope)
    lost = reads.of(order_contribution.below_zero, view.scope, "orders")
    if row["cm2"] is None or spread.empty:
        st.info("Of no order of these days it is known what selling and sending it cost.", title="Not known")
        return
    charts.heading(
        _finding(view, spread),
        f"Orders by what is left after sending and fees (CM2), {view.currency}, "
        f"{wording.days(view.scope.start, view.scope.stop)}",
    )
    profit_charts.spread(spread)
    which = choices.switch("show", "Orders", SHOWN, "lost")
    rows = lost if which == "lost" else reads.of(order_contribution.orders, view.scope)
    if rows.empty:
        st.write("No order of these days is below zero.")
        return
    columns = {
        "order_name": tables.Column("Order"),
        **contribution_panels.columns(view, "cm2", rows),
        "ordered_on": tables.day("Ordered on"),
        "channel": tables.Column("Channel"),
        "country": tables.Column("Country"),
    }
    tables.clickable(rows, columns, NAME, tables.More(on_click=partial(_open, rows)))
    cut = f"The first {len(rows):,} are shown. " if len(rows) == order_contribution.MOST else ""
    st.caption(f"{cut}A click on a row opens the order.")
    if order_panels.KEY in st.query_params:
        asked = {key: st.query_params[key] for key in order_panels.ADDRESS if key in st.query_params}
        st.switch_page(order_panels.PAGE, query_params=asked)


def _open(rows: pd.DataFrame) -> None:
    chosen = st.session_state[f"table_{NAME}"]["selection"]["rows"]
    if chosen:
        order_panels.remember(rows.iloc[chosen[0]])


def _finding(view: View, spread: pd.DataFrame) -> str:
    below = spread[spread["is_below_zero"].astype(bool)]
    orders, of = int(below["orders"].sum()), int(spread["orders"].sum())
    if not orders:
        return f"None of {wording.count(of, 'order')} is below zero after sending and fees"
    lost = -sum(below["cm2"], start=Decimal(0))
    return (
        f"{orders:,} of {wording.count(of, 'order')} lose {wording.money(lost, view.currency)} after sending and fees"
    )
