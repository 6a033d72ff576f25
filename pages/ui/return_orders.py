"""The orders behind the numbers of returns, what came back without a purchase, and how far it is known what came back."""

from collections.abc import Callable
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from analytics import wording
from analytics.returns import coverage, orders, products
from pages.ui import charts, choices, order_panels, reads, return_panels, states, tables
from pages.ui.filters import View

NUMBERS = {
    "returned": "Returned, as the rates count it",
    "returned in period": "Came back in these days",
    "without a line": "Returns without a line",
    "of unknown kind": "Refunds of unknown kind",
}
ORDERS = "orders"
# What the page of orders filters by, too.
OF_ORDERS = ("store", "days", "channel", "country")
BEHIND, PIECE, ALL = "behind", "piece", "all"


def behind(view: View, kinds: pd.DataFrame, has_returns: bool) -> None:
    """The orders behind a card or a kind, chosen by the address, by a click on a row or a bar, or here."""
    st.subheader("The orders behind it", anchor="orders")
    named = {kind: f"{return_panels.KINDS.get(kind, kind)}, on the {view.clock}" for kind in kinds["kind"]}
    picked = choices.one_of(BEHIND, "What was taken back", NUMBERS | named if has_returns else named | NUMBERS)
    if picked is not None:
        _listed(view, picked, ())


def _sold_in(view: View) -> None:
    """The way to the orders of the product, of the same days: an address of its own, because the filters of this page are
    bound to its widgets and would not go with a switch of pages."""
    asked = [(name, value) for name, value in view.asked if name in OF_ORDERS]
    asked.append(("search", str(st.session_state["product_title"])))
    st.link_button(
        "The orders it was sold in", f"{ORDERS}?{urlencode(asked)}", icon=":material/receipt_long:", type="tertiary"
    )


def of_product(view: View, product: str, side: str, rows: pd.DataFrame) -> None:
    """The orders of which a product, or one of its variants, sizes or colours, came back."""
    _sold_in(view)
    st.markdown("**The orders it came back of**")
    every = rows if side == "variant" else reads.of(products.variants, view.scope, product)
    label = "name" if side == "variant" else side
    keys: dict[str, tuple[str, ...]] = {}
    for row in every.to_dict("records"):
        if row["lines_returned"]:
            name = str(row[label])
            keys[name] = (*keys.get(name, ()), row["product_key"])
    if not keys:
        st.caption("No order of these days is known to have given it back.")
        return
    piece = choices.one_of(PIECE, side.capitalize(), {ALL: f"All {side}s"} | {name: name for name in keys})
    if piece is None:
        return
    _listed(view, "returned", (product,) if piece == ALL else keys[piece])


def _listed(view: View, of: str, keys: tuple[str, ...]) -> None:
    found: orders.Found = reads.of(orders.listed, view.scope, of, keys)
    if not found.lines:
        st.caption("Nothing was taken back so in these days.")
        return
    st.markdown(
        f"{wording.count(found.orders, 'order')} with {wording.count(found.lines, 'reversal')} of "
        f"**{wording.exact(round(found.total, 2))} {view.currency}** in all, without tax, shipping and fees."
    )
    name = "Orders behind returns"
    more = tables.More(on_click=_opens(found.rows, name), whole=lambda: orders.listed(view.scope, of, keys, None).rows)
    tables.clickable(found.rows, _columns(view), name, more)
    cut = (
        f"The first {len(found.rows):,} are shown; the files have all of them. "
        if len(found.rows) < found.lines
        else ""
    )
    st.caption(f"{cut}A click on a row opens the order.")
    if order_panels.KEY in st.query_params:
        # the filters are bound to this page's widgets; the order alone says all that its page needs
        asked = {key: st.query_params[key] for key in order_panels.ADDRESS if key in st.query_params}
        st.switch_page(order_panels.PAGE, query_params=asked)


def _opens(rows: pd.DataFrame, name: str) -> Callable[[], None]:
    def clicked() -> None:
        chosen = st.session_state[f"table_{name}"]["selection"]["rows"]
        if chosen:
            order_panels.remember(rows.iloc[chosen[0]])

    return clicked


