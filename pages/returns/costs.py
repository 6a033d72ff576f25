"""Cost of returns: what it takes that goods come back, part by part, how much of that is known, and what of the money stays."""

import streamlit as st

from analytics.returns import costs, rates, retained
from pages.ui import filters, panels, reads, return_cost_panels, return_panels, states

view = filters.view(
    "Cost of returns", ["days", "clock", "channel", "country", "category", *filters.MONEY], states.RETURNS
)

now = reads.of(costs.summary, view.scope)
kept = panels.one(reads.of(retained.of, view.scope))
if now.empty or kept is None:
    if reads.of(rates.summary, view.scope).empty:
        states.nothing_in_scope()
    else:
        return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()
return_cost_panels.head(view, now, kept)

rows = reads.of(costs.of, view.scope)
left, right = st.columns([3, 2], gap="large")
with left:
    return_cost_panels.parts(view, rows)
with right:
    return_cost_panels.outcomes(view, kept)

st.subheader("By part")
return_cost_panels.parts_table(view, rows)
return_cost_panels.how()
st.subheader("By product")
return_cost_panels.products(view)
