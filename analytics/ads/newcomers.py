"""What a new customer costs in ads, and after how many months what the customer leaves has paid for that."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import customers, db, periods, stores, wording
from analytics.ads import totals
from analytics.ads.spend import Row, check, over
from analytics.product_rows import framed
from analytics.scope import Scope

CURVE_COLUMNS = (
    "age", "currency", "cohort_customers", "contribution_per_customer", "covered_share", "new_customer_cac", "is_paid",
)  # fmt: skip
PAYBACK_COLUMNS = (
    "currency", "new_customers", "new_customer_cac", "payback_months", "known_months", "is_trusted", "history_starts_on",
    "first_day", "last_day", "covered_share", "why",
)  # fmt: skip
LEARNT_FROM = 24
# of fewer customers a month says nothing
FEWEST = 20


def curve(scope: Scope) -> pd.DataFrame:
    """One row a currency and age: what a new customer has left before ads up to it, beside the CAC. Columns: CURVE_COLUMNS.

    From the first orders of the 24 months up to the end of the scope. Age 0 is the first day, 1 the month after it, and so on; the
    part of each month is that of customers who are old enough, as long as there are 20 of them. Gross profit of products with
    a known cost (`covered_share` of their net sales): what has no known cost is left out, so it may be more. No identity, no row.
    """
    check(scope)
    days = _days(scope)
    if days is None:
        return pd.DataFrame(columns=list(CURVE_COLUMNS), dtype=object)
    asked = {name: value for name, value in scope.params().items() if name in ("store_ids", "currency", "into")}
    frame = db.read("ads/newcomers", **asked, start=days[0], stop=days[1], horizon=days[1])
    cac = {row["currency"]: row["new_customer_cac"] for row in totals.summary(scope).to_dict("records")}
    found = []
    for currency, rows in frame.groupby("currency", sort=True):
        found += _added(str(currency), rows.to_dict("records"), cac.get(currency))
    return framed(found, CURVE_COLUMNS)


def _added(currency: str, rows: list[Row], cac: Any) -> list[Row]:
    """The parts of the ages added up, from age 0 on without a gap, as long as enough customers are old enough."""
    found: list[Row] = []
    reached, net, covered = Decimal(0), Decimal(0), Decimal(0)
    for age, row in enumerate(rows):
        if row["age"] != age or row["customers"] < FEWEST:
            break
        reached += (row["covered"] - row["cost"]) / row["customers"]
        net, covered = net + row["net_sales"], covered + row["covered"]
        is_known = bool(covered)
        found.append({
            "age": age, "currency": currency, "cohort_customers": row["customers"],
            "contribution_per_customer": reached if is_known else None, "covered_share": over(covered, net),
            "new_customer_cac": cac, "is_paid": is_known and cac is not None and reached >= cac,
        })  # fmt: skip
    return found


def payback(scope: Scope) -> pd.DataFrame:
    """One row a currency: the CAC of the scope and the months until a new customer has paid it. Columns: PAYBACK_COLUMNS.

    `payback_months` is None where it is not known, and `why` says why in words; 0 is the first order's own day. The cohorts
    are of first_day to last_day; `known_months` are the months that enough of them are old enough for.
    """
    rows, days = curve(scope), _days(scope)
    cohorts = scope.over(*days) if days else scope
    people = {row["currency"]: row for row in customers.of_period(cohorts).to_dict("records")}
    found = []
    for row in totals.summary(scope).to_dict("records"):
        ages = rows[rows["currency"] == row["currency"]].to_dict("records")
        paid = next((each["age"] for each in ages if each["is_paid"]), None)
        known = people.get(row["currency"], {})
        found.append({
            "currency": row["currency"], "new_customers": row["new_customers"], "new_customer_cac": row["new_customer_cac"],
            "payback_months": paid, "known_months": len(ages) - 1 if ages else None,
            "is_trusted": known.get("is_trusted"), "history_starts_on": known.get("history_starts_on"),
            "first_day": cohorts.start, "last_day": cohorts.stop and cohorts.stop - periods.DAY,
            "covered_share": ages[-1]["covered_share"] if ages else None, "why": _why(row, ages) if paid is None else None,
        })  # fmt: skip
    return framed(found, PAYBACK_COLUMNS)


def _why(row: Row, ages: list[Row]) -> str:
    if row["new_customer_cac"] is None:
        return "Nobody is known to be new in these days, or no spend is told, so there is no CAC to pay back."
    if not ages:
        return f"Fewer than {FEWEST} customers are known by their first order, so nobody can say what one leaves."
    if ages[-1]["contribution_per_customer"] is None:
        return "No cost of goods is known, so nobody can say what a customer leaves."
    left = wording.money(ages[-1]["contribution_per_customer"], row["currency"])
    months = wording.count(ages[-1]["age"], "month")
    return f"After {months}, the longest that is known, a new customer has left {left}, less than the CAC."


def _days(scope: Scope) -> tuple[date, date] | None:
    """The days of the first orders that are learnt from: 24 months up to the end of the scope, or of the orders."""
    last = max(stores.among(scope.store)["last_day"].dropna(), default=None)
    if last is None:
        return None
    stop = min(scope.stop or date.max, last + periods.DAY)
    return periods.month_start(stop, -LEARNT_FROM), stop
