"""Advertising: what ads cost and brought, what platforms claim of the shop's sales, and what a new customer costs."""

import streamlit as st

from analytics.ads import campaigns, totals
from pages.ui import ad_panels, reads

view = ad_panels.view("Advertising")

now = ad_panels.of_currency(view, reads.of(totals.summary, view.scope))
ad_panels.overview(view, now)

rows = reads.of(campaigns.by, view.scope, "platform")
rows = rows[rows["currency"] == view.currency].reset_index(drop=True)
grain, days = ad_panels.over_days(view)
left, right = st.columns([2, 3], gap="large")
with left:
    ad_panels.claims(view, now, rows)
    ad_panels.efficiency(now, days)
with right:
    ad_panels.through_time(view, now, grain, days)
ad_panels.beside(view, now)

st.subheader("By platform")
ad_panels.platforms(view, rows)
ad_panels.new_customers(view)
ad_panels.figures(view, now)
