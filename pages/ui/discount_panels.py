"""What only the page of discounts shows: its cards, the codes, what the platform says of them, and one code end to end."""

from typing import Any

import pandas as pd
import streamlit as st

from analytics import discounts, orders, wording
from analytics.discounts import Discounts
from pages.ui import charts, choices, order_panels, over_time, panels, reads, states, tables
from pages.ui.cards import Card
from pages.ui.filters import View

OF_PLATFORM = {
    "code": tables.Column("Code"),
    "used": tables.count("Used, says the platform"),
    "named_here": tables.count("Orders that name it"),
    "difference": tables.count("Difference"),
    "terms": tables.Column("Terms"),
    "status": tables.Column("Status"),
    "starts_on": tables.day("From"),
    "ends_on": tables.day("Until"),
    "last_ordered_on": tables.day("Last used on"),
    "store": tables.Column("Store"),
}


def before(view: View) -> "pd.Series[Any] | None":
    """What the compared days come to; nothing for the mean of several ranges, which is said: a code's share of it is none."""
    if view.before is None:
        return None
    if view.before.repeats > 1:
        st.caption(
            "Discounts are not compared with the mean of several ranges of days: choose another comparison for that."
        )
        return None
    return panels.one(reads.of(discounts.of, view.before).summary)


def cards(view: View, now: "pd.Series[Any]", before: "pd.Series[Any] | None") -> list[Card]:
    """What all discounts come to, and whom and what the codes brought."""
    made = [
        panels.card(name, now, before, view)
        for name in ("discounts", "discount_depth", "discounted_share", "margin_given_away", "new_customer_share")
    ]
    usual = wording.money(now["average_order_value_without"], view.currency)
    known = f"Known for {wording.percent(now['covered_share'])} of net sales."
    made[3] = Card(**{**made[3].__dict__, "note": known, "scope": None})
    average = panels.card("average_with_code", now, before, view)
    return [*made, Card(**{**average.__dict__, "note": f"Without a code {usual}.", "scope": None})]


def history(view: View) -> None:
    """Since when anybody can be known, without which nobody can be called new."""
    first, start = view.shop.first_day, view.scope.start
    if first is None:
        return
    said = f"New is who has no earlier order in the data; history starts on {wording.day(first)}."
    if start is not None and (start - first).days < 365:
        said += " That is less than a year before these days, so some of the new customers may be old ones."
    states.partial(said)


def chart(view: View, found: Discounts) -> None:
    """Which codes took most, and discounts without a code among them."""
    charts.heading(
        discounts.finding(found.codes),
        f"Discounts on goods without tax, {view.currency}, {wording.days(view.scope.start, view.scope.stop)}",
    )
    charts.bars(discounts.largest(found.codes), "name", "discounts", f"Discounts, {view.currency}")


def columns(currency: str) -> dict[str, tables.Column]:
    """The table of codes: name, discount and orders first, because a phone shows three columns."""
    return {
        "name": tables.Column("Code"),
        "discounts": tables.money(f"Discounts, {currency}"),
        "orders": tables.count("Orders"),
        "net_sales": tables.money(f"Net sales, {currency}"),
        "depth": tables.percent("Depth"),
        "new_customer_share": tables.percent("New customers of codes"),
        "margin_given_away": tables.money(f"Margin given away, {currency}"),
        "gross_profit": tables.money(f"Gross profit, {currency}"),
        "gross_profit_without": tables.money(f"The same without the discount, {currency}"),
        "covered_share": tables.percent("Covered share"),
        "average_order_value": tables.money(f"Average order, {currency}"),
        "against_without": tables.percent("Above orders without a code"),
        "gross_sales": tables.money(f"Gross sales, {currency}"),
        "reversals": tables.money(f"Reversals, {currency}"),
        "units": tables.count("Units"),
    }


def table(view: View, found: Discounts, now: "pd.Series[Any]") -> None:
    """The codes, all of it added up in the first row."""
    sums = {name: sum(found.codes[name]) for name in ("discounts", "net_sales", "gross_sales", "reversals", "units")}
    first = {"name": "All", "orders": now["orders"], "margin_given_away": now["margin_given_away"], **sums}
    rows = pd.concat([pd.DataFrame([first], dtype=object), found.codes.astype(object)], ignore_index=True)
    tables.show(rows.where(rows.notna(), None), columns(view.currency), "Discount codes")
    st.caption(discounts.SPREAD)


def of_platform(view: View) -> None:
    """The codes as the platform's export has them: their terms, and its count beside the orders that name them."""
    rows = reads.of(discounts.of_platform, view.scope.over(None, None))
    st.subheader("As the platform has them")
    if rows.empty:
        st.caption(
            "No discounts export is here. In Shopify: Discounts › Export brings terms, days and the platform's count."
        )
        return
    st.caption("Of all days, and of all orders that name a code, also those that count nowhere.")
    shown = {key: about for key, about in OF_PLATFORM.items() if key != "store" or len(view.shop.names) > 1}
    tables.show(rows, shown, "Discounts of the platform")


def one(view: View, found: Discounts) -> None:
    """One code end to end: its days, what was bought under it, and its orders."""
    st.subheader("One code")
    options = discounts.options(found.codes)
    if not options and "code" not in st.query_params:
        st.caption("No order of these days names a code.")
        return
    code = choices.one_of("code", "Code", options)
    if code is None:
        return
    days = reads.of(discounts.daily, view.scope, code)
    row = found.codes.loc[found.codes["code"] == code].iloc[0]
    charts.heading(
        discounts.about(row),
        f"Net sales under {states.plain(row['name'])} by day, {view.currency}, refunds on the {view.clock}",
    )
    over_time.every_day(view.scope, days, "net_sales", f"Net sales, {view.currency}")
    left, right = st.columns(2, gap="large")
    with left:
        st.markdown("**Products**")
        tables.show(reads.of(discounts.products, view.scope, code), _products(view.currency), "Products of the code")
    with right:
        st.markdown("**Days**")
        tables.show(days, _days(view.currency), "Days of the code")
    _orders(view, code)


def _orders(view: View, code: str) -> None:
    asked = orders.of_code(code)
    summed = orders.together(reads.of(orders.totals, view.scope, asked))
    st.markdown("**Orders**")
    if summed is None:
        st.caption("No order of these days names the code; what is shown was taken back of earlier ones.")
        return
    order_panels.table(view, asked, summed, "Orders of the code")
    if "order" in st.query_params:
        # the filters are bound to this page's widgets; the order alone says all that its page needs
        asked = {name: st.query_params[name] for name in order_panels.ADDRESS if name in st.query_params}
        st.switch_page(order_panels.PAGE, query_params=asked)


def _products(currency: str) -> dict[str, tables.Column]:
    return {
        "title": tables.Column("Product"),
        "net_sales": tables.money(f"Net sales, {currency}"),
        "units": tables.count("Units"),
        "discounts": tables.money(f"Discounts, {currency}"),
        "depth": tables.percent("Depth"),
        "gross_sales": tables.money(f"Gross sales, {currency}"),
        "sku": tables.Column("SKU"),
    }


def _days(currency: str) -> dict[str, tables.Column]:
    return {
        "day": tables.day("Day"),
        "net_sales": tables.money(f"Net sales, {currency}"),
        "orders": tables.count("Orders"),
        "new_customers": tables.count("New customers"),
        "returning_customers": tables.count("Returning customers"),
        "discounts": tables.money(f"Discounts, {currency}"),
    }
