"""Policies: how classes and single products are replenished, as a table to edit."""

import streamlit as st

from analytics.stock import edits
from pages.ui import editors, filters, purchases, reads, states, stock_editors

view = filters.view("Policies", [], states.STOCK)
if view.scope.only_store is None:
    st.info("Each store has its own rules. Choose one above.", title="Which store?")
    st.stop()
known = reads.of(edits.policies, purchases.scope_of(view))
st.subheader("Rules of replenishment")
st.caption(
    "A row without class and SKU is about all products, one of a class (AX to CZ) about that class, one of a SKU about that "
    "product; the narrowest rule holds, and what it leaves blank the next wider one says. A service level is a share: 0.95. "
    "A new product sells as its sibling does until it has a history of its own. Add rows at the bottom, select rows to delete them."
)
columns = {
    "class_name": stock_editors.text("Class", max_chars=2),
    "sku": stock_editors.text("SKU"),
    "location": stock_editors.text("Location"),
    "method": stock_editors.choice("Method", ["reorder point", "on order", "none"]),
    "service_kind": stock_editors.choice("Service kind", ["fill rate", "cycle service"]),
    "service_level": stock_editors.number("Service level"),
    "cover_days": stock_editors.number("Cover days"),
    "lead_time_days": stock_editors.number("Lead time, days"),
    "sibling_sku": stock_editors.text("Sibling SKU"),
}
with states.in_words():
    stock_editors.table("policies", known, columns, view)
editors.told()
