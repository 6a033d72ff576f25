"""Price what if: what another price of a product would do to units, sales and contribution, within the prices seen."""

import streamlit as st

from analytics import wording
from analytics.prices import elasticity, what_if
from pages.ui import cards, charts, filters, own, price_charts, price_panels, price_tables, reads, states, tables

view = filters.view("Price what if", ["channel", "country", "category", *filters.MONEY], price_panels.NEEDS)
scope = price_panels.whole(view)
with st.skeleton(height=420):
    products = price_panels.products_of(view)
if products.empty:
    states.nothing_in_scope()
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    product = price_panels.product(view, price_panels.told_first(products))
    change = own.step("change", "Another price", what_if.CHANGES, what_if.CHANGES[len(what_if.CHANGES) // 2])
if product is None:
    st.stop()
about = reads.of(what_if.about, scope, product).iloc[0]
if about["is_refused"]:
    st.warning(str(about["reason"]), title="This cannot be told")
    st.caption("Products whose price varied enough stand first in the list above.")
    st.stop()
price = what_if.changed(about["price_now"], change)
rows = reads.of(what_if.curve, scope, product, price)
names = ("price_now", "elasticity", "best_price", "best_gain", "fee_share")
notes = {"elasticity": price_panels.interval(about), "price_now": f"{about['weekly_units']:,.1f} units a week"}
cards.row([cards.Card(name, about[name], notes.get(name, "")) for name in names], view.currency)

value, label = price_panels.valued(about, view.currency)
charts.heading(
    what_if.in_words(rows, price, view.currency),
    f"{label}, by price within those seen, with the 80 % interval. Elasticity {about['told_from']}, price without tax",
)
seen = rows[~rows["is_outside"].astype(bool)]
price_charts.curve(price_panels.banded(seen, value), value, label, price_panels.marked(about, price))
if about["advice"]:
    st.write(about["advice"])
tables.show(rows, price_tables.curve(view.currency), "What other prices would do")
st.caption(
    f"{wording.BLANK} stands where a price lies outside of those seen: nothing tells of it. {elasticity.CAUTION}"
)
