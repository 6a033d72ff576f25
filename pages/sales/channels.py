"""Channels: where orders come from, over time and beside other days, and the rules that tell channels apart."""

import streamlit as st

from analytics import slices as analysed
from pages.ui import channel_rules, reads, slices

view = slices.view("Channels")

rows = reads.of(analysed.compared, view.scope, view.before, "channel")
slices.charts_of(view, "channel", rows)

st.subheader("By channel")
slices.table(view, "channel", rows)

channel_rules.editor(view.shop)
