"""History: every file that came in, what became of its rows, and how fresh the data are."""

import streamlit as st

from analytics import imports, wording
from pages.ui import filters, loaded, states, tables

view = filters.view("History", [])
history = imports.history(view.shop.store_id)
if history.empty:
    states.empty(states.ORDERS)
    st.stop()

freshness = imports.freshness(view.shop.store_id)
tables.show(freshness, tables.FRESHNESS, "Freshness")

st.subheader("Imports")
history["days"] = [wording.days(*ends) for ends in zip(history["start"], history["stop"], strict=True)]
tables.show(history, tables.IMPORTS, "Imports")

with_rejects = history[history["rejected"] > 0]
if with_rejects.empty:
    st.caption("No row was set aside: every row of every file was loaded or is accounted for above.")
    st.stop()
st.subheader("Rows set aside")
names = dict(zip(with_rejects["import_id"], with_rejects["file"], strict=True))
chosen = st.selectbox("File", list(names), format_func=lambda each: f"{names[each]} (import {each})", width=420)
loaded.set_aside(chosen, names[chosen])
