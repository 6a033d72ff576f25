"""Clocks: the same days with refunds on the day of the order and on their own day, and the refunds that differ."""

import streamlit as st

from analytics import clocks, wording
from pages.ui import charts, filters, reads, states, tables, two_clocks

view = filters.view("Clocks", ["days", "channel", "country", "category", *filters.MONEY])

both = reads.of(clocks.side_by_side, view.scope)
if both.empty:
    states.nothing_in_scope()
    st.stop()
moved = reads.of(clocks.moved, view.scope)
charts.heading(
    two_clocks.finding(both, moved, view),
    f"Net sales, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}.",
)
charts.waterfall(clocks.walk(both, moved), tables.metric("net_sales", view.currency).label)
st.caption(reads.of(clocks.over_all_time, view.scope))

st.subheader("Both clocks")
tables.show(both, two_clocks.SIDES, "Both clocks")

st.subheader("The refunds that make them differ")
two_clocks.refunds(moved, view)
