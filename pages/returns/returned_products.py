"""Returned products: which come back more often than their category, how sure that is, and in which size or colour."""

import streamlit as st

from analytics.returns import products, rates
from pages.ui import cards, filters, panels, reads, return_orders, return_panels, states

view = filters.view("Returned products", ["days", "channel", "country", "category", *filters.MONEY], states.RETURNS)
level, by = return_panels.look()

rows = reads.of(products.of, view.scope, level, by)
now = panels.one(reads.of(rates.summary, view.scope))
if now is None or rows.empty:
    states.nothing_in_scope()
    st.stop()
if not now["value_returned"]:
    return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()

counted = products.counted(rows)
cards.row(
    [
        cards.Card("flagged_products", counted["flagged_products"], return_panels.by_chance(counted)),
        cards.Card("flagged_value", counted["flagged_value"]),
        cards.Card("value_returned", now["value_returned"], scope=view.scope),
        cards.Card("return_rate_by_value", now["return_rate_by_value"], scope=view.scope),
        cards.Card("return_coverage", now["return_coverage"], scope=view.scope),
    ],
    view.currency,
)
return_panels.ranked(view, rows, level)
parents = rows if level == "product" else reads.of(products.of, view.scope, "product", by)
shown = return_panels.one(view, parents, by)
if shown is not None:
    return_orders.of_product(view, *shown)
