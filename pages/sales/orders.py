"""Orders: found by number, SKU, product, code, customer, status and amount; one of them in full."""

import streamlit as st

from analytics import orders
from pages.ui import cards, filters, order_panels, panels, reads

view = filters.view("Orders", ["days", "channel", "country", "category", "currency"])
asked = order_panels.search(view)

if "order" in st.query_params:
    order_panels.one(view, st.query_params["order"])
    st.stop()

summed = panels.one(reads.of(orders.totals, view.scope, asked))
if summed is None:
    order_panels.nothing_found(view, asked)
    st.stop()
cards.row(
    [
        cards.Card("orders_found", summed["orders"]),
        cards.Card("orders_total", summed["total"]),
        cards.Card("given_back", summed["taken_back"]),
        cards.Card("kept", summed["kept"]),
    ],
    view.currency,
)
order_panels.chart(view, reads.of(orders.found, view.scope, asked), summed)
order_panels.table(view, asked, summed)
