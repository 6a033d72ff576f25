"""History: every file that came in, which days it holds, what became of its rows, and taking it back."""

import streamlit as st

from analytics import imports
from pages.ui import filters, past, states

view = filters.view("History", ["kind", "status"])
every = imports.history(view.scope.stores)
if every.empty:
    states.empty(states.ORDERS)
    st.stop()

past.told()
shown = past.chosen(every, dict(view.own))
if shown.empty:
    states.nothing_in_scope()
    st.stop()
past.timeline(shown)

st.subheader("Imports")
past.table(shown)

st.subheader("One import")
row = past.choose(shown)
if row is not None:
    past.one(row)
