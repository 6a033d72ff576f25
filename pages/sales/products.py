"""Products: what sells best, what moved, what is new or fading, and one product by day, size and colour."""

from dataclasses import replace

import streamlit as st

from analytics import products, sales
from pages.ui import cards, choices, filters, panels, product_panels, reads, states

view = filters.view("Products", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY])

now = panels.one(reads.of(sales.summary, view.scope))
if now is None:
    states.nothing_in_scope()
    st.stop()
look = product_panels.look(view)
rows = reads.of(products.ranking, view.scope, look)
parents = rows if look.level == "product" else reads.of(products.ranking, view.scope, replace(look, level="product"))

before = panels.one(reads.of(sales.summary, view.before)) if view.before else None
counted = products.counted(parents)
cards.row(
    [panels.card(name, now, before, view) for name in ("net_sales", "units", "gross_profit", "reversals")]
    + [cards.Card(name, counted[name]) for name in ("products_sold", "a_products")],
    view.currency,
)

if look.bundles == "as components":
    st.caption(
        "The card of units counts a bundle as one piece; below, each of its components counts. Money is the same."
    )
ways = ("ranking", "movers", "new and fading")
show = choices.switch("show", "View", {each: each for each in ways}, ways[0])
if show == "ranking":
    product_panels.ranked(view, rows, look)
elif show == "movers":
    product_panels.movers(view, look)
elif show == "new and fading":
    product_panels.life(view, look)
if show is not None:
    product_panels.one(view, parents, look)
