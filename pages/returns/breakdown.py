"""Returns by side: the rate of each channel, country, category, brand, supplier or discount code beside that of the whole."""

import streamlit as st

from analytics.returns import breakdown, rates
from pages.ui import cards, choices, filters, panels, reads, return_panels, return_sides, states

view = filters.view("Returns by side", ["days", "channel", "country", "category", *filters.MONEY], states.RETURNS)
side = choices.switch("by", "Broken down by", return_sides.WORDS, "channel")

rows = reads.of(breakdown.of, view.scope, side)
now = panels.one(reads.of(rates.summary, view.scope))
if now is None or rows.empty:
    states.nothing_in_scope()
    st.stop()
if not now["value_returned"]:
    return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()

cards.row(return_sides.head(view, now, rows), view.currency)
return_sides.chart(view, side, rows)
st.subheader(f"By {return_sides.WORDS[side]}")
return_sides.table(view, side, rows)
