"""Purchase orders: drafts, what is on its way in and how late; one order in full, with each of its steps."""

import streamlit as st

from analytics.stock import phrases, purchase_orders
from pages.ui import address, cards, charts, editors, filters, own, panels, purchase_panels, purchases, reads, states

view = filters.view("Purchase orders", [], states.PURCHASES)
scope = purchases.scope_of(view)
if "order" in st.query_params:
    address.note("order", st.query_params["order"])
    purchase_panels.one(view, st.query_params["order"])
    st.stop()

every = reads.of(purchase_orders.orders, scope)
if every.empty:
    states.empty(states.PURCHASES)
    purchase_panels.new(view)
    st.stop()
unit = purchases.currency(reads.of(purchase_orders.summaries, scope))
ours = purchase_orders.in_currency(every, unit)
now = panels.one(purchase_orders.summary(ours))
names = ("open_value", "open_orders", "open_units", "late_value", "late_orders", "draft_value")
cards.row([cards.Card(name, now[name]) for name in names], unit)
charts.heading(phrases.orders(ours, unit), f"Value to come of orders that were sent, {unit}, by supplier")
charts.bars(purchase_orders.by_supplier(ours), "name", "open_value", f"Value to come, {unit}")

stages = own.several("stage", "Status", purchases.STAGES, width=420)
purchase_panels.table(purchase_orders.of_stages(ours, stages), unit)
purchase_panels.new(view)
editors.told()
