"""Pre-season plan: what to have in stock for the seasons to come, what is missing, by when to order it, and the draft of an order."""

import streamlit as st

from analytics.seasons import preseason
from pages.ui import (
    cards,
    charts,
    filters,
    plan_panels,
    reads,
    season_charts,
    season_panels,
    season_tables,
    states,
    tables,
)

view = filters.view("Pre-season plan", ["category", "currency"], states.STOCK)
weeks = season_panels.weeks_ahead()
with st.skeleton(height=420):
    plan = season_panels.planned(reads.of(preseason.of, season_panels.whole(view), weeks), view.currency)
if plan.empty:
    st.info(
        f"No season of a counted product starts within {weeks} weeks. A season is told from two years of orders, stock from an inventory "
        "export (Shopify: Products › Inventory › Export), lead times from a table of suppliers (Data › File formats).",
        title="Nothing to plan for",
    )
    st.stop()
now = preseason.summed(plan)
names = ("preseason_products", "season_units", "missing_units", "preseason_order", "preseason_value", "late_to_order")
cards.row([cards.Card(name, now[name]) for name in names], view.currency)
charts.heading(
    preseason.in_words(plan, view.currency),
    f"Units for the seasons that start within {weeks} weeks: left of stock when they start, on their way, missing",
)
season_charts.covered(preseason.by_product(plan))
st.caption(season_panels.METHOD)
tables.show(plan_panels.shown(plan), season_tables.plan(view.currency), "Pre-season plan")
plan_panels.supplier(preseason.as_orders(plan), view)
