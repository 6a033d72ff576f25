"""Replenishment: what to order of whom, how much and by when, each number opened, and the draft of an order."""

import streamlit as st

from analytics import wording
from analytics.returns import back_in_stock
from analytics.stock import plan_summary, replenishment
from pages.ui import cards, charts, filters, panels, plan_panels, reads, states, tables

view = filters.view("Replenishment", ["category", "currency"], states.STOCK)
scope = plan_panels.scope_of(view)
with st.skeleton(height=420):
    plan = reads.of(replenishment.suggestions, scope)
if plan.empty:
    states.empty(states.STOCK)
    st.stop()
panels.aged("Inventory", max(plan["counted_on"]), view)

now = plan_summary.summed(plan)
names = ("products_to_order", "suggested_value", "units_to_order", "late_products", "margin_at_risk")
cards.row([cards.Card(name, now[name]) for name in names], view.currency)
if now["covered"] is not None and now["covered"] < 1:
    states.partial(
        f"Costs are known for {wording.percent(now['covered'])} of the pieces due; values leave the others out."
    )

charts.heading(
    plan_summary.finding(now, view.currency),
    f"Order value, {view.currency}, by week of order-by and supplier; what is due already stands in this week",
)
plan_panels.weeks(plan, view)

st.subheader(f"All {wording.count(len(plan), 'product')}")
beside = back_in_stock.beside(plan, reads.of(back_in_stock.by_product, scope.over(None, None)))
tables.show(plan_panels.shown(beside), plan_panels.columns(view.currency), "Suggested orders")
plan_panels.supplier(plan, view)
plan_panels.one(plan, view)
