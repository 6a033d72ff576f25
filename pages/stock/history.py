"""Stock history: what there was of a product, or of all of them, on every day, counted or reconstructed."""

import streamlit as st

from analytics import wording
from analytics.stock import history, stockouts
from pages.ui import cards, charts, choices, filters, reads, states, stock_days, tables

view = filters.view("Stock history", ["days", "category"], states.STOCK)
known = reads.of(history.counted, view.scope)
if known.empty:
    states.empty(states.STOCK)
    st.stop()
product = choices.one_of("product", "Product", stock_days.products(known))
if product is None:
    st.stop()
key = None if product == stock_days.ALL else product
with st.skeleton(height=420):
    days = reads.of(history.daily, view.scope, key)
if days.empty or days["available"].isna().all():
    states.nothing_in_scope()
    st.stop()

told = history.summary(days)
names = stock_days.CARDS_OF_ALL if key is None else stock_days.CARDS_OF_ONE
cards.row([cards.Card(name, told[name]) for name in names], view.currency)

charts.heading(
    stock_days.said(days, told),
    f"Available, pieces at the end of the day, {wording.days(view.scope.start, view.scope.stop)}. Solid with dots: counted; "
    "dotted: reconstructed, shaded where it can lie; red: out of stock",
)
stock_days.chart(days, reads.of(stockouts.runs, view.scope, (key,)) if key else None)
charts.heading("Sold", "Pieces a day, bundles as their parts")
charts.columns(days, "sold", "Sold, pieces")
st.caption(stock_days.RECONSTRUCTED)
tables.show(days, stock_days.DAY_COLUMNS, "Stock history")
