"""The list of orders and one order in full: what is looked for, a page of what was found, and the order that was clicked."""

from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from analytics import one_order, orders, stores, wording
from analytics.one_order import Order
from analytics.orders import Search
from pages.ui import address, charts, choices, gate, over_time, own, reads, states, tables
from pages.ui.filters import View

PAGE = "pages/sales/orders.py"
# the address's names of an order, and of its store where several are looked at
ADDRESS = KEY, OF = ("order", "order_of")
NAMES = ("search", "payment", "sent", "least", "most", "sort", "way")
WAYS = {"down": "last or largest first", "up": "first or smallest first"}
LISTED = {
    "order_name": tables.Column("Order"),
    "total": tables.money("Total"),
    "ordered_on": tables.day("Ordered on"),
    "units": tables.count("Units"),
    "discounts": tables.money("Discounts"),
    "taken_back": tables.money("Taken back in all"),
    "financial_status": tables.Column("Payment"),
    "fulfillment_status": tables.Column("Sent"),
    "discount_codes": tables.Column("Codes"),
    "channel": tables.Column("Channel"),
    "country": tables.Column("Country"),
    "customer_key": tables.Column("Customer"),
    "cancelled_on": tables.day("Cancelled on"),
    "difference": tables.money("Difference"),
    "unreconciled": tables.Column("Why it differs"),
    "currency": tables.Column("Currency"),
    "store": tables.Column("Store"),
}
LINES = {
    "title": tables.Column("Product"),
    "net": tables.money("Net"),
    "units": tables.count("Units"),
    "unit_price": tables.money("Price, as printed"),
    "amount": tables.money("Gross"),
    "discount": tables.money("Discount"),
    "cost": tables.money("Cost"),
    "kind": tables.Column("Kind"),
    "sku": tables.Column("SKU"),
    "sold_at": tables.Column("Sold at", "time"),
}
REVERSALS = {
    "booked_on": tables.day("Taken back on"),
    "amount": tables.money("Amount"),
    "kind": tables.Column("Kind"),
    "line_kind": tables.Column("Of"),
    "title": tables.Column("Product"),
    "units": tables.count("Units"),
    "day_is": tables.Column("The day is"),
    "kind_is": tables.Column("The kind is"),
    "is_restocked": tables.Column("Restocked"),
    "reason": tables.Column("Reason"),
    "condition": tables.Column("Condition"),
    "source": tables.Column("Told by"),
}
TRANSACTIONS = {
    "happened_at": tables.Column("At", "time"),
    "amount": tables.money("Amount"),
    "kind": tables.Column("Kind"),
    "gateway": tables.Column("Gateway"),
    "status": tables.Column("Status"),
    "fee": tables.money("Fee"),
    "paid_out_on": tables.day("Paid out on"),
    "source": tables.Column("Told by"),
}
RETURNS = {
    "returned_at": tables.Column("At", "time"),
    "title": tables.Column("Product"),
    "units": tables.count("Units"),
    "amount": tables.money("Amount"),
    "kind": tables.Column("Kind"),
    "reason": tables.Column("Reason"),
    "condition": tables.Column("Condition"),
    "resolution": tables.Column("Resolution"),
    "source": tables.Column("Told by"),
}
IMPORTS = {
    "file": tables.Column("File"),
    "says": tables.Column("Its saying"),
    "as_of": tables.day("As of"),
    "finished_at": tables.Column("Imported at", "time"),
    "format": tables.Column("Format"),
}


def search(view: View) -> Search:
    """What is looked for, drawn as a row of fields. Stops the page if the address asks for what is not there."""
    known = reads.of(orders.statuses, view.scope.over(None, None))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        words = own.text(
            "search",
            "Search",
            placeholder="Order, SKU, product, code, e-mail",
            help="An order number or a part of it, SKUs with commas between them, a part of a product's title, a discount code, an e-mail "
            "address or a customer's code. An address is turned into its code before anything is compared.",
            width=260,
        )
        payments = own.several("payment", "Payment", known["payment"], width=150)
        sent = own.several("sent", "Sent", known["sent"], width=150)
        least = own.amount("least", "Total from", width=115)
        most = own.amount("most", "Total to", width=115)
        sort = own.one("sort", "Sorted by", orders.SORTS, width=140)
        way = own.one("way", "Which comes first", WAYS, width=185)
    address.stop_if_refused()
    return Search(words, None, payments, sent, least, most, sort, way == "down")


def nothing_found(view: View, asked: Search) -> None:
    """What the same search finds on other days, with the way there."""
    first, last = view.shop.first_day, view.shop.last_day
    others = reads.of(orders.elsewhere, view.scope, asked)
    if not others or first is None or last is None:
        states.nothing_in_scope()
        return
    st.info(
        f"No order of these days is found, but {wording.count(others, 'order is', 'orders are')} on other days.",
        title="Nothing to show",
    )
    st.button("Look at all days", on_click=gate.callback(lambda: st.session_state.update(days=(first, last))))


