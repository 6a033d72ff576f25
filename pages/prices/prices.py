"""Prices: what a product was listed at, what it brought and what that left, and every lasting change."""

import streamlit as st

from analytics.prices import history
from pages.ui import cards, charts, choices, filters, price_charts, price_panels, price_tables, reads, states, tables

view = filters.view("Prices", ["channel", "country", "category", *filters.MONEY], price_panels.NEEDS)
with st.skeleton(height=420):
    products = price_panels.products_of(view)
if products.empty:
    states.nothing_in_scope()
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    product = price_panels.product(view, products)
    grain = choices.switch("grain", "By", {each: each for each in ("week", "day")}, "week")
if product is None:
    st.stop()
scope = price_panels.whole(view)
frame, changes = reads.of(history.of, scope, product, grain), reads.of(history.changes, scope, product)
if frame.empty:
    st.info(
        "Nothing of it was sold with these filters. Choose another product, or take a filter away.",
        title="Nothing to show",
    )
else:
    names = ("realised_price", "listed_price", "piece_margin", "margin_at_price")
    cards.row(
        [cards.Card(name, price_panels.latest(frame, name)) for name in names]
        + [cards.Card("price_changes", len(changes))],
        view.currency,
    )
    charts.heading(
        price_panels.course_said(frame, view.currency),
        f"Price of a piece, {view.currency}, by {grain}, all days. Realised and before discounts "
        "are without tax, the listed one is the catalogue's by its dated exports",
    )
    marks = price_panels.lettered(changes, list(frame["day"]))
    price_charts.course(frame, f"Price, {view.currency}", marks)
    charts.heading("Units sold", f"Pieces by {grain}")
    charts.columns(frame, "units", "Units", marks)
    if frame["listed_price"].isna().all():
        states.partial(
            "No product export is from the days of these orders, so what was listed is not known. Every export you import is kept."
        )
    with st.expander(f"By {grain}, as a table"):
        tables.show(frame[::-1], price_tables.course(view.currency), "Prices of a product")
price_panels.changes_table(reads.of(history.changes, scope), view.currency)
