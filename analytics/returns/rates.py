"""How much comes back: rates by orders, units and value, reversals by kind, and how rates develop."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pandas as pd

from analytics import comparisons, db, grains, sales, settings, stores
from analytics.product_rows import Row, framed, quotient
from analytics.scope import Scope, Stores

SUMMARY_COLUMNS = (
    "currency", "orders", "orders_with_return", "return_rate_by_orders", "units_sold", "units_returned",
    "return_rate_by_units", "units_coverage", "value_sold", "value_returned", "return_rate_by_value",
    "value_returned_in_period", "period_return_ratio", "return_coverage", "value_without_lines", "value_of_unknown_kind",
    "days_to_return_median", "days_to_return_p90",
)  # fmt: skip
KIND_COLUMNS = ("currency", "kind", "amount", "share_of_reversals", "orders", "units", "units_coverage")
TREND_COLUMNS = (
    "day", "period", "currency", "sold", "returned", "return_rate", "before", "change", "is_mature", "is_partial",
)  # fmt: skip
# What a rate over time is of: what was sold, and what came back of it.
MEASURES = {
    "orders": ("orders", "orders_with_return"),
    "units": ("units_sold", "units_returned"),
    "value": ("value_sold", "value_returned"),
}
# Until when returns come in is learnt from a year of orders that are old enough to have had theirs.
LEARNT_FROM, OLD_ENOUGH, ENOUGH_RETURNS = 365, 90, 20
ASSUMED_DAYS = 30


@dataclass(frozen=True)
class Maturity:
    """After how many days nine of ten returns have come in, and whether that is only assumed."""

    days: int
    is_assumed: bool


def summary(scope: Scope) -> pd.DataFrame:
    """One row a currency: what came back of the orders of the scope, whichever clock it asks for. Columns: SUMMARY_COLUMNS.

    Only reversals of the kind return whose line is known count as returned. `value_returned_in_period` is what came back in
    these days, of whichever orders, and `period_return_ratio` its share of what was sold in them. Units are None, and so is
    their rate, where something came back and no file says how many; `units_coverage` is the share of the value returned of
    which files do. `return_coverage` is the share of the value of returns whose lines are known.
    """
    placed = _rows(sales.sums(replace(scope, basis="order_date")), "currency")
    returned = _totals(replace(scope, basis="order_date"))
    booked = _totals(replace(scope, basis="refund_date"))
    days = _rows(db.read("returns/days", **scope.params()), "currency")
    found = []
    for currency in sorted(placed | returned | booked):
        sold, back = placed.get(currency, {}), returned.get(currency, _nothing())
        row = _of_orders(sold, back) | {"currency": currency}
        row["value_returned_in_period"] = booked.get(currency, _nothing())["value_returned"]
        row["period_return_ratio"] = quotient(row["value_returned_in_period"], row["value_sold"])
        found.append(row | {name: days.get(currency, {}).get(name) for name in SUMMARY_COLUMNS[-2:]})
    return framed(found, SUMMARY_COLUMNS)


def _of_orders(sold: Row, back: Row) -> Row:
    """What came back beside what was sold of the same orders."""
    names = ("orders_with_return", "value_returned", "value_without_lines", "value_of_unknown_kind")
    row: Row = {name: Decimal(back[name]) for name in names}
    row["orders"], row["units_sold"] = sold.get("orders", 0), sold.get("units", Decimal(0))
    row["value_sold"] = sold.get("gross_sales", Decimal(0)) - sold.get("discounts", Decimal(0))
    row["units_returned"] = known_units(back)
    row["return_rate_by_orders"] = quotient(row["orders_with_return"], row["orders"])
    row["return_rate_by_units"] = quotient(row["units_returned"], row["units_sold"])
    row["return_rate_by_value"] = quotient(row["value_returned"], row["value_sold"])
    row["units_coverage"] = quotient(back["value_with_units"], row["value_returned"])
    row["return_coverage"] = quotient(row["value_returned"], row["value_returned"] + row["value_without_lines"])
    return row


def by_kind(scope: Scope) -> pd.DataFrame:
    """One row a currency and kind of reversal on the scope's clock, the largest first. Columns: KIND_COLUMNS.

    `amount` adds up to the reversals of sales.summary. `units` are those that files name, None where none does;
    `units_coverage` is the share of the amount of which they do.
    """
    frame = db.read("returns/kinds", **scope.params())
    totals = frame.groupby("currency")["amount"].transform("sum")
    return frame.assign(
        share_of_reversals=sales.ratios(frame["amount"], totals),
        units_coverage=sales.ratios(frame["amount_with_units"], frame["amount"]),
    )[list(KIND_COLUMNS)]


def trend(scope: Scope, grain: str = "month", measure: str = "orders", before: Scope | None = None) -> pd.DataFrame:
    """One row a currency and period of orders, without gaps: what share of them came back. Columns: TREND_COLUMNS.

    `before` is the rate of just the days that the period's are compared with, and `change` how many points the rate is
    higher. A period is mature if nine of ten returns of its last order have had time to come in (see maturity): the rate of
    one that is not still grows. `is_partial`: not all of it lies in the scope. Raises ValueError for another grain or
    measure.
    """
    if measure not in MEASURES:
        raise ValueError(f"measure is one of {', '.join(MEASURES)}, not {measure!r}")
    if grain not in grains.GRAINS:
        raise ValueError(f"grain is one of {', '.join(grains.GRAINS)}, not {grain!r}")
    run = settings.of(scope.stores)
    now = _by_period(_days(scope, measure), lambda day: grains.first_day(day, grain, run))
    then: dict[Any, list[Any]] = {}
    for each in before.ranges() if before is not None else ():
        by = (scope.start or date.min) - (each.start or date.min)
        moved = _by_period(_days(each, measure), partial(_moved, by, grain, run))
        for key, sums in moved.items():
            then[key] = [added(a, b) for a, b in zip(then.get(key, [0, 0]), sums, strict=True)]
    last, needed = _last_day(scope.stores), maturity(scope.stores).days
    found = []
    for key in sorted(now):
        row = _rated(now[key], then.get(key)) | {"currency": key[0], "day": key[1]}
        stop = grains.next_first_day(key[1], grain)
        ends = min(each for each in (stop, scope.stop, last and last + timedelta(days=1)) if each is not None)
        row["is_partial"] = ends < stop or (scope.start is not None and key[1] < scope.start)
        row["is_mature"] = last is not None and ends + timedelta(days=needed - 1) <= last
        found.append(row | {"period": grains.name(key[1], grain, run)})
    return framed(found, TREND_COLUMNS)


def _moved(by: timedelta, grain: str, run: settings.Settings, day: date) -> date:
    return grains.first_day(day + by, grain, run)


def added(one: Any, other: Any) -> Any:
    """The sum of two numbers of units of which one may be unknown (None): what is known of them; None where that is nothing."""
    if one is None or other is None:
        return one or other or None
    return one + other


def _rated(sums: list[Any], before: list[Any] | None) -> Row:
    """The rate of a period's sums beside that of the days it is compared with."""
    row = {"sold": sums[0], "returned": sums[1], "return_rate": quotient(sums[1], sums[0])}
    row["before"] = quotient(before[1], before[0]) if before else None
    is_known = row["return_rate"] is not None and row["before"] is not None
    return row | {"change": row["return_rate"] - row["before"] if is_known else None}


