"""Contribution: what is left of sales after goods, sending and fees, and ads, step by step and over time."""

import streamlit as st

from pages.ui import contribution_panels, filters, states

view = filters.view(
    "Contribution", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY], states.COSTS
)
row = contribution_panels.now(view)
contribution_panels.head(view, row)
contribution_panels.walk(view, row)
contribution_panels.trend(view, row)
st.subheader("Step by step")
contribution_panels.steps_table(view)
