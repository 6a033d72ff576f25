"""Links: what was shared with whom it was sent to, until when, how often it was opened, and taking it back."""

import streamlit as st

from analytics import links
from pages.ui import freshness, link_panels

st.title("Links")
freshness.line()
rows = link_panels.named(links.all_links())
if rows.empty:
    link_panels.nothing()
    st.stop()

link_panels.told()
link_panels.counted(rows)
link_panels.table(rows)

st.subheader("One link")
row = link_panels.choose(rows)
if row is not None:
    link_panels.one(row)
