"""How well stock turns: sell-through of a period and of its starting stock, stock turn, and what the money in it earns."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import bundles, db, periods, sales
from analytics.product_rows import framed, quotient, records
from analytics.scope import Scope
from analytics.stock import inventory, velocity
from analytics.stock.inventory import StockLook

# A count so many days before may stand for the start or the end of a period.
WITHIN = timedelta(days=7)
MONTHS = 12
LEVEL = ("store_id", "sku", "product_key", "title", "category", "vendor", "currency", "on_hand")
NOTHING = {"cost_of_goods_sold": None, "gross_profit": None}
COLUMNS = (
    "sku", "product_key", "title", "category", "vendor", "currency", "period_units", "on_hand_at_end", "on_hand_at_start",
    "sell_through", "sell_through_of_start", "cost_of_goods_sold", "average_stock", "stock_turn", "gross_profit", "gmroi",
)  # fmt: skip
SUMMARY_COLUMNS = (
    "currency", "start", "stop", "period_units", "on_hand_at_end", "sell_through", "on_hand_at_start", "sell_through_of_start",
    "year_start", "year_stop", "cost_of_goods_sold", "average_stock", "month_ends", "stock_turn", "gross_profit", "gmroi",
    "is_whole_year",
)  # fmt: skip


def of(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a product of the newest count, the most units sold in the look's window first. Columns: COLUMNS.

    sell_through = units ÷ (units + on hand at the end); sell_through_of_start = units ÷ on hand at the start. Start and end, if
    that is of the past, are None without a count in the week before. average_stock is the mean of
    month-end values at cost of the last 12 months that were counted; stock_turn = cost of goods sold of these months ÷ it,
    gmroi = gross profit ÷ it, None where orders do not reach back so far.
    """
    return among(scope, look, inventory.counted(scope))