def chart(view: View, days: pd.DataFrame, summed: "pd.Series[Any]") -> None:
    """The totals of the orders found, a column a day."""
    left_out = int(summed["documents"]) - int(summed["orders"])
    more = f" {wording.count(left_out, 'more counts', 'more count')} nowhere: voided or never paid." if left_out else ""
    charts.heading(
        f"{wording.count(int(summed['orders']), 'order')} found, {wording.money(summed['total'], view.currency)} in all",
        f"Order totals with tax and shipping by day, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}.{more}",
    )
    over_time.every_day(view.scope, days, "total", f"Order totals, {view.currency}")


def table(view: View, asked: Search, summed: "pd.Series[Any]", name: str = "Orders") -> None:
    """A page of the orders found, all of them added up in the first row; a click opens one, the downloads hold them all."""
    pages = -(-int(summed["documents"]) // orders.ROWS)
    page = _page(max(pages, 1))
    rows = reads.of(orders.listed, view.scope, asked, page)
    first = {
        "order_name": f"All {int(summed['documents']):,}",
        "total": summed["total"],
        "taken_back": summed["taken_back"],
    }
    shown = pd.concat([pd.DataFrame([first], dtype=object), rows.astype(object)], ignore_index=True)
    shown = shown.where(shown.notna(), None).reindex(columns=rows.columns)
    is_shown = {"store": len(view.shop.names) > 1, "currency": view.scope.currency is None}
    columns = {key: about for key, about in LISTED.items() if is_shown.get(key, True)}
    more = tables.More(
        on_click=lambda: _open(rows, name),
        is_grey=[False, *(not counted for counted in rows["is_counted"])],
        whole=lambda: orders.listed(view.scope, asked, 1, tables.EXCEL_ROWS),
    )
    tables.clickable(shown, columns, name, more)
    own = " Each order stands in its own currency." if view.scope.into else ""
    st.caption(
        f"A click on a row opens the order. Grey orders count nowhere: voided, or cancelled before payment.{own}"
    )


def _page(pages: int) -> int:
    asked = st.query_params.get("page", "1")
    if "page" not in st.session_state and (not asked.isdigit() or not 1 <= int(asked) <= pages):
        st.warning(f"The address asks for page “{asked}”; there are {pages:,}.", title="This view does not exist")
        st.stop()
    st.session_state["page"] = min(int(st.session_state.get("page", asked)), pages)
    label = f"Page, of {pages:,}"
    return int(st.number_input(label, 1, pages, key="page", bind="query-params", width=150))


def _open(rows: pd.DataFrame, name: str) -> None:
    chosen = st.session_state[f"table_{name}"]["selection"]["rows"]
    if chosen and chosen[0] > 0:
        remember(rows.iloc[chosen[0] - 1])


def remember(row: "pd.Series[Any]") -> None:
    """Let the address name an order and its store: another store may have an order of the same key."""
    st.session_state.pop(OF, None)
    st.query_params[KEY], st.query_params[OF] = row["order_key"], row["store"]


def forget() -> None:
    """Let the address name no order."""
    st.session_state.pop(OF, None)
    for name in (KEY, OF):
        st.query_params.pop(name, None)


def one(view: View, asked: str) -> None:
    """One order in full, with the way back to the list."""
    st.button("Back to the list", icon=":material/arrow_back:", on_click=gate.callback(forget))
    scope, asked = view.scope.over(None, None), asked.replace("\x00", "")  # no text in a database can hold that
    named = reads.of(one_order.stores_with, scope, asked)
    if len(named) > 1:
        st.caption(f"{len(named)} of these stores have an order “{states.plain(asked)}”.")
        store = choices.one_of(OF, "Of the store", {name: name for name in named})
        if store is None:
            return
        scope = replace(scope, store=stores.find(store))
    found: Order | None = reads.of(one_order.get, scope, asked)
    if found is None:
        st.warning(
            f"The address asks for the order “{asked}”, which {view.shop.name} does not have. It may be another store's, or "
            "its import was undone.",
            title="This view does not exist",
        )
        return
    head = found.head
    st.subheader(f"Order {head['order_name']}")
    for line in one_order.in_words(found):
        st.write(states.plain(line))
    if head["unreconciled"]:
        st.warning(f"{head['unreconciled']}: {wording.exact(head['difference'])} {head['currency']} apart.")
    left, right = st.columns([3, 2], gap="large")
    with left:
        st.markdown("**Lines**")
        st.caption(f"Without tax, {head['currency']}; cost at the day of the sale, – where it is not known.")
        tables.show(found.lines, LINES, "Lines")
    with right:
        charts.heading("From its lines to its total", f"{head['currency']}; the order's own total is with tax.")
        charts.waterfall(found.walk, f"Amount, {head['currency']}")
        with st.expander("The same as a table"):
            tables.show(found.walk, {"label": tables.Column("Step"), "amount": tables.money("Amount")}, "Walk")
    _history(found)


def _history(found: Order) -> None:
    """What happened to an order afterwards, and which files told of it."""
    for title, rows, columns in (
        ("Taken back", one_order.explained(found.reversals), REVERSALS),
        ("Payments", found.transactions, TRANSACTIONS),
        ("Returns", found.returns, RETURNS),
        ("Told by", found.imports, IMPORTS),
    ):
        st.markdown(f"**{title}**")
        if rows.empty:
            st.caption("Nothing is known.")
        else:
            tables.show(rows, columns, title)
