"""Unshipped: the orders that wait to be sent, by how long they have waited and what they are worth."""

import streamlit as st

from analytics import unshipped, wording
from pages.ui import cards, charts, filters, panels, reads, states, tables, waiting

view = filters.view("Unshipped", ["channel", "country", "category", "currency"])
rows = reads.of(unshipped.orders, view.scope)
st.caption(waiting.as_of(view, rows))
waiting.other_currencies(view)
now = panels.one(unshipped.summary(rows))
if now is None:
    st.success("No order waits to be sent.", icon=":material/local_shipping:")
    waiting.meanings()
    st.stop()

names = ("orders_waiting", "value_waiting", "orders_late", "value_late", "oldest_days", "orders_unpaid")
cards.row([cards.Card(name, now[name]) for name in names], view.currency)
states.partial(waiting.left_out(now))

ages = unshipped.by_age(rows)
charts.heading(
    unshipped.finding(rows),
    f"Worth of paid orders, {view.currency}, by age at the end of {wording.day(unshipped.as_of(view.scope))}",
)
charts.bars(ages.rename(columns={"age": "name"}), "name", "amount", f"Worth, {view.currency}")
tables.show(ages, waiting.AGES, "Unshipped by age")

st.subheader("The orders, the oldest first")
waiting.orders(view, rows)
waiting.meanings()
