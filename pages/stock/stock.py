"""Stock: what is there, what it is worth, how long it lasts, and what to reorder."""

import streamlit as st

from analytics import wording
from analytics.stock import brackets, inventory
from pages.ui import cards, charts, filters, panels, reads, states, tables

view = filters.view("Stock", ["category", "currency"], states.STOCK)
scope = view.scope.over(None, None)
with st.skeleton(height=420):
    now = panels.one(reads.of(inventory.summary, scope))
if now is None:
    states.empty(states.STOCK)
    st.stop()
panels.aged("Inventory", now["as_of"], view)

names = ("value_at_cost", "value_at_retail", "on_hand", "available", "incoming", "low_stock")
cards.row([cards.Card(name, now[name]) for name in names], view.currency)
states.partial(
    f"Costs are known for {wording.percent(now['covered_share'])} of the pieces; value at cost leaves the others out."
)

levels = reads.of(inventory.levels, scope)
left, right = st.columns(2, gap="large")
with left:
    charts.heading("Where the money lies", f"Value at cost, {view.currency}, by category, {wording.day(now['as_of'])}")
    charts.bars(brackets.value_by_category(levels), "name", "cost_value", f"Value at cost, {view.currency}")
with right:
    charts.heading("How long it lasts", "Products by days of cover; stock that nobody bought in the window stands last")
    charts.bars(brackets.by_cover(levels), "name", "products", "Products")

st.subheader("Low stock")
low = brackets.low(levels)
st.caption(brackets.ASSUMPTION)
tables.show(low, panels.stock_columns(view.currency), "Low stock")
with st.expander(f"All {wording.count(len(levels), 'level')}"):
    tables.show(levels, panels.stock_columns(view.currency), "Stock levels")
