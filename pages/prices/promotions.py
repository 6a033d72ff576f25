"""Promotions: what each brought on top, what was only bought earlier, what it gave away, and what that left."""

import streamlit as st

from analytics.prices import promotions
from pages.ui import cards, charts, filters, price_charts, price_panels, price_tables, reads, states, tables

view = filters.view("Promotions", ["channel", "country", "category", *filters.MONEY], price_panels.NEEDS)
with st.skeleton(height=420):
    rows = reads.of(promotions.of, price_panels.whole(view))
if rows.empty:
    st.info(
        "Nothing tells of a promotion: none in the calendar, no discount code that holds for some days, and no days on which "
        "discounts took clearly more off than usual. Enter your own under Data › Calendar.",
        title="No promotion",
    )
    st.stop()
now = promotions.summed(rows)
names = (
    "promotions_told",
    "net_incremental_units",
    "net_incremental_sales",
    "given_away",
    "net_incremental_contribution",
)
cards.row([cards.Card(name, now[name]) for name in names], view.currency)

told = rows[~rows["is_refused"].astype(bool)]
charts.heading(
    promotions.in_words(rows, view.currency),
    "Units beyond what would have sold, with the 80 % interval; red: missing in the four weeks after, so only bought earlier",
)
if len(told):
    price_charts.brought(told.head(12).assign(name=told["promotion"].head(12)), "Units")
    tables.show(told, price_tables.promotions(view.currency), "Promotions")
price_panels.refused_rows(rows, "promotion", "Promotion")
st.caption(promotions.METHOD)
if now["promotions_told"] and (told["costed_share"] < 1).any():
    states.partial("Contribution is that of products whose cost is known; the share of units stands in each row.")
