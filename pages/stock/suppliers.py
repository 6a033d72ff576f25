"""Suppliers: how they keep their word, and their terms, to edit."""

import streamlit as st

from analytics.stock import phrases, scorecard, suppliers
from pages.ui import cards, charts, editors, filters, own, panels, purchases, reads, states, stock_editors, tables

view = filters.view("Suppliers", [], states.PURCHASES)
scope = purchases.scope_of(view)
terms = reads.of(suppliers.given, scope)
months = own.few("period", "Orders of the last", list(scorecard.PERIODS))
within = scorecard.within(scope, months)
scores, total = reads.of(scorecard.by_supplier, within), panels.one(reads.of(scorecard.overall, within))
if terms.empty and total is None and reads.of(scorecard.by_supplier, scope).empty:
    states.empty(states.PURCHASES)
elif total is None:
    st.info("Nothing was ordered in these months. Choose more of them.", title="Nothing to show")
else:
    names = ("deliveries", "lead_time_p50", "lead_time_p90", "on_time_share", "short_share", "cost_creep")
    cards.row([cards.Card(name, total[name]) for name in names], view.currency)
    charts.heading(phrases.slowest(scores), "Days from the order within which nine of ten deliveries came, by supplier")
    charts.bars(scorecard.slowest_first(scores), "name", "lead_time_p90", "Days, nine of ten deliveries")
    tables.show(scores, purchases.SCORES, "Scorecard of suppliers")

st.subheader("Terms")
if view.scope.only_store is None:
    st.info(purchases.WHICH_STORE, title="Which store?")
else:
    st.caption(
        "A row without a SKU holds for all of a supplier's products. A row with a later first day takes over from that day. "
        "Freight and duty are of one piece: landed cost = unit cost + freight + duty."
    )
    columns = {
        "supplier": stock_editors.text("Supplier"),
        "sku": stock_editors.text("SKU"),
        "lead_time_days": stock_editors.number("Lead time, days"),
        "lead_time_deviation": stock_editors.number("± days"),
        "minimum_order": stock_editors.number("Minimum order"),
        "pack_size": stock_editors.number("Pack size"),
        "unit_cost": stock_editors.number("Unit cost"),
        "freight": stock_editors.number("Freight"),
        "duty": stock_editors.number("Duty"),
        "currency": stock_editors.text("Currency", default=view.currency, max_chars=3),
        "valid_from": stock_editors.day("Valid from"),
    }
    with states.in_words():
        stock_editors.table("suppliers", terms, columns, view)
editors.told()
with st.expander("What holds for each product today", on_change="rerun") as every:
    if every.open:
        tables.show(reads.of(suppliers.terms, scope), purchases.TERMS, "Terms by product")
