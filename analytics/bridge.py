"""The bridge: from gross sales, step by step, to what was collected, to what the orders print, to the platform's figure."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import presets, sales, stores
from analytics.metrics import METRICS
from analytics.scope import Scope
from analytics.steps import LEFT_OUT

COLUMNS = ("currency", "step", "label", "amount", "is_total")
KINDS = {
    "return": ("returns", "Returns"),
    "cancellation": ("cancellations", "Cancellations"),
    "edit": ("edits", "Order edits"),
    "goodwill": ("goodwill", "Goodwill refunds"),
    "chargeback": ("chargebacks", "Chargebacks"),
    "unknown": ("unknown_reversals", "Refunds of unknown kind"),
}
CHARGES = {name: METRICS[name].label for name in ("shipping", "tax", "duties", "fees")}
ADJUSTMENTS = {
    "manual": "Manual entries",
    "sample": "Samples",
    "bank_charge": "Bank charges",
    "marketplace_fee": "Marketplace fees",
    "commission": "Commissions",
    "bad_debt": "Bad debt",
}


# What the steps are that are no metric of their own.
STEPS = {
    "taken_back_later": "what was taken back after the order was placed: the total that an order prints does not know of it.",
    "unreconciled": "orders whose printed total does not follow from their own parts: the total less the parts.",
    "other_days": "lines that are booked on other days than their order, such as what an exchange sold.",
    "documents_total": "the totals that the orders print, added up.",
    "platform_total_sales": "total sales in the platform's own report, on the days that it covers.",
    "difference_to_platform": "ours less the platform's, on the days that its report covers.",
    "outside_report": "what lies on days that the report does not cover, or counts on the other clock.",
}


def how(step: str) -> str:
    """How a step is computed, in words."""
    if step in METRICS:
        return METRICS[step].formula
    if step in ADJUSTMENTS:
        return METRICS["adjustments"].formula
    kinds = dict(KINDS.values())
    return STEPS.get(step) or f"{kinds[step].lower()}: the part of the reversals of that kind, goods without tax."


def steps(scope: Scope) -> pd.DataFrame:
    """One row a currency and step, in order: currency, step, label, amount (signed), is_total.

    The amounts between two totals add up to their difference. The comparison with the orders' own totals and the platform's
    report follows where there is one and nothing is converted, because a report is in its own currency; the orders' totals
    only on the order date, because they have no other day. Where a store leaves cancelled orders out, the walk begins with
    them. Filtered by category only goods have steps.
    """
    summed = sales.summary(scope)
    kinds, documents = sales.kinds(scope), sales.documents(scope)
    left_out = {} if scope.categories else presets.left_out(scope)
    rows: list[dict[str, Any]] = []
    for amounts in summed.to_dict("records"):
        of_currency = kinds[kinds["currency"] == amounts["currency"]]
        printed = documents[documents["currency"] == amounts["currency"]]
        found = _left_out(amounts, left_out) + _goods(amounts, of_currency, bool(scope.categories))
        if not scope.categories:
            found += _charges(amounts) + _adjustments(of_currency, amounts) + _printed(scope, amounts, printed)
            found += [] if scope.into else _platform(scope, amounts)
        rows += [{"currency": amounts["currency"], **row} for row in found]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _step(step: str, label: str, amount: Decimal, is_total: bool = False) -> dict[str, Any]:
    return {"step": step, "label": label, "amount": amount, "is_total": is_total}


def _left_out(amounts: dict[Any, Any], known: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Gross sales with the cancelled orders in, and the step that leaves them out; nothing where none is left out."""
    gross = known.get(amounts["currency"], {}).get("gross_sales")
    if not gross:
        return []
    before = _step("all_gross_sales", "Gross with cancelled orders", amounts["gross_sales"] + gross, True)
    return [before, _step(*LEFT_OUT, -gross)]


