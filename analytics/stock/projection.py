"""One product's stock over the weeks to come, if it is ordered as suggested: with its order days, arrivals and what may come."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.scope import Scope
from analytics.stock import foreseen, formulas, planning, policies, purchase_orders, replenishment
from analytics.stock.planning import Change, Row
from analytics.stock.replenishment import DAY, NOUGHT

WEEKS, ONE = 26, Decimal(1)
# 80 of 100 outcomes of a normal distribution lie within so many deviations of its middle.
EIGHTY = Decimal("1.281552")
COLUMNS = ("location", "day", "stock", "lowest", "highest", "demand", "lost", "ordered", "arrives", "note")


def of(scope: Scope, sku: str | None = None, change: Change = Change()) -> pd.DataFrame:
    """One row a location and day of the next 26 weeks. Columns: COLUMNS.

    `stock` at the end of the day as a forecast of the product goes, else at the velocity, nothing ordered but what a
    reorder point asks for; `lowest` and `highest` are
    the 80 % band of demand since today, of a lead time at most, because orders follow what was sold. `ordered` and `arrives` in
    pieces, `lost` what was asked for without stock; `note` says what happens that day, None on most days.
    Raises Refused without a product of that name or without its stock.
    """
    day = purchase_orders.day_of(scope)
    rows = [replenishment.suggestion(row, day) for row in planning.inputs(scope, change) if sku and row["sku"] == sku]
    if not rows:
        raise Refused(f"No stock is counted of a product {sku!r}. Name one with --sku, as suggestions list them.")
    if all(row["available"] is None for row in rows):
        raise Refused(f"The stock of {sku} is not known: import a count of it.")
    days = [each for row in rows if row["available"] is not None for each in of_row(row, day)]
    return pd.DataFrame(days, columns=list(COLUMNS), dtype=object)


def of_row(row: Row, day: date) -> list[Row]:
    """The days of one suggestion, from `day` on."""
    ahead, lead = row["_outlook"], replenishment._whole(row["lead_time_days"])
    coming: dict[date, Decimal] = {}
    for due, units in row["arrivals"]:
        coming[max(due, day)] = coming.get(max(due, day), NOUGHT) + units
    gone = ahead.over(row["as_of"] + DAY, Decimal(max((day - row["as_of"]).days, 0)))
    stock = max(row["available"] - gone, NOUGHT)
    found = []
    for number in range(WEEKS * 7):
        at = day + timedelta(days=number)
        arrives, asked = coming.get(at, NOUGHT), ahead.over(at, ONE)
        stock += arrives
        lost = max(asked - stock, NOUGHT)
        stock = max(stock - asked, NOUGHT)
        on_order = sum((units for due, units in coming.items() if due > at), start=NOUGHT)
        ordered = _ordered(row, stock + on_order, at)
        if ordered:
            due = at + timedelta(days=max(lead, 1))
            coming[due] = coming.get(due, NOUGHT) + ordered
        band = EIGHTY * row["deviation"] * Decimal(min(number + 1, max(lead, 1))).sqrt()
        amounts = {
            "stock": stock,
            "lowest": max(stock - band, NOUGHT),
            "highest": stock + band,
            "demand": asked,
            "lost": lost,
        }
        rounded = {name: value.quantize(replenishment.THOUSANDTH) for name, value in amounts.items()}
        said = {"ordered": ordered, "arrives": arrives, "note": _note(ordered, arrives)}
        found.append({"location": row["location"], "day": at} | rounded | said)
    return found


def _ordered(row: Row, position: Decimal, evening: date) -> Decimal:
    """What is ordered on an evening: nothing above the reorder point of the days to come."""
    if row["_rule"].method != policies.REORDER_POINT or not row["_outlook"].is_asked:
        return NOUGHT
    lead, cover = foreseen.lead_and_cover(row | {"as_of": evening})
    if position > (lead + row["safety_stock"]).quantize(replenishment.THOUSANDTH):
        return NOUGHT
    return formulas.rounded_up(lead + cover + row["safety_stock"] - position, row["minimum_order"], row["pack_size"])


def _note(ordered: Decimal, arrives: Decimal) -> Any:
    said = ([f"order {ordered.normalize():f}"] if ordered else []) + (
        [f"{arrives.normalize():f} arrive"] if arrives else []
    )
    return ", ".join(said) or None


def finding(days: pd.DataFrame, sku: str) -> str:
    """What the days of one location say, in a sentence."""
    orders = days[days["ordered"] > 0]
    lost = sum(days["lost"], start=NOUGHT)
    first = f"the first on {wording.day(orders['day'].iloc[0])}" if len(orders) else "none is needed"
    short = f"; {lost:.0f} pieces are asked for without stock" if lost >= 1 else ""
    return f"{sku}: {wording.count(len(orders), 'order')} in {WEEKS} weeks, {first}{short}"
