"""Reports: digests by mail, what is in them, how often they go out, and to whom."""

import streamlit as st

from pages.ui import digest_panels, freshness

st.title("Reports")
freshness.line()
st.write(
    "Every view has “Report” beside its title: a PDF, HTML or Excel file of what it shows. Digests go out by mail, to people "
    "who need no account."
)
chosen = digest_panels.listed()
digest_panels.editor(chosen)
digest_panels.how()
