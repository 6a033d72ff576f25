"""Overview: the day against the days it is like, and what deserves attention."""

import streamlit as st

from analytics import findings, overview
from pages.ui import cards, filters, forecast_runs, morning, reads

view = filters.view("Overview", ["day", "clock", "channel", "country", "currency"])
seen = reads.of(overview.of, view.scope, view.shop.first_day)
cards.row(morning.six(view, seen), view.currency)

st.subheader("Worth your morning")
with st.skeleton(height=160):
    found = reads.of(findings.of, view.scope)
if not found:
    st.write("Nothing worth your morning.")
for finding in found:
    morning.show(finding, view)

morning.last_weeks(view)
forecast_runs.begin(view.scope.stores)
