"""Markdowns: for what nobody buys or what lasts too long, the path of discounts that clears it for the most money."""

import streamlit as st

from analytics.prices import markdowns
from pages.ui import (
    cards,
    charts,
    filters,
    own,
    panels,
    price_charts,
    price_panels,
    price_tables,
    reads,
    states,
    tables,
)

view = filters.view("Markdowns", ["category", "currency"], states.STOCK)
scope = price_panels.whole(view)
weeks = int(own.few("weeks", "Weeks to clear it in", ["12", "4", "8", "26"]))
with st.skeleton(height=420):
    rows = reads.of(markdowns.plan, scope, weeks)
if rows.empty:
    st.info(
        "Nothing is dead or overstocked by the store's limits, or no stock was imported. Stock › Excess shows what counts, "
        "Data › Settings holds the limits.",
        title="Nothing to mark down",
    )
    st.stop()
now = panels.one(markdowns.summed(rows[rows["currency"] == view.currency] if view.currency else rows))
if now is not None:
    cards.row(
        [
            cards.Card("products_planned", now["products"]),
            cards.Card("units_to_clear", now["units_to_clear"]),
            cards.Card("cost_to_clear", now["tied_up"]),
            cards.Card("recovered", now["recovered"]),
            cards.Card("held_money", now["held_money"]),
            cards.Card("better_than_holding", now["better_than_holding"]),
        ],
        view.currency,
    )
planned = rows[~rows["is_refused"].astype(bool)]
charts.heading(
    markdowns.in_words(now, view.currency) if now is not None and now["products"] else "No price path can be told",
    f"Money recovered in {weeks} weeks, {view.currency}, after fees, with the 80 % interval; grey mark: by holding today's price",
)
if len(planned):
    price_charts.recovered(planned.head(15).assign(name=planned["title"].head(15)), "Money recovered")
    tables.show(planned, price_tables.markdowns(view.currency), "Markdown plan")
price_panels.refused_rows(rows, "title", "Product")
st.caption(markdowns.METHOD)
