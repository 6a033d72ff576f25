"""What a product was listed at, what it really brought, and what that left: over time, and where a price changed for good."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, periods, product_rows
from analytics.prices import weekly
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.stock import velocity

COLUMNS = (
    "day", "period", "product", "title", "currency", "listed_price", "full_price", "realised_price", "discount_depth", "units",
    "unit_cost", "piece_margin", "margin_at_price", "costed_share",
)  # fmt: skip
CHANGE_COLUMNS = (
    "day", "product", "title", "variants", "currency", "price_before", "price", "price_change", "told_by", "weekly_units_before",
    "weekly_units_after", "units_change",
)  # fmt: skip
GRAINS = ("day", "week")
SOLD, LISTED = "orders", "product exports"
# Weeks that a change is looked at before and after.
BESIDE = 8
WEEK = timedelta(days=7)
# A variant that sells seldom shows a change later.
SAME = timedelta(days=60)
Row = dict[Any, Any]


def of(scope: Scope, sku: str = "", grain: str = "week") -> pd.DataFrame:
    """One row a currency and day or week (by its Monday) of a product, its variants together, without gaps. Columns: COLUMNS.

    `sku` is a SKU (that variant alone), or a product as sales.product_ranking names it; the one sold most unless told. `listed_price`
    is the catalogue's by its dated exports, with tax where the catalogue lists it so, the middle one of the variants; `full_price` and
    `realised_price` are what a piece brought before and after discounts, without tax. `piece_margin` = realised price − landed cost
    valid on the day of sale, of pieces with a known cost (`costed_share` of them); `margin_at_price` is it ÷ that price. Prices are
    None where nothing was sold. Raises ValueError for what was never sold, or another grain.
    """
    if grain not in GRAINS:
        raise ValueError(f"grain is one of {', '.join(GRAINS)}, not {grain!r}")
    product, title, keys = _meant(scope, sku)
    if not keys:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    asked = {name: value for name, value in scope.params().items() if name not in ("basis", "categories")}
    days = db.read("prices/sold", products=keys, **asked).to_dict("records")
    listed = listed_on(scope, keys)
    rows = []
    for currency in dict.fromkeys(row["currency"] for row in days):
        sold = _summed([row for row in days if row["currency"] == currency], grain)
        for first in _every(scope, sold, grain):
            row = sold.get(first)
            about = {"day": first, "product": product, "title": title, "currency": currency}
            rows.append(about | _period(first, grain) | _prices(row))
            rows[-1]["listed_price"] = _listed(
                listed, currency, first if grain == "day" else first + WEEK - periods.DAY
            )
    return framed(rows, COLUMNS)


def _meant(scope: Scope, sku: str) -> tuple[str, str, list[str]]:
    """The product asked for, its title, and the keys of its variants."""
    known = product_rows.told(scope)
    if not sku:
        weeks = weekly.of(scope)
        if weeks is None or known.empty:
            return "", "", []
        sku = str(weeks.about["product"].iloc[int(weeks.units.sum(axis=1).argmax())])
    skus = db.read("prices/numbers", store_ids=scope.params()["store_ids"], categories=None)
    by_sku = list(
        skus.loc[
            [sku in (code, key) for code, key in zip(skus["sku"], skus["product_key"], strict=True)], "product_key"
        ]
    )
    keys = list(known.loc[known["parent"] == sku, "product_key"]) or by_sku
    if not keys:
        raise ValueError(f"sku is a SKU or product that was sold, not {sku!r}")
    first = known[known["product_key"] == keys[0]]
    title = first["parent_title"].iloc[0] if len(first) else sku
    if keys == by_sku and len(first) and first["options"].iloc[0]:
        title = f"{title} - {first['options'].iloc[0]}"
    return sku, str(title), keys


def _start(day: date, grain: str) -> date:
    return day if grain == "day" else day - timedelta(days=day.weekday())


def _summed(days: list[Row], grain: str) -> dict[date, Row]:
    found: dict[date, Row] = {}
    names = ("units", "amount", "discount", "cost", "costed_units", "costed_amount")
    for row in days:
        kept = found.setdefault(_start(row["day"], grain), dict.fromkeys(names, Decimal(0)))
        for name in names:
            kept[name] += row[name]
    return found


def _every(scope: Scope, sold: dict[date, Row], grain: str) -> list[date]:
    first, last = min(sold), max(sold)
    _, end = velocity.data_days(scope)
    last = max(last, _start(end, grain)) if end else last
    step = 1 if grain == "day" else 7
    return [first + timedelta(days=at) for at in range(0, (last - first).days + 1, step)]


def _period(first: date, grain: str) -> Row:
    return {
        "period": f"{first:%a} {first.day} {first:%b %Y}" if grain == "day" else f"week of {first.day} {first:%b %Y}"
    }


def _prices(row: Row | None) -> Row:
    if row is None or not row["units"]:
        return {"units": Decimal(0)}
    net = row["amount"] - row["discount"]
    found = {
        "units": row["units"], "full_price": row["amount"] / row["units"], "realised_price": net / row["units"],
        "discount_depth": row["discount"] / row["amount"] if row["amount"] else None,
        "costed_share": row["costed_units"] / row["units"],
    }  # fmt: skip
    if row["costed_units"]:
        cost = row["cost"] / row["costed_units"]
        price = row["costed_amount"] / row["costed_units"]
        found |= {
            "unit_cost": cost,
            "piece_margin": price - cost,
            "margin_at_price": (price - cost) / price if price else None,
        }
    return found


def listed_on(scope: Scope, keys: list[str]) -> dict[str, list[tuple[date, Decimal]]]:
    """By currency, the days from which on the catalogue had another price in the middle of these variants, with that price."""
    asked = {name: scope.params()[name] for name in ("store_ids", "stop", "currency")}
    rows = db.read("prices/listed", products=keys, **asked).to_dict("records")
    current: dict[str, dict[str, Decimal]] = {}
    found: dict[str, list[tuple[date, Decimal]]] = {}
    for row in rows:
        known = current.setdefault(row["currency"], {})
        known[row["product_key"]] = row["price"]
        middle = sorted(known.values())[(len(known) - 1) // 2]
        steps = found.setdefault(row["currency"], [])
        if steps and steps[-1][0] == row["day"]:
            steps.pop()
        if not steps or steps[-1][1] != middle:
            steps.append((row["day"], middle))
    return found


def _listed(listed: dict[str, list[tuple[date, Decimal]]], currency: str, day: date) -> Decimal | None:
    """The listed price on a day: of the last export by then; before the first one nobody knows."""
    known = [price for since, price in listed.get(currency, []) if since <= day]
    return known[-1] if known else None


def changes(scope: Scope, sku: str = "") -> pd.DataFrame:
    """One row a lasting change of a product's price, of all products or one, the latest first. Columns: CHANGE_COLUMNS.

    `told_by` orders: the price before discounts held for at least 14 days with sales on three of them, 2 % or more from the one held
    before; by product exports: two dated exports list it differently. The same change of several variants within 60 days is one row,
    on the day it was first seen.
    `weekly_units_before` and `_after` are those of the product in the eight weeks on either side, as far as they are known and up to
    its next change.
    """
    weeks = weekly.of(scope.over(None, scope.stop))
    keys = _meant(scope, sku)[2] if sku else _moved(scope, weeks)
    if not keys or weeks is None:
        return pd.DataFrame(columns=list(CHANGE_COLUMNS), dtype=object)
    by_orders = db.read("calendar/price_changes", products=keys, **scope.params()).to_dict("records")
    asked = {name: scope.params()[name] for name in ("store_ids", "stop", "currency")}
    exports = db.read("prices/listed", products=keys, **asked).to_dict("records")
    listed = [row for row in exports if row["price_before"] and (scope.start is None or row["day"] >= scope.start)]
    rows = _together(
        [row | {"told_by": SOLD} for row in by_orders] + [row | {"told_by": LISTED} for row in listed], scope
    )
    for row in rows:
        row |= _beside(row, rows, weeks)
    rows.sort(key=lambda row: (-row["day"].toordinal(), str(row["title"])))
    return framed(rows, CHANGE_COLUMNS)


def _moved(scope: Scope, weeks: weekly.Weeks | None) -> list[str]:
    """The variants of products whose price moved at all."""
    if weeks is None:
        return []
    moving = set(weeks.about.loc[np.ptp(weeks.log_price, axis=1) > 0.015, "product"])
    known = product_rows.told(scope)
    return list(known.loc[known["parent"].isin(moving), "product_key"])


def _together(found: list[Row], scope: Scope) -> list[Row]:
    """The changes of variants that are one change of their product."""
    known = product_rows.told(scope).set_index("product_key")
    rows: list[Row] = []
    for row in sorted(found, key=lambda each: each["day"]):
        up = known.loc[row["product_key"]] if row["product_key"] in known.index else None
        product, title = (row["product_key"], row["title"]) if up is None else (up["parent"], up["parent_title"])
        same = (product, row["currency"], row["price_before"], row["price"], row["told_by"])
        for kept in rows:
            if kept["same"] == same and row["day"] - kept["day"] <= SAME:
                kept["variants"] += 1
                break
        else:
            about = {"same": same, "product": product, "title": title, "variants": 1}
            rows.append({**row, **about, "price_change": row["price"] / row["price_before"] - 1})
    return rows


def _beside(row: Row, rows: list[Row], weeks: weekly.Weeks) -> Row:
    """Units a week before and after a change, between the changes on either side of it."""
    at = np.flatnonzero((weeks.about["product"] == row["product"]).to_numpy())
    if not len(at):
        return {}
    others = [each["day"] for each in rows if each["product"] == row["product"] and each["day"] != row["day"]]
    first = max([day for day in others if day < row["day"]], default=date.min)
    last = min([day for day in others if day > row["day"]], default=date.max)
    units, is_there = weeks.units[at[0]], weeks.exposure[at[0]] > 0
    before = [
        u for u, d, e in zip(units, weeks.days, is_there, strict=True) if e and first <= d and d + WEEK <= row["day"]
    ][-BESIDE:]
    after = [
        u for u, d, e in zip(units, weeks.days, is_there, strict=True) if e and row["day"] <= d and d + WEEK <= last
    ][:BESIDE]
    one, other = ((round(Decimal(repr(float(np.mean(each)))), 2) if len(each) else None) for each in (before, after))
    return {"weekly_units_before": one, "weekly_units_after": other, "units_change": periods.change(other, one)}
