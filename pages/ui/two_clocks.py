"""What only the page of the two clocks shows: the finding, the bars, the refunds that count on one clock alone."""

import pandas as pd
import streamlit as st

from analytics import clocks, wording
from analytics.clocks import Moved
from pages.ui import reads, tables
from pages.ui.filters import View

SIDES = {
    "label": tables.Column("Metric"),
    "difference": tables.money("Difference"),
    "order_date": tables.money("Refunds on the order date"),
    "refund_date": tables.money("Refunds on the refund date"),
}


def finding(both: pd.DataFrame, moved: Moved, view: View) -> str:
    """By how much net sales differ, and through how many refunds."""
    difference = both.set_index("metric").at["net_sales", "difference"]
    if not moved.count:
        return "Both clocks are the same in these days"
    refunds = wording.count(moved.count, "refund")
    if not difference:
        return f"Net sales are the same on both clocks; {refunds} moved"
    more = "higher" if difference > 0 else "lower"
    return f"On the refund date net sales are {wording.exact(abs(difference))} {view.currency} {more}: {refunds} moved"


def refunds(moved: Moved, view: View) -> None:
    """The refunds with what each adds to the differences; all of them as a file where there are many."""
    if not moved.count:
        st.write("Every refund of these days belongs to an order of these days, and the other way round.")
        return
    sums = moved.sums
    st.write(
        f"{wording.count(moved.count, 'refund')} add up to the difference exactly: net sales "
        f"{wording.exact(sums['net_sales'])}, total sales {wording.exact(sums['total_sales'])}, collected "
        f"{wording.exact(sums['collected'])} {view.currency}."
    )
    rows = moved.rows
    if moved.count > len(rows):
        st.caption(f"The {len(rows):,} that weigh most are shown.")
        if st.toggle(f"All {moved.count:,}", key="all_moved"):
            rows = reads.of(clocks.rows, view.scope)
    tables.show(rows, columns(view.currency), "Refunds on one clock")


def columns(currency: str) -> dict[str, tables.Column]:
    """The table of refunds: order, net sales and direction first, because a phone shows three columns."""
    names = [name for name in clocks.MOVED if name != "net_sales"]
    return {
        "order_name": tables.Column("Order"),
        "net_sales": tables.metric("net_sales", currency),
        "direction": tables.Column("Why"),
        "ordered_on": tables.day("Ordered on"),
        "booked_on": tables.day("Taken back on"),
        "kind": tables.Column("Kind"),
        **{name: tables.metric(name, currency) for name in names},
    }
