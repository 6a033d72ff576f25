"""Slices of the shop beside an earlier period: channels, countries and their regions, categories, brands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import comparisons, db, grains, periods, places, sales, settings, trend
from analytics.scope import Scope

DIMENSIONS = ("channel", "country", "category", "vendor")
LEADERS = 5
SUMS = ("gross_sales", "discounts", "reversals", "net_sales", "orders", "units")
PROFIT = ("cost_of_goods_sold", "gross_profit", "gross_margin", "covered_share")
COLUMNS = (
    "value", "name", "currency", "is_total", "net_sales", "before", "change", "share", "share_before", "share_change",
    "orders", "units", "average_order_value", "gross_sales", "discounts", "reversals", *PROFIT,
)  # fmt: skip
TIME_COLUMNS = ("value", "name", "currency", "day", "net_sales")


def regions(scope: Scope, country: str = "") -> pd.DataFrame:
    """One row a currency and region of a country, net sales descending. Columns: sales.SLICE_COLUMNS, title its name."""
    frame = db.read("sales/regions", country=country, **scope.params())
    sums = [*SUMS, "covered_net_sales", "cost_of_goods_sold"]
    return sales.sliced(places.named_regions(frame, country, sums))


def compared(scope: Scope, before: Scope | None, dimension: str, country: str = "") -> pd.DataFrame:
    """The slices of a scope beside those of `before`, a row “Total” first, then net sales descending. Columns: COLUMNS.

    `before` is net sales of the compared days, `change` the share by which they grew, `share_change` by how many
    percentage points the share of all net sales rose. A slice that is gone stands with 0. Regions are those of `country`.
    """
    now = _rows(scope, dimension, country)
    earlier = None if before is None else comparisons.answer(_rows, before, dimension, country)
    # files may print one region both as a code and in words: its name tells it apart
    frame = _beside(now, earlier, "title" if dimension == "region" else "value")
    if frame.empty:
        return frame.reindex(columns=list(COLUMNS))
    frame["name"] = [
        name_of(dimension, value, title) for value, title in zip(frame["value"], frame["title"], strict=True)
    ]
    frame["average_order_value"] = sales.ratios(frame["gross_sales"] - frame["discounts"], frame["orders"])
    if dimension in ("category", "vendor"):
        frame["average_order_value"] = None  # an order holds several categories, so it has no value by category
    totals = _totals(frame, scope, dimension)
    whole = pd.concat([totals, frame.assign(is_total=False)], ignore_index=True)
    whole["change"] = [periods.change(now, then) for now, then in zip(whole["net_sales"], whole["before"], strict=True)]
    whole = whole.reindex(columns=list(COLUMNS)).astype(object)
    return whole.where(whole.notna(), None)


def over_time(scope: Scope, dimension: str, grain: str, values: Sequence[str]) -> pd.DataFrame:
    """Net sales of the slices named by day or period of the store's calendar, without gaps, in the order of `values`.

    Columns: TIME_COLUMNS; `day` is the first of its period. A slice without a name is ''.
    """
    if dimension not in DIMENSIONS:
        raise ValueError(f"dimension is {', '.join(DIMENSIONS)}, not {dimension!r}")
    if grain not in grains.GRAINS:
        raise ValueError(f"grain is {', '.join(grains.GRAINS[:-1])} or {grains.GRAINS[-1]}, not {grain!r}")
    run = settings.of(scope.stores)
    if dimension in ("channel", "country"):
        several = [_daily(scope, dimension, grain, value) for value in values]
        frame = pd.concat(several, ignore_index=True) if several else pd.DataFrame()
    else:
        known = scope.params() | {"dimension": dimension, "values": list(values)}
        frame = _by_period(db.read("sales/goods_over_time", **known), grain, run)
    if frame.empty:
        return pd.DataFrame(columns=list(TIME_COLUMNS), dtype=object)
    filled = _without_gaps(frame, _buckets(scope, grain, frame, run), values)
    return filled.assign(name=[name_of(dimension, value, None) for value in filled["value"]])[list(TIME_COLUMNS)]


def leaders(scope: Scope, dimension: str = "channel", grain: str = "week") -> pd.DataFrame:
    """The five slices with the highest net sales, over time; see over_time."""
    found = sales.by_dimension(scope, dimension)
    return over_time(scope, dimension, grain, leading(found))


def leading(rows: pd.DataFrame) -> tuple[str, ...]:
    """The values of the five biggest rows that are not the total, '' where a value is blank."""
    slices = rows[~rows["is_total"].astype(bool)] if "is_total" in rows else rows
    return tuple(dict.fromkeys(value or "" for value in slices["value"].head(LEADERS)))


def name_of(dimension: str, value: str | None, title: str | None) -> str:
    """What a slice is called: a country and a region in words, “unknown” where nothing is said."""
    if dimension == "country":
        return places.country(value)
    return title or value or "unknown"


def _rows(scope: Scope, dimension: str, country: str) -> pd.DataFrame:
    return regions(scope, country) if dimension == "region" else sales.by_dimension(scope, dimension)


def _beside(now: pd.DataFrame, before: pd.DataFrame | None, key: str) -> pd.DataFrame:
    if before is None:
        return now.assign(before=None, share_before=None, share_change=None)
    other = "title" if key == "value" else "value"
    earlier = before[["currency", key, other, "net_sales", "share"]].set_axis(
        ["currency", key, "earlier", "before", "share_before"], axis=1
    )
    # as they are: a count beside a slice that is gone would become floating point
    both = now.astype(object).merge(earlier.astype(object), on=["currency", key], how="outer", sort=False)
    both[other] = both[other].where(both[other].notna(), both["earlier"])
    added = [*SUMS, "share", "before", "share_before"]
    both = both.astype(object).where(both.notna(), None)
    both[added] = both[added].map(lambda each: Decimal(0) if each is None else each)
    both["share_change"] = (both["share"] - both["share_before"]) * 100
    return both.sort_values("net_sales", ascending=False, kind="stable").reset_index(drop=True)


def _totals(frame: pd.DataFrame, scope: Scope, dimension: str) -> pd.DataFrame:
    """A row a currency that says what the rows below add up to; orders with several categories count once."""
    rows = []
    summary = sales.summary(scope).set_index("currency") if dimension in ("category", "vendor") else None
    for currency, part in frame.groupby("currency", sort=True):
        row: dict[str, Any] = {name: sum(part[name], start=Decimal(0)) for name in SUMS}
        row["orders"] = int(row["orders"])
        if summary is not None:
            row["orders"] = summary["orders"].get(currency, 0)
        placed = row["gross_sales"] - row["discounts"]
        row |= {
            "currency": currency,
            "name": "Total",
            "is_total": True,
            "share": Decimal(1) if row["net_sales"] else None,
        }
        row["average_order_value"] = placed / row["orders"] if row["orders"] else None
        has_before = part["before"].notna().any()
        row["before"] = sum(part["before"], start=Decimal(0)) if has_before else None
        rows.append(row | _profit(part))
    return pd.DataFrame(rows, dtype=object)


def _profit(part: pd.DataFrame) -> dict[str, Any]:
    """Profit of the rows whose cost is known, and the share of all net sales that they cover."""
    known = part[part["gross_profit"].notna()]
    if known.empty:
        return dict.fromkeys(PROFIT)
    cost, profit = sum(known["cost_of_goods_sold"]), sum(known["gross_profit"])
    covered, net = cost + profit, sum(part["net_sales"])
    return {
        "cost_of_goods_sold": cost,
        "gross_profit": profit,
        "gross_margin": profit / covered if covered else None,
        "covered_share": covered / net if net else None,
    }


def _daily(scope: Scope, dimension: str, grain: str, value: str) -> pd.DataFrame:
    narrowed = replace(scope, channels=(value,)) if dimension == "channel" else replace(scope, countries=(value,))
    found = sales.daily(narrowed, grain)
    return found[["day", "currency", "net_sales"]].assign(value=value)


def _by_period(days: pd.DataFrame, grain: str, run: settings.Settings) -> pd.DataFrame:
    """The sums of days by period."""
    starts = [grains.first_day(day, grain, run) for day in days["day"]]
    return days.assign(day=starts).groupby(["currency", "value", "day"], as_index=False)["net_sales"].sum()


def _buckets(scope: Scope, grain: str, frame: pd.DataFrame, run: settings.Settings) -> list[date]:
    """The first days of all periods of a scope; of one without ends, of what there is."""
    first = scope.start or min(frame["day"])
    last = scope.stop - timedelta(days=1) if scope.stop else max(frame["day"])
    return grains.periods(first, last + timedelta(days=1), grain, run)


def one_over_time(scope: Scope, before: Scope | None, slice_of: tuple[str, str], drawn: trend.Drawn) -> pd.DataFrame:
    """Net sales of one slice, a dimension and its value, by period beside the compared days: trend.COLUMNS."""
    dimension, value = slice_of

    def days(asked: Scope) -> pd.DataFrame:
        found = over_time(asked, dimension, "day", (value,))
        nothing = dict.fromkeys([*sales.DAILY_COLUMNS, *sales.DAILY_DERIVED], Decimal(0))
        return found.assign(**{name: amount for name, amount in nothing.items() if name not in found})

    return trend.of(scope, before, drawn, days)


def _without_gaps(frame: pd.DataFrame, days: list[date], values: Sequence[str]) -> pd.DataFrame:
    sums = {(row["currency"], row["value"], row["day"]): row["net_sales"] for row in frame.to_dict("records")}
    currencies = sorted(set(frame["currency"]))
    rows = [
        (value, currency, day, sums.get((currency, value, day), Decimal(0)))
        for currency in currencies
        for value in values
        for day in days
    ]
    return pd.DataFrame(rows, columns=["value", "currency", "day", "net_sales"], dtype=object)
