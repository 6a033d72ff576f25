"""How suppliers keep their word: how long they take, how often in time, how much is missing, how costs rise."""

from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import periods
from analytics.scope import Scope
from analytics.stock import purchase_orders

COLUMNS = (
    "supplier", "purchase_orders", "deliveries", "lead_time_p50", "lead_time_p90", "due_lines", "on_time_share", "days_late", "short_share",
    "cost_creep", "last_ordered_on",
)  # fmt: skip
# how far back orders are looked at, in months; 0 for all of them
PERIODS = {"12 months": 12, "24 months": 24, "3 months": 3, "all time": 0}
TENTH = Decimal("0.1")
DIGITS = Decimal("0.0001")


def by_supplier(scope: Scope) -> pd.DataFrame:
    """One row a supplier of whom something was ordered in the scope's days, the most orders first; see `score`."""
    return score(*_of(scope))


def within(scope: Scope, period: str) -> Scope:
    """The scope with the start that one of PERIODS says."""
    months, day = PERIODS[period], purchase_orders.day_of(scope)
    return scope.over(periods.month_start(day, -months) if months else None, scope.stop)


def overall(scope: Scope) -> pd.DataFrame:
    """The same of all suppliers together: one row, with suppliers (how many) in place of supplier; none without an order."""
    lines, receipts, day = _of(scope)
    ours = lines[lines["status"].isin(["sent", "closed"])]
    if ours.empty:
        return pd.DataFrame(columns=["suppliers", *COLUMNS[1:]])
    row = {"suppliers": ours["supplier"].nunique()} | _row("", ours, receipts, day)
    return pd.DataFrame([row], columns=["suppliers", *COLUMNS[1:]], dtype=object)


def _of(scope: Scope) -> tuple[pd.DataFrame, pd.DataFrame, date]:
    lines, receipts = purchase_orders.lines(scope), purchase_orders.receipts(scope)
    start, stop = scope.start or date.min, scope.stop or date.max
    return (
        lines[_within(lines["ordered_on"], start, stop)],
        receipts[_within(receipts["ordered_on"], start, stop)],
        purchase_orders.day_of(scope),
    )


def score(lines: pd.DataFrame, receipts: pd.DataFrame, day: date) -> pd.DataFrame:
    """One row a supplier of the lines of sent and closed orders. Columns: COLUMNS.

    A delivery is an order's receipts of one day; lead times run from the order to the delivery (median and 90th percentile,
    in days). A line is due from its promised day on; it is in time if nothing of it came later and nothing is still to come.
    `days_late` is the mean of the lines that were not. `short_share` = units that never came ÷ units ordered, of closed orders.
    `cost_creep` = the last cost ÷ the first of each product ordered more than once, weighted by the value last ordered, − 1.
    None where there is nothing to tell.
    """
    ours = lines[lines["status"].isin(["sent", "closed"])]
    rows = [
        _row(str(name), group, receipts[receipts["supplier"] == name], day) for name, group in ours.groupby("supplier")
    ]
    rows.sort(key=lambda row: (-row["purchase_orders"], row["supplier"]))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def _row(supplier: str, lines: pd.DataFrame, receipts: pd.DataFrame, day: date) -> dict[str, Any]:
    times = [
        row[2]
        for row in {(row["order_no"], row["received_on"], row["lead_time_days"]) for row in receipts.to_dict("records")}
    ]
    late = [_days_late(line, day) for line in lines.to_dict("records")]
    known = [each for each in late if each is not None]
    closed = lines[lines["status"] == "closed"]
    missing = [
        max(units - came, Decimal(0)) for units, came in zip(closed["units"], closed["received_units"], strict=True)
    ]
    return {
        "supplier": supplier,
        "purchase_orders": lines["order_no"].nunique(),
        "deliveries": len(times),
        "lead_time_p50": quantile(times, Decimal("0.5")),
        "lead_time_p90": quantile(times, Decimal("0.9")),
        "due_lines": len(known),
        "on_time_share": _share(sum(not each for each in known), len(known)),
        "days_late": _mean([each for each in known if each]),
        "short_share": _share(sum(missing, start=Decimal(0)), sum(closed["units"], start=Decimal(0))),
        "cost_creep": creep(lines),
        "last_ordered_on": max(lines["ordered_on"]),
    }


def slowest_first(scores: pd.DataFrame) -> pd.DataFrame:
    """Of `score`: name and lead_time_p90 of the suppliers that delivered, the slowest first."""
    known = scores.dropna(subset=["lead_time_p90"]).rename(columns={"supplier": "name"})
    return known.sort_values("lead_time_p90", ascending=False, kind="stable").reset_index(drop=True)


def quantile(values: list[int], share: Decimal) -> Decimal | None:
    """The quantile between the two nearest values, to a tenth; None of nothing."""
    if not values:
        return None
    ranked, place = sorted(values), share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(ranked) - 1)
    return (ranked[below] + (place - below) * (ranked[above] - ranked[below])).quantize(TENTH)


def creep(lines: pd.DataFrame) -> Decimal | None:
    """By how much the products ordered more than once cost more at the last order than at the first, of the value last ordered;
    None if there is none. Of a product in several currencies only those orders count that are in the last one's."""
    first = last = Decimal(0)
    priced = lines.loc[[not pd.isna(cost) for cost in lines["unit_cost"]]].sort_values(
        ["ordered_on", "order_no"], kind="stable"
    )
    for _, group in priced.groupby("sku"):
        same = group[group["currency"] == group["currency"].iloc[-1]]
        if same["order_no"].nunique() > 1:
            units = same["units"].iloc[-1]
            first += units * same["unit_cost"].iloc[0]
            last += units * same["unit_cost"].iloc[-1]
    return (last / first - 1).quantize(DIGITS) if first else None


def _days_late(line: dict[Any, Any], day: date) -> int | None:
    """How many days after its promise the last of a line came, or has not come by now; None before its day or without one."""
    promised = line["expected_on"]
    if promised is None or pd.isna(promised):
        return None
    if line["open_units"] > 0:
        return int((day - promised).days) if day > promised else None
    came = line["last_received_on"]
    if came is None or pd.isna(came):
        return None  # closed before anything came: short, not late
    return max(int((came - promised).days), 0)


def _within(days: "pd.Series[Any]", start: date, stop: date) -> "pd.Series[bool]":
    # a series even of no rows: an empty list would be taken for a choice of no columns
    return pd.Series([not pd.isna(day) and start <= day < stop for day in days], index=days.index, dtype=bool)


def _share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    return (Decimal(part) / Decimal(whole)).quantize(DIGITS) if whole else None


def _mean(values: list[int]) -> Decimal | None:
    return (Decimal(sum(values)) / len(values)).quantize(TENTH) if values else None
