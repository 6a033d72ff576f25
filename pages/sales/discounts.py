"""Discounts: what each code brought, whom it brought, the margin it gave away; one code end to end."""

import streamlit as st

from analytics import discounts
from pages.ui import cards, discount_panels, filters, panels, reads, states

view = filters.view("Discounts", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY])

found = reads.of(discounts.of, view.scope)
now = panels.one(found.summary)
if now is None:
    states.nothing_in_scope()
    st.stop()
before = discount_panels.before(view)
cards.row(discount_panels.cards(view, now, before), view.currency)
discount_panels.history(view)

discount_panels.chart(view, found)
discount_panels.table(view, found, now)
discount_panels.of_platform(view)
discount_panels.one(view, found)
