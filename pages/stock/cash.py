"""Cash calendar: what purchase orders cost in each of the next 13 weeks, and when the goods land."""

import streamlit as st

from analytics.stock import cash, phrases
from pages.ui import cards, charts, filters, panels, purchases, reads, states, tables

view = filters.view("Cash calendar", [], states.PURCHASES)
scope = purchases.scope_of(view)
weeks, payments = reads.of(cash.calendar, scope), reads.of(cash.upcoming, scope)
if weeks.empty:
    states.empty(states.PURCHASES)
    st.stop()
unit = purchases.currency(weeks)
ours, due = cash.in_currency(weeks, unit), cash.in_currency(payments, unit)

now = panels.one(cash.summary(ours, due))
names = ("payments_due", "deposits", "balances", "highest_week", "landing_value", "unknown_payments")
cards.row([cards.Card(name, now[name]) for name in names], unit)
charts.heading(phrases.highest_week(ours, unit), f"Deposits and balances of purchase orders due, {unit}, by week")
charts.bars(ours, "label", "payments_due", f"Payments due, {unit}")
tables.show(ours, purchases.calendar_columns(unit), "Cash calendar")

st.subheader("The payments, the next one first")
st.caption(
    "What was due before today is not among them: whether it was paid stands in no purchase order. A balance without a day of "
    "its own is due when the goods land; goods that are late land today at the earliest."
)
tables.show(due, purchases.PAYMENTS, "Payments")
