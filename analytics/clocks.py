"""Two clocks: the same days with every reversal on the day of its order and on its own, and what makes them differ."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, rates, sales, wording
from analytics.metrics import METRICS
from analytics.scope import BASES, Scope

SHOWN = 1_000
# What reversals move, each with a column in the list of them, and what they never do.
MOVED = (
    "reversals", "net_sales", "shipping", "tax", "duties", "fees", "total_sales", "tips", "gift_cards", "collected",
    "units_returned",
)  # fmt: skip
STAY = ("gross_sales", "discounts", "orders", "customers", "units", "average_order_value")
COLUMNS = ("metric", "label", "order_date", "refund_date", "difference")
# Whether a reversal's order and the reversal itself lie in the days, with what that means; the last only where amounts are
# converted, because each clock takes the rate of its own day.
DIRECTIONS = {
    (True, False): "ordered in these days, taken back outside",
    (False, True): "taken back in these days, ordered outside",
    (True, True): "ordered and taken back in these days, at the rates of different days",
}
# The same for a chart, in which there is little room.
SHORT = {
    (True, False): "Taken back on other days",
    (False, True): "Orders of other days",
    (True, True): "Rates that moved",
}


@dataclass(frozen=True)
class Moved:
    """The reversals that make the clocks differ: `count` rows in all with the `sums` of each metric, `net_sales` of each
    direction, `rows` the first."""

    count: int
    sums: dict[str, Decimal]
    net_sales: dict[str, Decimal]
    rows: pd.DataFrame


def side_by_side(scope: Scope) -> pd.DataFrame:
    """One row a metric of one currency: its label, the value on both clocks, the difference (refund date − order date).

    Columns: COLUMNS. Metrics that reversals never move come last. No sales give no row; raises ValueError if the scope holds
    several currencies.
    """
    on = [_summary(replace(scope, basis=basis)) for basis in BASES]
    if all(each is None for each in on):
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    rows = []
    for name in (*MOVED, *STAY):
        ordered, refunded = (None if each is None else each[name] for each in on)
        rows.append(_row(name, ordered, refunded))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def moved(scope: Scope, most: int | None = SHOWN) -> Moved:
    """The reversals that count in the days on one clock only, in one currency, one row an order and day of the reversal.

    Each row has what it adds to every metric's difference; all of them add up to it exactly. Raises ValueError if the scope
    holds several currencies.
    """
    asked = {name: value for name, value in scope.params().items() if name != "basis"}
    frame = db.read("clocks/moved", **asked, most=most)
    if frame["currency"].nunique() > 1:
        raise ValueError("currency is missing: amounts of several currencies are never added")
    ways = zip(frame["is_ordered_in"], frame["is_booked_in"], strict=True)
    frame = frame.assign(direction=[DIRECTIONS[bool(ordered), bool(booked)] for ordered, booked in ways])
    is_total = frame["is_total"].astype(bool)
    sums = {name: sum(frame.loc[is_total, name], start=Decimal(0)) for name in MOVED}
    by_direction = dict(zip(frame.loc[is_total, "direction"], frame.loc[is_total, "net_sales"], strict=True))
    return Moved(int(frame.loc[is_total, "rows"].sum()), sums, by_direction, frame[~is_total].reset_index(drop=True))


def walk(both: pd.DataFrame, found: Moved) -> pd.DataFrame:
    """From net sales on the order's clock to those on the refund's, by direction: label, amount, is_total.

    What rates that moved make of it stands there only if they do.
    """
    net = both.set_index("metric").loc["net_sales"]
    steps = [
        (SHORT[way], found.net_sales.get(said, Decimal(0)), False)
        for way, said in DIRECTIONS.items()
        if way != (True, True) or said in found.net_sales
    ]
    rows = [
        ("Refunds on the order date", net["order_date"], True),
        *steps,
        ("Refunds on the refund date", net["refund_date"], True),
    ]
    return pd.DataFrame(rows, columns=["label", "amount", "is_total"], dtype=object)


def rows(scope: Scope) -> pd.DataFrame:
    """All rows of `moved`, as one frame."""
    return moved(scope, None).rows


def over_all_time(scope: Scope) -> str:
    """The sentence that both clocks are equal over all time, with the figure that is; or which one is not.

    Converted they need not be: a refund has its own day's rate on one of them. Then it says by how much, and what has none.
    """
    frame = side_by_side(scope.over(None, None))
    if scope.into:
        return _over_all_time_converted(frame, scope.over(None, None), scope.into)
    if frame.empty:
        return "Over all time nothing was sold or taken back."
    apart = frame.loc[[bool(each) for each in frame["difference"]]]
    if apart.empty:
        net = frame.set_index("metric").at["net_sales", "order_date"]
        return (
            f"Over all time both clocks are equal: net sales {wording.exact(net)} {scope.currency or ''}".rstrip() + "."
        )
    names = ", ".join(apart["label"].str.lower())
    return f"Over all time the clocks should be equal, and are not: {names}. Please run the doctor with --verify."


def _over_all_time_converted(frame: pd.DataFrame, scope: Scope, into: str) -> str:
    by = frame.set_index("metric").at["net_sales", "difference"] if len(frame) else Decimal(0)
    moved_by = f"{wording.exact(by)} {into}" if round(by, 2) else f"nothing, to the cent, in {into}"
    missing = rates.missing_in_words(rates.missing(scope), into)
    return " ".join(
        [
            "Converted, a refund has the rate of its order's day on one clock and that of its own day on the other: over all "
            f"time that moves net sales by {moved_by}. In their own currencies both clocks are equal over all time.",
            *missing,
        ]
    )


def _summary(scope: Scope) -> "pd.Series[Any] | None":
    found = sales.summary(scope)
    if len(found) > 1:
        raise ValueError("currency is missing: amounts of several currencies are never added")
    return None if found.empty else found.iloc[0]


def _row(name: str, ordered: Any, refunded: Any) -> dict[str, Any]:
    """Days without an entry on a clock are days of nothing, and a quotient of nothing is unknown."""
    is_ratio = name == "average_order_value"
    values = [None if is_ratio and value is None else sales.exact(value) for value in (ordered, refunded)]
    before, after = values
    return {
        "metric": name,
        "label": METRICS[name].label,
        "order_date": values[0],
        "refund_date": values[1],
        "difference": None if before is None or after is None else after - before,
    }
