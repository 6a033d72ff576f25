"""Reasons: why goods come back, in which products and sizes more often than in their category, and what buyers wrote."""

import streamlit as st

from analytics.returns import rates, reasons
from pages.ui import access, filters, panels, reads, reason_panels, return_panels, states, word_editor

view = filters.view(
    "Reasons", ["days", "compare", "clock", "channel", "country", "category", *filters.MONEY], states.REASONS
)
now = panels.one(reads.of(reasons.summary, view.scope))
if now is None:
    return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()
if not now["value_with_reason"]:
    st.info(reason_panels.NO_REASON, title="No reason is told")
    access.import_link()
    st.stop()

every = reads.of(reasons.of_products, view.scope)
reason_panels.overview(view, now, every)
reason_panels.shares(view, reads.of(reasons.compared, view.scope, view.before), "reason")

st.subheader("In which products and sizes")
reason, level = reason_panels.look()
rows = reads.of(reasons.of_products, view.scope, reason, level)
if rows.empty:
    st.info("Nothing came back for this reason in these days.", title="Nothing to show")
else:
    reason_panels.sizes(view, rows, reason)
reason_panels.behind(view, reason)
reason_panels.written(view, reason)
word_editor.editor(view, "reason")
