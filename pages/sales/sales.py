"""Sales: over time, by slice of the shop, and the bridge from gross sales to what was collected."""

import streamlit as st

from analytics import bridge, customers, sales, wording
from pages.ui import cards, charts, expected_panels, filters, over_time, panels, reads, states, tables

view = filters.view("Sales", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY])

now = panels.one(reads.of(sales.summary, view.scope))
if now is None:
    states.nothing_in_scope()
    st.stop()
before = panels.one(reads.of(sales.summary, view.before)) if view.before else None
names = ("net_sales", "gross_sales", "discounts", "reversals", "orders", "average_order_value")
cards.row([panels.card(name, now, before, view) for name in names], view.currency)
expected_panels.line(view, now)

over_time.show(view)

left, right = st.columns(2, gap="large")
with left:
    dimension, rows = panels.breakdown(view, lambda *asked: reads.of(sales.by_dimension, *asked))
with right:
    steps = reads.of(bridge.steps, view.scope)
    charts.heading(
        "From gross sales to what was collected", f"{view.currency}, {wording.days(view.scope.start, view.scope.stop)}"
    )
    charts.waterfall(panels.walk(steps), f"Amount, {view.currency}")
    st.page_link(
        "pages/sales/bridge.py", label="Every step, why it changed, and the platform's", icon=":material/stairs:"
    )

st.subheader(f"By {dimension}")
tables.show(rows, panels.breakdown_columns(dimension, view.currency), f"Sales by {dimension}")
panels.customers(view, panels.one(reads.of(customers.of_period, view.scope)))
panels.agreement(reads.of(sales.control, view.scope), reads.of(sales.unreconciled, view.scope))
