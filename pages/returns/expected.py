"""Expected returns: what of orders already placed is still to come back, when, and of which products."""

import streamlit as st

from analytics.returns import expected
from pages.ui import access, expected_panels, filters, panels, reads, states

view = filters.view("Expected returns", ["channel", "country", "category", *filters.MONEY], states.RETURNS)
if why := reads.of(expected.refusal, view.scope.over(None, None)):
    st.info(why, title="What is still to come cannot be told yet")
    access.import_link()
    st.stop()

scope = reads.of(expected.open_days, view.scope)
now = panels.one(reads.of(expected.summary, scope))
if now is None:
    states.nothing_in_scope()
    st.stop()
expected_panels.overview(now, view.currency)
expected_panels.due(now, reads.of(expected.of, scope, "due"), view.currency)
expected_panels.parts(view, scope)
