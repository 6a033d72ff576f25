"""Agreement: your numbers beside the platform's report, day by day, and which orders make a difference."""

import streamlit as st

from analytics import agreement as compared
from pages.ui import agreement, filters, reads, states, tables

view = filters.view("Agreement", ["currency"], states.REPORT)
found = reads.of(compared.totals, view.scope.over(None, None))
if found.empty:
    states.empty(states.REPORT)
    st.stop()

days = compared.by_day(found)
agreement.headline(found, days, view.currency)
metric = st.segmented_control(
    "Total",
    compared.metrics(found),
    format_func=agreement.label,
    default=compared.leading_metric(found),
    required=True,
    key="total",
    bind="query-params",
) or compared.leading_metric(found)  # a parameter without a value asks for nothing
agreement.chart(found, metric, view)

st.subheader("One day")
row = agreement.choose_day(days, view)
if row is not None:
    seen = agreement.of_day(view, row)
    agreement.reasons(seen)
    agreement.day_tables(seen, row["day"])

st.subheader("All days")
tables.show(compared.by_day(found, metric), agreement.day_columns(view, metric), "Agreement by day")
