"""Cohorts: what of each week's or month's orders came back within 7 to 90 days, and what will where that is not known yet."""

import streamlit as st

from analytics.returns import cohorts
from pages.ui import cohort_panels, filters, reads, states

view = filters.view("Cohorts", ["days", "channel", "country", "category", *filters.MONEY], states.RETURNS)
look = cohort_panels.look()
scope = cohorts.shown(view.scope, look.grain)

with st.skeleton(height=420):
    rows = reads.of(cohorts.of, scope, look.grain, look.measure)
why = reads.of(cohorts.refusal, scope, look.grain, look.measure)
if rows.empty:
    if why:
        st.info(why, title="No cohorts are known")
    else:
        states.nothing_in_scope()
    st.stop()

cohort_panels.overview(rows, look, view.currency)
if why:
    st.info(why, title="Young cohorts are not projected")
cohort_panels.over_time(rows, look)
cohort_panels.by_age(rows, look)
cohort_panels.table(rows, look, view.currency)
st.page_link("pages/returns/expected.py", label="What is still expected back", icon=":material/update:")
