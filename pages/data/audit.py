"""Audit: who did what and when, kept for good."""

import streamlit as st

from analytics import audit
from pages.ui import address, charts, freshness, own, people_panels, tables

PERIODS = {"last 30 days": 30, "last 7 days": 7, "last 365 days": 365}

st.title("Audit")
freshness.line()
with st.container(horizontal=True, vertical_alignment="bottom"):
    period = own.few("period", "Of the", list(PERIODS))
    every = audit.entries(PERIODS[period])
    who = own.several("who", "Who", sorted(set(every["actor"])), width=240)
    did = own.several("did", "What", sorted(set(every["action"])), width=240)
address.stop_if_refused()
found = people_panels.chosen(every, who, did)
if found.empty:
    st.info("Nothing was done in these days by whom you chose. Choose more of them.", title="Nothing to show")
    st.stop()
charts.heading(audit.finding(found), f"Entries of the {period} by what was done")
charts.bars(people_panels.by_action(found), "name", "entries", "Entries")
tables.show(found, people_panels.ENTRIES, "Audit log")
st.caption("Times are UTC. Nobody can change or delete an entry here.")
