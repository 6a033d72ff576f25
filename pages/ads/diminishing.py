"""Diminishing returns: what sales go with each spend of a platform, what the next 100 bring, or why that cannot be told."""

import streamlit as st

from analytics.ads import diminishing
from pages.ui import ad_curves, ad_panels, filters, reads

view = ad_panels.view("Diminishing returns", ("days", *filters.MONEY))

with st.skeleton(height=420):
    rows = reads.of(diminishing.of, view.scope)
    rows = rows[rows["currency"] == view.currency].reset_index(drop=True)
if rows.empty:
    st.info(f"No platform's spend is told in {view.currency} up to the end of these days.", title="Nothing to show")
    st.stop()

chosen = ad_curves.choose(rows)
if chosen is not None:
    ad_curves.overview(view, chosen)
    ad_curves.curve(view, chosen)
    st.subheader("By platform")
    ad_curves.table(view, rows)
ad_curves.how()
