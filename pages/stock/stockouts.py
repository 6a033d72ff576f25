"""Stockouts: which products were out while they were asked for, for how long, and about what that lost."""

import streamlit as st

from analytics import wording
from analytics.stock import stockouts
from pages.ui import cards, charts, filters, panels, reads, states, stock_days, tables

view = filters.view("Stockouts", ["days", "category", "currency"], states.STOCK)
with st.skeleton(height=420):
    found = reads.of(stockouts.of, view.scope)
now = panels.one(stockouts.summary(found, view.scope))
if now is None:
    st.info(stock_days.NONE_FOUND, title="No stockout is known of")
    stock_days.how_known(view)
    st.stop()

names = ("products_out", "products_stocked_out", "stockout_days", "lost_units", "lost_revenue", "lost_margin")
cards.row([cards.Card(name, now[name]) for name in names], view.currency)
if now["margin_covered_share"] is not None and now["margin_covered_share"] < 1:
    share = wording.percent(now["margin_covered_share"])
    states.partial(f"Costs are known for {share} of the lost sales; the lost margin leaves the others out.")

ranked = stockouts.by_product(found, view.scope)
charts.heading(
    stock_days.finding(ranked, view.currency),
    f"Days out of stock, {wording.days(view.scope.start, view.scope.stop)}, ranked by lost margin (estimate, {view.currency})",
)
stock_days.days_out(ranked, view.currency)
stock_days.how_known(view)

st.subheader("By product")
tables.show(ranked, stock_days.product_columns(view.currency), "Stockouts by product")
with st.expander(f"All {wording.count(len(found), 'stockout')}"):
    tables.show(found, stock_days.stockout_columns(view.currency), "Stockouts")