def among(scope: Scope, look: StockLook, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `of` from levels of the same scope."""
    return _rows(scope, look, levels, _year(scope, levels))


def _rows(scope: Scope, look: StockLook, levels: pd.DataFrame, year: "Year") -> pd.DataFrame:
    start, stop = period(scope, look)
    sold = velocity.over(scope, start, stop)
    units = {
        (row["store_id"], row["product_key"]): row["units"]
        for row in records(sold, ("store_id", "product_key", "units"))
    }
    began = _counted_by(scope, start)
    # the days up to now end with what there is now, those of the past with what was counted then
    ended = _counted_by(scope, stop) if velocity.is_past(look.window) else None
    rows = []
    for row in records(levels, LEVEL):
        key = (row["store_id"], row["product_key"])
        row["period_units"] = units.get(key, Decimal(0))
        row["on_hand_at_end"] = row["on_hand"] if ended is None else ended.get(key)
        row["on_hand_at_start"] = began.get(key)
        row |= year.goods.get((key[1], row["currency"]), NOTHING)
        row["average_stock"] = year.ends[key]["value"] if key in year.ends else None
        rows.append(row | _ratios(row))
    rows.sort(key=lambda row: (-row["period_units"], row["product_key"]))
    return framed(rows, COLUMNS)


def period(scope: Scope, look: StockLook) -> tuple[date, date]:
    """The days that sell-through is told of, the second exclusive: those of the look's window before the scope's end."""
    start, stop = velocity.span(scope, look.window)
    return start, max(start, min(stop, scope.stop or stop))


def _ratios(row: dict[Any, Any]) -> dict[str, Decimal | None]:
    units, end, start = row["period_units"], row["on_hand_at_end"], row["on_hand_at_start"]
    # less than nothing on hand is a mistake of counting, not something to sell
    ended = None if end is None else units + max(end, Decimal(0))
    return {
        "sell_through": quotient(units, ended),
        "sell_through_of_start": quotient(units, start) if start is not None and start > 0 else None,
        "stock_turn": quotient(row["cost_of_goods_sold"], row["average_stock"]),
        "gmroi": quotient(row["gross_profit"], row["average_stock"]),
    }


def _counted_by(scope: Scope, day: date) -> dict[tuple[Any, Any], Decimal | None]:
    """Units on hand when a day begins, of what was counted within a week before."""
    frame = inventory.counted(scope.over(None, day))
    return {
        (row["store_id"], row["product_key"]): row["on_hand"]
        for row in records(frame, ("store_id", "product_key", "on_hand", "as_of"))
        if day - row["as_of"] <= WITHIN
    }


@dataclass(frozen=True)
class Year:
    """The last 12 whole months: whether orders reach back so far, and if they do what each product was worth at the ends of the
    months that were counted (by store and product) and what it sold (by product and currency)."""

    over: Scope
    is_whole: bool
    ends: dict[tuple[Any, Any], dict[str, Any]]
    goods: dict[tuple[Any, Any], dict[str, Decimal | None]]


def _year(scope: Scope, levels: pd.DataFrame) -> Year:
    over, (first, _) = year(scope, levels), velocity.data_days(scope)
    if over.start is None or first is None or first > over.start:
        return Year(over, False, {}, {})
    return Year(over, True, _month_ends(over), _goods(over))


def year(scope: Scope, levels: pd.DataFrame) -> Scope:
    """The 12 whole months up to the newest count; without days where nothing is counted."""
    if levels.empty:
        return scope.over(None, None)
    stop = (max(levels["as_of"]) + timedelta(days=1)).replace(day=1)
    return scope.over(periods.month_start(stop, -MONTHS), stop)


def _month_ends(over: Scope) -> dict[tuple[Any, Any], dict[str, Any]]:
    """By store and product: `value`, the mean at cost of the month ends that were counted, how many these are (`ends`), and the
    currency."""
    asked = {name: over.params()[name] for name in ("store_ids", "start", "stop", "categories", "currency")}
    frame = db.read("inventory/month_ends", **asked)
    return {
        (row["store_id"], row["product_key"]): {
            "currency": row["currency"],
            "ends": int(row["month_ends"]),
            "value": None if row["cost_value"] is None else Decimal(row["cost_value"]) / int(row["month_ends"]),
        }
        for row in records(frame, ("store_id", "product_key", "currency", "month_ends", "cost_value"))
    }


def _goods(over: Scope) -> dict[tuple[Any, Any], dict[str, Decimal | None]]:
    """Cost of goods sold and gross profit by product and currency; a bundle's are those of its components."""
    names = ["product_key", "currency", "gross_sales", "discounts", "reversals", "cost_of_goods_sold", "gross_profit"]
    frame = bundles.as_components(sales.products(over)[names], bundles.parts(over))
    found: dict[tuple[Any, Any], dict[str, Decimal | None]] = {}
    for row in records(frame, names):
        kept = found.setdefault(
            (row["product_key"], row["currency"]), {"cost_of_goods_sold": None, "gross_profit": None}
        )
        for name in kept:
            value = row[name]
            if value is not None and not pd.isna(value):
                kept[name] = Decimal(value) + (kept[name] or Decimal(0))
    return found


def summary(scope: Scope, look: StockLook = StockLook()) -> pd.DataFrame:
    """One row a currency with the same of all its products: every ratio is one of sums. Columns: SUMMARY_COLUMNS.

    Both sell-throughs are of the days from `start` up to `stop`, of products counted at the end; that of the starting stock
    counts only what was counted then. Turn and GMROI are of everything with a known cost, sold in the months from `year_start`
    up to `year_stop` or counted at one of their `month_ends`; None unless orders reach back so far (`is_whole_year`).
    """
    return summed(scope, look, inventory.counted(scope))


def summed(scope: Scope, look: StockLook, levels: pd.DataFrame) -> pd.DataFrame:
    """The rows of `summary` from levels of the same scope."""
    known, (start, stop) = _year(scope, levels), period(scope, look)
    frame, over = _rows(scope, look, levels, known), known.over
    rows = []
    for currency, group in frame.groupby("currency", dropna=False):
        worth = [each for each in known.ends.values() if each["currency"] == currency]
        sold = [each for (_, name), each in known.goods.items() if name == currency]
        rows.append(
            {"currency": currency, "start": start, "stop": stop, "year_start": over.start, "year_stop": over.stop}
            | {"is_whole_year": known.is_whole, "month_ends": max((each["ends"] for each in worth), default=0)}
            | _sold_through(group)
            | _turned(worth, sold)
        )
    return pd.DataFrame(rows, columns=list(SUMMARY_COLUMNS), dtype=object)


def _sold_through(rows: pd.DataFrame) -> dict[str, Any]:
    at_end = rows[rows["on_hand_at_end"].notna()]
    at_start = rows.loc[[each is not None and each > 0 for each in rows["on_hand_at_start"]]]
    end = inventory.total(at_end["on_hand_at_end"].map(lambda value: max(value, Decimal(0))))
    units, start = inventory.total(at_end["period_units"]), inventory.total(at_start["on_hand_at_start"])
    return {
        "period_units": units if len(at_end) else None,
        "on_hand_at_end": end if len(at_end) else None,
        "on_hand_at_start": start if len(at_start) else None,
        "sell_through": quotient(units, units + end),
        "sell_through_of_start": quotient(inventory.total(at_start["period_units"]), start),
    }


def _turned(worth: list[dict[str, Any]], sold: list[dict[str, Any]]) -> dict[str, Any]:
    stock = _sum(each["value"] for each in worth)
    cost, profit = (_sum(each[name] for each in sold) for name in ("cost_of_goods_sold", "gross_profit"))
    return {
        "cost_of_goods_sold": cost,
        "gross_profit": profit,
        "average_stock": stock,
        "stock_turn": quotient(cost, stock),
        "gmroi": quotient(profit, stock),
    }


def _sum(values: Iterable[Decimal | None]) -> Decimal | None:
    known = [each for each in values if each is not None]
    return sum(known, start=Decimal(0)) if known else None
