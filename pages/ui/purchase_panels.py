"""Purchase orders on the page: the list, a new one, and one in full with its steps."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from analytics.stock import documents, edits, late, phrases, purchase_orders, suppliers, workflow
from pages.ui import access, cards, charts, editors, gate, purchases, reads, states, stock_editors, tables
from pages.ui.filters import View

LINE = {
    "line_no": None,
    "sku": stock_editors.text("SKU"),
    "units": stock_editors.number("Units"),
    "unit_cost": stock_editors.number("Unit cost"),
    "expected_on": stock_editors.day("Expected on"),
}
NUMBERS = ("freight", "duty", "deposit")
LABELS = {
    "location": "Deliver to", "currency": "Currency", "note": "Note", "freight": "Freight", "duty": "Duty", "deposit": "Deposit",
    "expected_on": "Expected on", "deposit_due_on": "Deposit due on", "balance_due_on": "Balance due on",
}  # fmt: skip


def table(rows: pd.DataFrame, unit: str) -> None:
    """The list of orders; a click opens one."""
    name = "Purchase orders"
    grey = [status == "cancelled" for status in rows["status"]]
    tables.clickable(rows, purchases.orders_columns(unit), name, tables.More(lambda: _open(rows, name), grey))
    st.caption("A click on a row opens the order. Grey orders were cancelled.")


def _open(rows: pd.DataFrame, name: str) -> None:
    chosen = st.session_state[f"table_{name}"]["selection"]["rows"]
    if chosen:
        st.query_params["order"] = rows["order_no"].iloc[chosen[0]]


def new(view: View) -> None:
    """Rows for a new draft."""
    if view.scope.only_store is None or not access.may():
        return
    with st.expander("A new purchase order", icon=":material/add:"):
        known = sorted({*reads.of(suppliers.given, purchases.scope_of(view))["supplier"]})
        supplier = st.selectbox(
            "Supplier", known, index=None, accept_new_options=True, placeholder="Choose or type", width=320
        )
        blank = pd.DataFrame(columns=list(LINE), dtype=object)
        lines = stock_editors.edited("new_order", blank, LINE, view).dropna(subset=["sku"])
        st.caption("Without a unit cost the supplier's terms say it.")
        if st.button("Make a draft", type="primary", disabled=not supplier or lines.empty):
            _step(lambda: _drafted(view, str(supplier), lines), "The draft stands here. It is not sent yet.")


def _drafted(view: View, supplier: str, lines: pd.DataFrame) -> None:
    rows = lines.to_dict("records")
    st.query_params["order"] = purchase_orders.draft(
        _store(view), supplier, [{str(k): v for k, v in row.items()} for row in rows]
    )


def one(view: View, number: str) -> None:
    """One order in full, with the way back to the list."""
    st.button(
        "Back to the list",
        icon=":material/arrow_back:",
        on_click=gate.callback(lambda: st.query_params.pop("order", None)),
    )
    scope = purchases.scope_of(view)
    found, lines, came = reads.of(purchase_orders.one, scope, number)
    if found.empty:
        st.warning(
            f"The address asks for the purchase order “{states.plain(number)}”, which {view.shop.name} does not have. It may be "
            "another store's, or its import was undone.",
            title="This view does not exist",
        )
        return
    order = purchase_orders.in_currency(found, found["currency"].iloc[0]).iloc[0]
    st.subheader(f"{states.plain(number)} · {states.plain(order['supplier'])} · {order['stage']}")
    st.write(states.plain(phrases.order(order)))
    editors.told()
    names = ("order_value", "open_value", "ordered_units", "received_units", "open_units", "days_late")
    cards.row([cards.Card(name, order[name]) for name in names], str(order["currency"]))
    tables.show(
        lines.assign(ordered_units=lines["units"]), purchases.LINES, f"Purchase order {number}", key=f"lines_{number}"
    )
    st.download_button(
        "Page to print",
        gate.file(lambda: documents.page(order, lines, view.shop.name)),
        f"{number}.html",
        "text/html",
        on_click="ignore",
        icon=":material/print:",
        type="tertiary",
    )
    if order["open_units"] > 0 and (order["days_late"] or 0) > 0:
        _at_stake(view, number)
    if len(came):
        st.markdown("**What came**")
        tables.show(came, purchases.RECEIPTS, f"Receipts of {number}")
    if view.scope.only_store is None:
        st.info(purchases.WHICH_STORE, title="Which store?")
    elif access.may():
        _steps(view, number, order, lines)


def _at_stake(view: View, number: str) -> None:
    """What an order that is late puts at risk."""
    scope = purchases.scope_of(view)
    rows, due = reads.of(late.at_stake, scope, number), reads.of(late.payments, scope, number)
    charts.heading(
        late.finding(rows, due), "If it never came: until an order of today would arrive, at today's velocity"
    )
    tables.show(rows, purchases.AT_STAKE, f"At stake without {number}")


def _steps(view: View, number: str, order: "pd.Series[Any]", lines: pd.DataFrame) -> None:
    """What can become of the order now."""
    store, status = _store(view), order["status"]
    if status == "sent":
        _receiving(view, number, lines)
    if status in ("draft", "sent"):
        with st.expander("Change the order", icon=":material/edit:", expanded=status == "draft"):
            _changing(view, number, order, lines)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if status == "draft":
            on = st.date_input("Sent on", edits.today(store), format="YYYY-MM-DD", width=180)
            if st.button("Mark as sent", type="primary"):
                _step(lambda: workflow.send(store, number, on), "The order is sent: what it brings counts as incoming.")
        if status == "sent" and st.button("Close", help="Nothing more of it is to come"):
            _step(lambda: workflow.close(store, number), "The order is closed.")
        if status in ("draft", "sent") and st.button("Cancel the order"):
            _step(lambda: workflow.cancel(store, number), "The order is cancelled.")


def _receiving(view: View, number: str, lines: pd.DataFrame) -> None:
    store = _store(view)
    with st.expander("Receive goods", icon=":material/inventory:", expanded=True):
        on = st.date_input("Received on", edits.today(store), format="YYYY-MM-DD", width=180)
        columns = {
            "line_no": None,
            "sku": stock_editors.text("SKU", disabled=True),
            "title": stock_editors.text("Product", disabled=True),
            "open_units": stock_editors.number("To come", disabled=True),
            "came": stock_editors.number("Came"),
        }
        rows = lines.assign(came=None)
        typed = stock_editors.edited(f"receive_{number}", rows, columns, view, is_growing=False)
        with st.container(horizontal=True):
            if st.button("Receive these", type="primary"):
                _step(lambda: workflow.receive(store, number, on, _units(typed, "came")), "What came is kept.")
            if st.button("Receive everything"):
                _step(
                    lambda: workflow.receive(store, number, on, _units(rows, "open_units")),
                    "Everything that was to come is kept.",
                )


def _units(rows: pd.DataFrame, name: str) -> dict[int, Decimal]:
    known = rows.dropna(subset=[name])
    return {int(line): Decimal(str(units)) for line, units in zip(known["line_no"], known[name], strict=True)}


def _changing(view: View, number: str, order: "pd.Series[Any]", lines: pd.DataFrame) -> None:
    store = _store(view)
    head: dict[str, Any] = {}
    with st.grid(len(LABELS) // 3, min_column_width=180):
        for name, label in LABELS.items():
            head[name] = _field(name, label, order[name], f"{name}_{number}_{st.session_state.get('edited', 0)}")
    edited = stock_editors.edited(f"lines_{number}", lines, LINE, view).dropna(
        subset=["sku", "units", "unit_cost"], how="all"
    )
    st.caption(stock_editors.WHAT_SAVING_IS)
    if st.button("Save the order", type="primary"):
        with states.in_words():
            stock_editors.save(store, "purchase_orders", workflow.rows_of(store, number, head, edited))


def _field(name: str, label: str, value: Any, key: str) -> Any:
    known = None if value is None or pd.isna(value) else value
    if name in NUMBERS:
        typed = st.number_input(label, value=None if known is None else float(known), key=key, format="%.2f")
        return None if typed is None else Decimal(str(typed))
    if name.endswith("_on"):
        return st.date_input(label, known, key=key, format="YYYY-MM-DD")
    return st.text_input(label, known or "", key=key).strip() or None


def _step(write: Callable[[], None], said: str) -> None:
    editors.keep(write, said)


def _store(view: View) -> int:
    assert view.scope.only_store is not None  # the page shows no step for several stores
    return view.scope.only_store
