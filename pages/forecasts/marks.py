"""Days not to learn from: large orders found, days that somebody marked with a reason, and what a product is learnt from instead."""

import streamlit as st

from analytics.forecasts import demand_results, marks, spikes
from analytics.scope import Scope
from pages.ui import cards, charts, choices, editors, filters, mark_panels, reads, states, tables

view = filters.view("Days not to learn from", [])
if view.scope.only_store is None:
    st.info("Days are marked in one store. Choose one above.", title="Which store?")
    st.stop()
scope = Scope(view.scope.only_store)  # of all its days
with st.skeleton(height=420):
    series = reads.of(demand_results.corrected, scope, "units", "product")
    found = reads.of(spikes.of, scope)
if series.empty:
    states.empty(states.ORDERS)
    st.stop()
known = reads.of(marks.of, scope)
standing = known[known["withdrawn_at"].isna()]

product = choices.one_of("product", "Product", mark_panels.products(series, found))
if product is None:
    st.stop()
one = series[series["series_key"] == product].iloc[0]
weeks = reads.of(demand_results.of, scope, "units", "product", "week", product)
counted = spikes.counted(found, standing)
cards.row(
    [cards.Card(name, counted[name]) for name in ("spikes_found", "spike_units", "days_marked")]
    + [cards.Card(name, one[name]) for name in ("weeks_out_of_stock", "weeks_marked", "put_back")],
    view.currency,
)

charts.heading(mark_panels.said(one, found), mark_panels.SUBTITLE)
mark_panels.chart(weeks)

st.subheader("Large orders found")
mark_panels.proposals(found, view)
st.subheader("Marked days")
mark_panels.marked(standing, view)
editors.told()

st.subheader("The product's weeks")
tables.show(weeks[::-1], mark_panels.WEEKS, "What is learnt from")
mark_panels.history(known)
st.subheader("What forecasts know ahead")
mark_panels.ahead(reads.of(demand_results.ahead, scope))
