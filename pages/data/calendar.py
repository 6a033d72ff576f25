"""Calendar: what happened besides the sales, entered here or found by the product, as it is marked on charts over time."""

import streamlit as st

from analytics import events
from pages.ui import editors, filters, reads, states, tables

view = filters.view("Calendar", ["days", "currency"])
if view.scope.only_store is None:
    st.info("Each store has its own calendar. Choose one above.", title="Which store?")
    st.stop()

st.subheader("Your own events")
st.caption(
    "Promotions, launches, price changes, notes: they are marked first on every chart over time. Add a row at the bottom; "
    "select rows to delete them. A last day left empty is the first."
)
with states.in_words():
    editors.events(view)
editors.told()

st.subheader("Found in your data, and holidays")
found = reads.of(events.found, view.scope)
st.caption(
    f"Of the {events.PRODUCTS} products that sold most in these days. A price change: at least 14 days at one price, then at "
    "least 14 days at another, 2 % or more apart. Out of stock: a count of 0 after one above it. A launch: a first sale 28 "
    "days or more after the data begin, and sales on 3 days of its first 28. Holidays: of the countries in Settings."
)
if found.empty:
    st.write("Nothing was found in these days.")
else:
    tables.show(found, editors.FOUND, "Events found")
