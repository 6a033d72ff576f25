"""Targets: what each month should bring, and how far it has come."""

import streamlit as st

from analytics import targets
from pages.ui import editors, filters, reads, states, tables

view = filters.view("Targets", ["days", "clock", "currency"])
if view.scope.only_store is None:
    st.info("Each store has its own targets. Choose one above.", title="Which store?")
    st.stop()

found = reads.of(targets.progress, view.scope)
st.subheader("How far the months of these days have come")
if found.empty:
    st.write("No target is set for these months. Enter one below: a month, a metric, and what it should bring.")
for row in found.to_dict("records"):
    st.markdown(f":material/flag: {targets.in_words(row)}")
if len(found):
    tables.show(found.assign(label=editors.labels(found["metric"])), editors.PROGRESS, "Targets")

st.subheader("Every target of this store")
st.caption(
    "A month is spread over its days as the same weekdays of last year's month sold; without that year as the weekdays of "
    "the eight weeks before; else evenly. Add a row at the bottom; select rows to delete them."
)
with states.in_words():
    editors.targets(view)
editors.told()
