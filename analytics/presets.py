"""As others count: the figures of a platform's own report under its names, and the steps from ours to theirs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, sales, settlement, woocommerce
from analytics.errors import Refused
from analytics.known_sums import Known, figure, ratio
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.steps import LEFT_OUT, NEVER_PAID, Figure, Step, as_rows, as_walk

FIGURE_COLUMNS = ("figure", "label", "currency", "theirs", "ours_label", "ours", "difference", "definition", "unit")
STEP_COLUMNS = ("figure", "currency", "step", "label", "amount", "is_total")
CHARGED = {
    "shipping": "Shipping charged", "tax": "Tax charged", "duties": "Duties charged", "fee": "Fees charged", "tip": "Tips",
    "gift_card": "Gift cards sold",
}  # fmt: skip


@dataclass(frozen=True)
class Preset:
    """Whose count it is, and its rules in words."""

    label: str
    words: str


PRESETS = {
    "shopify": Preset(
        "Shopify",
        "Orders that are paid, partially paid, pending, authorized or refunded count; voided and test orders and those cancelled "
        "before payment do not. Refunds count on their own day.",
    ),
    "woocommerce": Preset(
        "WooCommerce",
        "Net sales are order totals less tax and shipping. Pending, failed and cancelled orders are out. The period's refunds "
        "are taken off sales, items and the average order, on their own day. Orders count by the date they were created, paid or "
        "completed: choose the date type that WooCommerce's settings have; an order without that date is out.",
    ),
    "amazon": Preset(
        "Amazon Business Report",
        "Cancelled orders are in, also those that were never paid. Refunds are not taken off sales; they stand beside them on "
        "their own date.",
    ),
    "settlement": Preset(
        "Settlement",
        "Only what was shipped or paid counts, on the date on which it was posted: the money of a settlement, a payments or a "
        "transactions export.",
    ),
    "metorik": Preset(
        "Metorik",
        "Gross sales are order totals with tax and shipping. Net revenue takes off the period's refunds, tax, shipping and fees.",
    ),
}


def figures(scope: Scope, preset: str = "shopify", by: str = "created") -> pd.DataFrame:
    """One row a currency and headline figure of a platform: its name and definition, theirs, ours, theirs less ours.

    `by` is the date by which WooCommerce counts orders: created, paid or completed. Columns: FIGURE_COLUMNS. Ratios and what
    has no counterpart here have no difference. Raises ValueError for an unknown preset or date, Refused for a filter that the
    platform's report does not have, and for a date that no order says.
    """
    return pd.DataFrame(
        [row for currency, found in _found(scope, preset, by) for row in as_rows(currency, found)],
        columns=list(FIGURE_COLUMNS),
        dtype=object,
    )


def steps(scope: Scope, preset: str = "shopify", by: str = "created") -> pd.DataFrame:
    """One row a currency, figure and step from ours to theirs, both included (is_total); the steps add up exactly.

    Columns: STEP_COLUMNS. Raises as `figures` does.
    """
    return pd.DataFrame(
        [row for currency, found in _found(scope, preset, by) for row in as_walk(currency, found)],
        columns=list(STEP_COLUMNS),
        dtype=object,
    )


def left_out(scope: Scope) -> dict[str, Mapping[str, Any]]:
    """What cancelled orders that a store leaves out would add to every amount, by currency; empty without such orders."""
    frame = db.read("presets/apart", **replace(scope, categories=()).params())
    rows = frame[frame["state"] == "left_out"].to_dict("records")
    return {str(row["currency"]): {str(name): value for name, value in row.items()} for row in rows}


def _found(scope: Scope, preset: str, by: str) -> list[tuple[str, list[Figure]]]:
    if preset not in PRESETS:
        raise ValueError(f"preset is one of {', '.join(PRESETS)}, not {preset!r}")
    if scope.categories:
        raise Refused("Other reports count whole orders, not categories. Take the category filter away.")
    if scope.into:
        raise Refused("Other reports are in the currency of the shop, not converted. Choose that currency instead.")
    if preset == "settlement":
        return settlement.figures(scope)
    known = _known(scope)
    if preset == "woocommerce" and by != "created":
        known = woocommerce.by_date(scope, known, by)
    return [(currency, COUNTED[preset](each)) for currency, each in known.items()]


def _known(scope: Scope) -> dict[str, Known]:
    ours, dated = (_by_currency(sales.summary(replace(scope, basis=basis))) for basis in (scope.basis, "refund_date"))
    asked = replace(scope, basis="refund_date", categories=())
    apart, kinds = db.read("presets/apart", **asked.params()), sales.kinds(asked)
    currencies = sorted({*ours, *dated, *apart["currency"]})
    nothing = dict.fromkeys(sales.SUMMARY_COLUMNS, Decimal(0))
    found = {}
    for currency in currencies:
        states = {row["state"]: row for row in apart[apart["currency"] == currency].to_dict("records")}
        of_currency = kinds[kinds["currency"] == currency]
        is_back = of_currency["entry"] == "reversal"
        charged = of_currency[~is_back].groupby("line_kind")["net"].sum().to_dict()
        back = of_currency[is_back & (of_currency["line_kind"] == "discount")]["net"]
        before, after = ours.get(currency, nothing), dated.get(currency, nothing)
        found[currency] = Known(before, after, states, charged, sum(back, start=Decimal(0)))
    return found


def _by_currency(frame: pd.DataFrame) -> dict[str, Mapping[str, Any]]:
    return {str(row["currency"]): {str(name): value for name, value in row.items()} for row in frame.to_dict("records")}


def _shopify(known: Known) -> list[Figure]:
    names = {
        "gross_sales": ("Gross sales", "price × quantity before discounts and returns, without tax and shipping."),
        "discounts": ("Discounts", "line discounts and the order's discounts."),
        "reversals": (
            "Returns",
            "the goods part of whatever was reversed, on the day of the reversal (“sales reversals”).",
        ),
        "net_sales": ("Net sales", "gross sales − discounts − returns."),
        "shipping": ("Shipping charges", "charged − refunded."),
        "duties": ("Duties", "charged − refunded."),
        "fees": ("Additional fees", "fees charged, and return fees kept."),
        "tax": ("Taxes", "charged − refunded."),
        "total_sales": ("Total sales", "net sales + shipping + duties + additional fees + taxes."),
        "orders": ("Orders", "orders placed that count."),
    }
    found = []
    for name, said in names.items():
        more = Step(*LEFT_OUT, known.of("left_out", name))
        found.append(figure(known, name, said, sales.exact(known.dated[name]) + more.amount, [known.clock(name), more]))
    worth = {figure.name: figure.theirs or Decimal(0) for figure in found}
    average = ratio(worth["gross_sales"] - worth["discounts"], worth["orders"])
    words = "(gross sales − discounts) ÷ orders; what was returned is not taken off."
    return [*found, Figure("average_order_value", "Average order value", words, "money", average)]


def _amazon(known: Known) -> list[Figure]:
    def with_cancelled(name: str, label: str, words: str) -> Figure:
        walk = [Step(*NEVER_PAID, known.of("never_paid", name)), Step(*LEFT_OUT, known.of("left_out", name))]
        return figure(
            known, name, (label, words), sales.exact(known.ours[name]) + sum(step.amount for step in walk), walk
        )

    units = with_cancelled("units", "Units ordered", "units of all orders, cancelled ones too.")
    back = sales.exact(known.dated["units_returned"])
    said = ("Units refunded", "units known to be refunded, on the date of the refund.")
    return [
        with_cancelled(
            "gross_sales", "Ordered product sales", "price × units of all orders, cancelled ones too, without tax here."
        ),
        units,
        with_cancelled("orders", "Orders", "all orders placed, cancelled ones too."),
        figure(known, "units_returned", said, back, [known.clock("units_returned")]),
        Figure("refund_rate", "Refund rate", "units refunded ÷ units ordered.", "percent", ratio(back, units.theirs)),
    ]


def _metorik(known: Known) -> list[Figure]:
    ours, dated = known.ours, {name: sales.exact(known.dated[name]) for name in METORIK}
    placed = sum(known.charged.values(), start=Decimal(0))
    walk = [Step("discounts", "Discounts", -sales.exact(ours["discounts"]))]
    walk += [Step(kind, label, known.charged.get(kind, Decimal(0))) for kind, label in CHARGED.items()]
    rest = [amount for kind, amount in known.charged.items() if kind not in (*CHARGED, "product", "discount")]
    walk.append(Step("adjustments", "Lines that are no sale", sum(rest, start=Decimal(0))))
    walk.append(Step("discounts_back", "Discounts taken back", -known.discounts_back))
    net = dated["collected"] + dated["adjustments"] - dated["tax"] - dated["shipping"] - dated["fees"]
    more = [Step(name, METRICS[name].label, dated[name]) for name in ("duties", "tips", "gift_cards", "adjustments")]
    words = "order totals − refunds − tax − shipping − fees; tax and shipping that went back are not taken off twice."
    orders = sales.exact(ours["orders"])
    return [
        figure(known, "gross_sales", ("Gross sales", "order totals with tax and shipping."), placed, walk),
        figure(
            known,
            "taken_back",
            ("Refunds", "everything refunded in the period, with tax and shipping, on its own day."),
            dated["taken_back"],
            [known.clock("taken_back")],
        ),
        figure(known, "net_sales", ("Net revenue", words), net, [known.clock("net_sales"), *more]),
        figure(known, "orders", ("Orders", "orders that count."), orders, []),
        Figure("average_gross", "Average order gross", "gross sales ÷ orders.", "money", ratio(placed, orders)),
    ]


METORIK = ("collected", "adjustments", "tax", "shipping", "fees", "duties", "tips", "gift_cards", "taken_back")
COUNTED: dict[str, Callable[[Known], list[Figure]]] = {
    "shopify": _shopify,
    "woocommerce": woocommerce.figures,
    "amazon": _amazon,
    "metorik": _metorik,
}