def _columns(view: View) -> dict[str, tables.Column]:
    store = {"store": tables.Column("Store")} if len(view.shop.names) > 1 else {}
    return {
        "order_name": tables.Column("Order"),
        "amount": tables.money(f"Amount, {view.currency}"),
        "title": tables.Column("Product"),
        "ordered_on": tables.day("Ordered on"),
        "booked_on": tables.day("Taken back on"),
        "days_back": tables.metric("days_back"),
        "kind": tables.Column("Kind"),
        "units": tables.count("Units"),
        "reason": tables.Column("Reason"),
        "condition": tables.Column("Condition"),
        "inferred": tables.Column("Inferred"),
        "file": tables.Column("Told by"),
        "document": tables.Column("In document"),
        "sku": tables.Column("SKU"),
        **store,
    }


def known(view: View) -> None:
    """How far files say what came back, in one sentence, and what would fill the rest as a table."""
    found = reads.of(coverage.of, view.scope)
    if found.empty:
        return
    share = dict(zip(found["what"], found["known_share"], strict=True))
    told = [
        f"{what} of {wording.percent(share[coverage.PARTS[name][0]])}"
        for name, what in (("line", "the order's line"), ("units", "the pieces"), ("reason", "the reason"))
    ]
    states.partial(
        f"Of what came back or may have, by value, files name {wording.listed(told)}."
        + ("" if coverage.is_known(found) else " What fills the rest stands below.")
    )
    with st.expander("How far it is known, and which file fills the rest"):
        tables.show(found, _known_columns(view), "What is known of returns")


def _known_columns(view: View) -> dict[str, tables.Column]:
    return {
        "what": tables.Column("What"),
        "known_share": tables.metric("known_share"),
        "not_known_value": tables.metric("not_known_value", view.currency),
        "filled_by": tables.Column("Filled by"),
        "known_value": tables.metric("known_value", view.currency),
    }


def alone(view: View) -> None:
    """What was taken back without a purchase, by reason and one by one; nothing where everything has one."""
    found: coverage.Alone = reads.of(coverage.alone, view.scope)
    if found.reasons.empty:
        return
    st.subheader("Without a purchase")
    counted = found.reasons.loc[[bool(each) for each in found.reasons["counts"]]]
    lines, amount = int(found.reasons["lines"].sum()), sum(counted["amount"])
    charts.heading(
        f"{wording.count(lines, 'reversal')} taken back in these days {'has' if lines == 1 else 'have'} no purchase in any file",
        f"{wording.money(amount, view.currency)} of them count on their own day and in no return rate; those of orders that no "
        "file has count nowhere",
    )
    reasons = found.reasons.rename(columns={"lines": "reversals_listed"})
    tables.show(reasons.assign(counts=_words(reasons)), _reason_columns(view), "Reversals without a purchase by reason")
    with st.expander("One by one"):
        rows = found.rows.assign(counts=_words(found.rows))
        name = "Reversals without a purchase"
        if len(rows) == lines:
            tables.show(rows, _alone_columns(view), name)
            return
        tables.grid(rows, _alone_columns(view), name)
        tables.downloads(lambda: _all_alone(view), _alone_columns(view), name)
        st.caption(f"The {len(rows):,} largest of {lines:,} are shown; the files have all of them.")


def _all_alone(view: View) -> pd.DataFrame:
    rows = coverage.unmatched(view.scope)
    return rows.assign(counts=_words(rows))


def _words(rows: pd.DataFrame) -> list[str]:
    return ["on its own day" if each else "nowhere" for each in rows["counts"]]


def _reason_columns(view: View) -> dict[str, tables.Column]:
    return {
        "why": tables.Column("Why it has none"),
        "reversals_listed": tables.metric("reversals_listed"),
        "amount": tables.money(f"Amount, {view.currency}"),
        "counts": tables.Column("Counts"),
    }


def _alone_columns(view: View) -> dict[str, tables.Column]:
    return {
        "document": tables.Column("Document"),
        "amount": tables.money(f"Amount, {view.currency}"),
        "title": tables.Column("Product"),
        "booked_on": tables.day("Taken back on"),
        "why": tables.Column("Why it has none"),
        "units": tables.count("Units"),
        "sku": tables.Column("SKU"),
        "kind": tables.Column("Kind"),
        "counts": tables.Column("Counts"),
        "file": tables.Column("Told by"),
        **({"store": tables.Column("Store")} if len(view.shop.names) > 1 else {}),
    }
