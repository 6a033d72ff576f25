"""Conditions: in which condition goods come back, what was put back on the shelf, and what can be sold again."""

import streamlit as st

from analytics.returns import conditions, rates
from pages.ui import (
    access,
    choices,
    condition_panels,
    filters,
    panels,
    reads,
    reason_panels,
    return_panels,
    states,
    word_editor,
)

view = filters.view("Conditions", ["days", "clock", "channel", "country", "category", *filters.MONEY], states.REASONS)
now = panels.one(reads.of(conditions.summary, view.scope))
if now is None:
    return_panels.nothing_came_back(reads.of(rates.by_kind, view.scope))
    st.stop()
if not now["condition_coverage"] and not now["units_judged"]:
    st.info(condition_panels.NO_CONDITION, title="No condition is told")
    access.import_link()
    st.stop()

condition_panels.overview(view, now)
if now["condition_coverage"]:
    reason_panels.shares(view, reads.of(conditions.of, view.scope), "condition")

st.subheader("What can be sold again")
by = choices.switch("by", "By", {each: each for each in ("category", "product")}, "category")
condition_panels.resellable(view, reads.of(conditions.resellable_share, view.scope, by), by)
word_editor.editor(view, "condition")
