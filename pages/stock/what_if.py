"""What if: another service level, other lead times or demand, and what they do to orders, stock and service."""

import streamlit as st

from analytics.stock import replenishment, what_if
from pages.ui import charts, filters, panels, plan_panels, reads, states

view = filters.view("What if", ["category", "currency"], states.STOCK)
scope = plan_panels.scope_of(view)
change = plan_panels.change()
with st.skeleton(height=420):
    found = reads.of(what_if.compared, scope, change)
    plan = reads.of(replenishment.suggestions, scope, change)
if plan.empty or found.empty:
    states.empty(states.STOCK)
    st.stop()
panels.aged("Inventory", max(plan["counted_on"]), view)
charts.heading(
    what_if.in_words(found), f"Order value, {view.currency}, by week of order-by and supplier, after the change"
)
plan_panels.weeks(plan, view)
plan_panels.compared(found, view.currency)
plan_panels.one(plan, view, change)