def _goods(amounts: dict[Any, Any], kinds: pd.DataFrame, is_filtered: bool) -> list[dict[str, Any]]:
    found = [
        _step("gross_sales", "Gross sales", amounts["gross_sales"], True),
        _step("discounts", "Discounts", -amounts["discounts"]),
    ]
    goods = kinds[(kinds["entry"] == "reversal") & (kinds["line_kind"] == "product")]
    if is_filtered:
        found.append(_step("reversals", "Reversals", -amounts["reversals"]))
    else:
        for kind, (step, label) in KINDS.items():
            amount = sum(goods.loc[goods["kind"] == kind, "net"], start=Decimal(0))
            if amount:
                found.append(_step(step, label, amount))
    return [*found, _step("net_sales", "Net sales", amounts["net_sales"], True)]


def _charges(amounts: dict[Any, Any]) -> list[dict[str, Any]]:
    found = [_step(name, label, amounts[name]) for name, label in CHARGES.items() if amounts[name]]
    found.append(_step("total_sales", "Total sales", amounts["total_sales"], True))
    found += [
        _step(name, label, amounts[name])
        for name, label in (("tips", "Tips"), ("gift_cards", "Gift cards sold"))
        if amounts[name]
    ]
    return [*found, _step("collected", "Collected", amounts["collected"], True)]


def _adjustments(kinds: pd.DataFrame, amounts: dict[Any, Any]) -> list[dict[str, Any]]:
    found = []
    for kind, label in ADJUSTMENTS.items():
        amount = sum(kinds.loc[kinds["line_kind"] == kind, "net"], start=Decimal(0))
        if amount:
            found.append(_step(kind, label, amount))
    return found


def _printed(scope: Scope, amounts: dict[Any, Any], printed: pd.DataFrame) -> list[dict[str, Any]]:
    """From what was collected to the sum of the orders' own totals, which know nothing of what was taken back later."""
    if printed.empty or (scope.basis != "order_date" and (scope.start or scope.stop)):
        return []
    row = printed.iloc[0]
    found = []
    if row["taken_back_later"]:
        found.append(_step("taken_back_later", "Taken back later", row["taken_back_later"]))
    if row["difference"]:
        found.append(_step("unreconciled", "Orders that contradict themselves", row["difference"]))
    rest = (
        row["documents_total"]
        - amounts["collected"]
        - amounts["adjustments"]
        - row["taken_back_later"]
        - row["difference"]
    )
    if rest:
        found.append(_step("other_days", "Lines booked on other days than their order", rest))
    return [*found, _step("documents_total", "Sum of the orders' own totals", row["documents_total"], True)]


def _platform(scope: Scope, amounts: dict[Any, Any]) -> list[dict[str, Any]]:
    """Total sales as the platform's report has them, on the days it covers, and the difference to ours."""
    control = sales.control(scope)
    control = control[(control["metric"] == "total_sales") & (control["currency"] == amounts["currency"])]
    if control.empty:
        return []
    theirs = sum(control["platform"], start=Decimal(0))
    difference = sum(control["difference"], start=Decimal(0))
    found = [_step("platform_total_sales", "Total sales in the platform's report", theirs, True)]
    left_out = _left_out_of_report(scope, control)
    # a platform that leaves them out, too, does not differ by them
    if abs(difference + left_out) < abs(difference):
        found.append(_step(*LEFT_OUT, -left_out))
    else:
        left_out = Decimal(0)
    found.append(_step("difference_to_platform", "Ours above the platform's", difference + left_out))
    beyond = amounts["total_sales"] - theirs - difference
    if beyond:
        found.append(_step("outside_report", "Other days: reversals on the other clock, days without a report", beyond))
    return found


def _left_out_of_report(scope: Scope, control: pd.DataFrame) -> Decimal:
    """Total sales of cancelled orders that a store leaves out, on the days of its report; 0 for reports with gaps or several."""
    if scope.only_store is None and len(stores.among(scope.stores)) > 1:
        return Decimal(0)
    first, stop = min(control["day"]), max(control["day"]) + timedelta(days=1)
    if control["day"].nunique() < (stop - first).days:
        return Decimal(0)
    currency = str(control["currency"].iloc[0])
    known = presets.left_out(replace(scope, basis="refund_date", start=first, stop=stop))
    return sales.exact(known.get(currency, {}).get("total_sales"))
