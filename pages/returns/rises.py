"""Rising returns: what comes back more often than it used to, since when, and the control chart that tells it."""

import streamlit as st

from analytics.returns import rates, rises
from pages.ui import filters, panels, reads, return_panels, rise_panels, states

view = filters.view("Rising returns", ["days", "channel", "country", "category", *filters.MONEY], states.RETURNS)

now = panels.one(reads.of(rates.summary, view.scope))
if now is None:
    states.nothing_in_scope()
    st.stop()
with st.skeleton(height=420):
    found = reads.of(rises.of, view.scope)
if found.empty and not now["value_returned"]:
    return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()

rise_panels.summed(view, found)
if found.empty:
    st.info(
        "In the weeks of these days nothing came back more often than it used to. Any product can be charted below.",
        title="No rise",
    )
rise_panels.one(view, found)
if not found.empty:
    rise_panels.ranked(view, found)
