"""Elasticity: by how much units answer to prices, of products and categories, with intervals; and what cannot be told."""

import streamlit as st

from analytics import wording
from analytics.prices import elasticity
from pages.ui import cards, charts, choices, filters, price_charts, price_panels, price_tables, reads, states, tables

view = filters.view("Elasticity", ["channel", "country", "category", *filters.MONEY], price_panels.NEEDS)
by = choices.switch("by", "Of each", {each: each for each in ("product", "category")}, "product")
with st.skeleton(height=420):
    products = price_panels.products_of(view)
    rows = products if by == "product" else reads.of(elasticity.of, price_panels.whole(view), by)
    shop = reads.of(elasticity.of, price_panels.whole(view), "shop")
if rows.empty:
    states.nothing_in_scope()
    st.stop()
is_refused = products["is_refused"].astype(bool)
cards.row(
    [
        cards.Card("shop_elasticity", shop["elasticity"].iloc[0], price_panels.interval(shop.iloc[0])),
        cards.Card("products_told", int((~is_refused).sum())),
        cards.Card("products_refused", int(is_refused.sum())),
    ],
    view.currency,
)
told = rows[~rows["is_refused"].astype(bool)]
charts.heading(
    price_panels.elasticity_said(rows, by),
    "Elasticity of units to the price, 80 % interval thick, 95 % thin; left of the dashed line units answer more than in proportion",
)
if len(told):
    price_charts.dots(told.head(25).assign(name=told["title"].head(25)), "Elasticity")
    if len(told) > 25:
        st.caption(f"The 25 that sold most; the table has all {wording.count(len(told), 'row')}.")
    tables.show(told, price_tables.elasticities(by, view.currency), f"Elasticities by {by}")
price_panels.refused(rows, by)
st.caption(elasticity.CAUTION)
