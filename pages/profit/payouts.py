"""Payouts: what providers and marketplaces paid to the bank, and the way there from the orders, every difference named."""

import streamlit as st

from analytics.profit import payouts
from pages.ui import choices, filters, panels, payout_panels, reads

view = filters.view("Payouts", ["days", "currency"], payout_panels.NEEDS)

rows = reads.of(payouts.of, view.scope)
if rows.empty:
    payout_panels.nothing(view)
    st.stop()
payout_panels.head(view, panels.one(reads.of(payouts.summary, view.scope)))

picked = choices.one_of("payout", "Payout", payout_panels.options(rows))
if picked is not None:
    row = rows.set_index("payout").loc[picked]
    walk = reads.of(payouts.walk, view.scope, picked)
    orders = reads.of(payouts.orders, view.scope, picked)
    payout_panels.way(view, row, walk, orders)
    payout_panels.orders(view, orders)
st.subheader("All payouts of these days")
payout_panels.table(view, rows)
payout_panels.missing(view, reads.of(payouts.orders, view.scope))
