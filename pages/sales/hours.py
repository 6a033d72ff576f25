"""Hours: at which hours of which weekdays the shop sells, on average or in all."""

import streamlit as st

from analytics import hours as analysed
from pages.ui import choices, hours, reads, slices, tables

view = slices.view("Hours", ("orders", "net_sales", "units", "average_order_value"), hours.FILTERS)

grid = reads.of(analysed.grid, view.scope)
with st.container(horizontal=True):
    measure = choices.switch("measure", "Measure", hours.MEASURES, "orders")
    per = choices.switch("per", "Counted", hours.PER, "average")
asked = hours.Asked(view, measure, per)
hours.told(grid, view)

found = analysed.valued(analysed.timed(grid), measure, per)
if hours.is_silent(found):
    st.stop()
week = reads.of_store(analysed.week, view.shop.stores)
hours.map_of(found, week, asked)

before = reads.of(analysed.grid, view.before) if view.before else None
left, right = st.columns(2, gap="large")
with left:
    hours.bars(grid, before, "hour", asked)
with right:
    hours.bars(grid, before, "weekday", asked)

st.subheader("By hour and weekday")
tables.show(analysed.wide(found, week), hours.columns(week, asked), f"{hours.label(asked)} by hour and weekday")
