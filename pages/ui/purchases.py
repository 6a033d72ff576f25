"""What the pages of purchases share: their scope, the currency that is looked at, and the columns of their tables."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from analytics.scope import Scope
from pages.ui import own, tables
from pages.ui.filters import View

STAGES = ("draft", "sent", "partly received", "received", "closed", "cancelled")
WHICH_STORE = "Each store has its own suppliers and orders. Choose one above to edit them."
LINES = {
    "sku": tables.Column("SKU"),
    "title": tables.Column("Product"),
    "ordered_units": tables.metric("ordered_units"),
    "received_units": tables.metric("received_units"),
    "open_units": tables.metric("open_units"),
    "unit_cost": tables.Column("Unit cost", "money"),
    "value": tables.Column("Amount", "money"),
    "landed_unit_cost": tables.Column("With freight and duty", "money", help="Its share of both is by value."),
    "expected_on": tables.day("Expected on"),
}  # fmt: skip
AT_STAKE = {
    "title": tables.Column("Product"),
    "stockout_on": tables.day("Out of stock on"),
    "margin_at_risk": tables.metric("margin_at_risk"),
    "days_short": tables.metric("days_short"),
    "available": tables.metric("available"),
    "velocity": tables.metric("velocity"),
    "currency": tables.Column("Currency"),
    "sku": tables.Column("SKU"),
}
RECEIPTS = {
    "received_on": tables.day("Received on"),
    "sku": tables.Column("SKU"),
    "units": tables.Column("Units", "count"),
    "lead_time_days": tables.Column("Days after the order", "count"),
    "days_late": tables.metric("days_late"),
}


def scope_of(view: View) -> Scope:
    """Everything of the stores chosen, whatever the days and in whatever currency it was ordered."""
    return replace(view.scope, start=None, stop=None, currency=None, into=None)


def currency(found: pd.DataFrame) -> str:
    """The one currency that is looked at: the first of the frame's, unless another one is chosen; amounts are never added."""
    names = [str(each) for each in found["currency"].drop_duplicates()]
    return own.few("paid_in", "Ordered in", names) if len(names) > 1 or "paid_in" in st.query_params else names[0]


def orders_columns(unit: str) -> dict[str, tables.Column]:
    """The table of purchase orders, all of them in one currency."""
    return {
        "order_no": tables.Column("Order"),
        "supplier": tables.Column("Supplier"),
        "stage": tables.Column("Status"),
        "order_value": tables.metric("order_value", unit),
        "open_value": tables.metric("open_value", unit),
        "expected_on": tables.day("Expected on"),
        "days_late": tables.metric("days_late"),
        "ordered_on": tables.day("Ordered on"),
        "ordered_units": tables.metric("ordered_units"),
        "received_units": tables.metric("received_units"),
        "open_units": tables.metric("open_units"),
        "location": tables.Column("Location"),
        "last_received_on": tables.day("Last received on"),
        "note": tables.Column("Note"),
    }


def calendar_columns(unit: str) -> dict[str, tables.Column]:
    """The table of weeks."""
    names = ("payments_due", "deposits", "balances", "running_payments", "landing_value")
    return {
        "week": tables.day("Week from"),
        **{name: tables.metric(name, unit) for name in names},
        "landing_units": tables.metric("landing_units"),
        "landing_orders": tables.metric("landing_orders"),
    }


PAYMENTS = {
    "due_on": tables.day("Due on"),
    "order_no": tables.Column("Order"),
    "supplier": tables.Column("Supplier"),
    "kind": tables.Column("Payment"),
    "amount": tables.money("Amount"),
    "currency": tables.Column("Currency"),
    "due_basis": tables.Column("Due"),
}
SCORES = {
    "supplier": tables.Column("Supplier"),
    **{
        name: tables.metric(name)
        for name in (
            "purchase_orders", "lead_time_p50", "lead_time_p90", "on_time_share", "days_late", "short_share", "cost_creep", "deliveries",
            "due_lines",
        )
    },
    "last_ordered_on": tables.day("Last ordered on"),
}  # fmt: skip
TERMS = {
    "title": tables.Column("Product"),
    "sku": tables.Column("SKU"),
    "supplier": tables.Column("Supplier"),
    "landed_cost": tables.metric("landed_cost"),
    "currency": tables.Column("Currency"),
    "lead_time_days": tables.Column("Lead time, days", "days"),
    "lead_time_deviation": tables.Column("± days", "days"),
    "lead_time_basis": tables.Column("Lead time from"),
    "minimum_order": tables.Column("Minimum of the product", "count"),
    "supplier_minimum": tables.Column("Minimum of an order", "count"),
    "pack_size": tables.Column("Pack size", "count"),
    "unit_cost": tables.Column("Unit cost", "money"),
    "freight": tables.Column("Freight", "money"),
    "duty": tables.Column("Duty", "money"),
    "cost_basis": tables.Column("Cost from"),
    "valid_from": tables.day("Valid from"),
}
