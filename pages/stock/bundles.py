"""Bundles: which products a bundle is made of, as a table to edit."""

import streamlit as st

from analytics import bundles
from pages.ui import cards, charts, editors, filters, purchases, reads, states, stock_editors, tables

view = filters.view("Bundles", [], states.PURCHASES)
known = reads.of(bundles.given, purchases.scope_of(view))
if len(known):
    cards.row(
        [
            cards.Card("bundles", known["bundle_sku"].nunique()),
            cards.Card("bundle_components", known["component_sku"].nunique()),
        ],
        view.currency,
    )
    uses = reads.of(bundles.uses, purchases.scope_of(view))
    charts.heading(bundles.finding(uses), "Bundles that each component is part of, the ten most used")
    charts.bars(uses.head(10), "name", "bundles", "Bundles")
else:
    st.write(
        "No bundle is known. A bundle is a product that is made of others: its sales count as those of its components in "
        "demand and reordering. Add rows below, or import a table of bundles."
    )

st.subheader("What bundles are made of")
if view.scope.only_store is None:
    st.info(purchases.WHICH_STORE, title="Which store?")
    tables.show(known, {"bundle_sku": tables.Column("Bundle"), "component_sku": tables.Column("Component")}, "Bundles")
    st.stop()
st.caption("A row a bundle and component. Add rows at the bottom, select rows to delete them.")
columns = {
    "bundle_sku": stock_editors.text("Bundle SKU"),
    "component_sku": stock_editors.text("Component SKU"),
    "units": stock_editors.number("Units in one bundle"),
}
with states.in_words():
    stock_editors.table("bundles", known, columns, view)
editors.told()