def compared(
    scope: Scope, grain: str = "month", measure: str = "orders", compare: str = "no comparison"
) -> pd.DataFrame:
    """The trend beside a comparison of comparisons.COMPARISONS. Raises ValueError for one without both ends of the period."""
    last = max(stores.among(scope.store)["last_day"].dropna(), default=None)
    if scope.start is None or scope.stop is None:
        if compare != "no comparison":
            raise ValueError("start and stop are needed: a period is compared with another one")
        return trend(scope, grain, measure)
    other = comparisons.of(scope.start, scope.stop, compare, comparisons.Known(last_day=last))
    return trend(scope, grain, measure, other.scope(scope) if other else None)


def maturity(store: Stores) -> Maturity:
    """After how many days nine of ten returns have come in, from a year of orders that are 90 days old by now.

    With fewer than 20 returns it is told from all orders, and without any with a day of its own 30 days are assumed.
    """
    last = _last_day(store)
    if last is None:
        return Maturity(ASSUMED_DAYS, is_assumed=True)
    old = last - timedelta(days=OLD_ENOUGH)
    for scope, needed in ((Scope(store, old - timedelta(days=LEARNT_FROM), old), ENOUGH_RETURNS), (Scope(store), 1)):
        known = db.read("returns/days", **scope.params())
        # several currencies: the one in which most came back
        best = max(known.to_dict("records"), key=lambda row: row["refunds"], default=None)
        if best is not None and best["refunds"] >= needed:
            return Maturity(int(best["days_to_return_p90"]), is_assumed=False)
    return Maturity(ASSUMED_DAYS, is_assumed=True)


def is_mature(scope: Scope) -> bool:
    """Whether nine of ten returns of the last orders of the scope have had time to come in; not of one without an end."""
    last = _last_day(scope.stores)
    return (
        last is not None
        and scope.stop is not None
        and scope.stop + timedelta(days=maturity(scope.stores).days - 1) <= last
    )


def known_units(back: Row) -> Decimal | None:
    """Units returned as far as files name them: 0 if nothing came back, None if something did and none of it has any."""
    if back["units_returned"] is not None:
        return Decimal(back["units_returned"])
    return None if back["value_returned"] else Decimal(0)


def _last_day(store: Stores) -> date | None:
    return max(stores.among(store)["last_day"].dropna(), default=None)


def _days(scope: Scope, measure: str) -> list[Row]:
    """A row a currency and day: `sold`, and `returned` of the orders of that day (None: no file says how many units)."""
    asked = replace(scope, basis="order_date")
    sold = sales.daily(asked)
    back = db.read("returns/came_back", by="day", **asked.params())
    returned = {(row["currency"], row["day"]): row for row in back.to_dict("records")}
    found = []
    for day in sold.to_dict("records"):
        row = _of_orders(day, returned.get((day["currency"], day["day"]), _nothing()))
        above, below = MEASURES[measure][1], MEASURES[measure][0]
        found.append({"currency": day["currency"], "day": day["day"], "sold": row[below], "returned": row[above]})
    return found


def _by_period(days: list[Row], first_day: Any) -> dict[Any, list[Any]]:
    """Sold and returned by currency and period; what came back is None if none of its days says how many units."""
    sums: dict[Any, list[Any]] = {}
    for row in days:
        kept = sums.setdefault((row["currency"], first_day(row["day"])), [Decimal(0), Decimal(0)])
        kept[0] += row["sold"]
        kept[1] = added(kept[1], row["returned"])
    return sums


def _totals(scope: Scope) -> dict[Any, Row]:
    frame = db.read("returns/came_back", by="all", **scope.params())
    return {row["currency"]: row for row in frame.to_dict("records")}


def _nothing() -> Row:
    names = (
        "orders_with_return", "value_returned", "value_with_units", "value_without_lines", "value_of_unknown_kind",
    )  # fmt: skip
    return dict.fromkeys(names, Decimal(0)) | {"units_returned": Decimal(0)}


def _rows(frame: pd.DataFrame, name: str) -> dict[Any, Row]:
    return {row[name]: row for row in frame.to_dict("records")}
