"""What a plan does to a forecast: growth, another price, a promotion like one of the past, each with how sure it is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import product_rows, wording
from analytics.errors import Refused
from analytics.prices import costs, elasticity, promotions
from analytics.prices.weekly import UNKNOWN
from analytics.scope import Scope

Values = np.ndarray[Any, Any]
AFTER = promotions.AFTER
# What fewer products of a category (or of the shop) than this share were ever sold at, nothing tells of.
LEAST_TRIED = 0.5
LEVELS = ("store", "category", "product")


@dataclass(frozen=True)
class Effect:
    """What units and net sales of each step are multiplied by, and by how much less or more (as a share of it) the 80 % interval of
    what the effect itself is not sure of reaches."""

    units: Values
    net_sales: Values
    down: Values
    up: Values

    def with_another(self, other: "Effect") -> "Effect":
        """Both at once: they multiply, and what they are not sure of is not the same."""
        return Effect(
            self.units * other.units,
            self.net_sales * other.net_sales,
            np.hypot(self.down, other.down),
            np.hypot(self.up, other.up),
        )


def none(steps: int) -> Effect:
    """Everything as forecast."""
    return Effect(np.ones(steps), np.ones(steps), np.zeros(steps), np.zeros(steps))


def growth(share: Decimal, steps: int) -> Effect:
    """All of it by a share more or less; whoever assumes it is sure of it. Raises ValueError for -1 or less."""
    if share <= -1:
        raise ValueError(f"growth is a share above -1, such as 0.10, not {share}")
    factor = np.full(steps, 1 + float(share))
    return Effect(factor, factor, np.zeros(steps), np.zeros(steps))


def price(scope: Scope, level: str, key: str, share: Decimal, steps: int) -> Effect:
    """Another price from the first step on: units × (1 + share) to the power of the elasticity, net sales × the price beside it.

    Raises Refused where the elasticity cannot be told, and for a price that nothing tells of because it was never asked.
    """
    if share <= -1:
        raise ValueError(f"price is a share above -1, such as -0.05, not {share}")
    row = _elasticity(scope, level, key)
    if row["is_refused"]:
        raise Refused(f"How buyers of {row['title']} answer to prices cannot be told. {row['reason']}")
    _check_tried(scope, level, row, share)
    ratio = 1 + float(share)
    middle, *ends = (ratio ** float(row[name]) for name in ("elasticity", "low_80", "high_80"))
    low, high = min(ends) / middle, max(ends) / middle
    return Effect(
        np.full(steps, middle), np.full(steps, middle * ratio), np.full(steps, 1 - low), np.full(steps, high - 1)
    )


def _elasticity(scope: Scope, level: str, key: str) -> dict[Any, Any]:
    by = "shop" if level == "store" else level
    rows = elasticity.of(scope, by)
    if by != "shop" and len(rows):
        wanted = parent(scope, key) if by == "product" else key or UNKNOWN
        rows = rows[rows["product" if by == "product" else "category"] == wanted]
    if rows.empty:
        raise Refused(
            "How buyers answer to prices cannot be told: it has not sold for long enough. A price can be tried where "
            "Prices › Elasticity shows one."
        )
    return dict(rows.iloc[0])


def parent(scope: Scope, key: str) -> str:
    """The product whose variant a key is: prices are told of all of its variants together."""
    known = product_rows.told(scope)
    found = known.loc[known["product_key"] == key, "parent"]
    return key if found.empty or pd.isna(found.iloc[0]) else str(found.iloc[0])


def _check_tried(scope: Scope, level: str, row: dict[Any, Any], share: Decimal) -> None:
    if level == "product":
        now = costs.now(scope).get(row["product"])
        if now is None:
            raise Refused(f"{row['title']} has not sold for a year, so it has no price of today that could be another.")
        asked = now.price * (1 + share)
        low, high = row["lowest_price"], row["highest_price"]
        if not min(low, now.price) <= asked <= max(high, now.price):
            raise Refused(
                f"{row['title']} was never sold near {wording.exact(round(asked, 2))} {row['currency']}, only between "
                f"{wording.exact(low)} and {wording.exact(high)}: nothing tells what that would do."
            )
        return
    told = elasticity.of(scope, "product")
    told = told[~told["is_refused"].astype(bool)]
    if level == "category":
        told = told[told["category"] == row["category"]]
    tried = [
        low <= usual * (1 + share) <= high
        for low, usual, high in zip(told["lowest_price"], told["usual_price"], told["highest_price"], strict=True)
    ]
    if not tried or sum(tried) < LEAST_TRIED * len(tried):
        raise Refused(
            f"Only {sum(tried):,} of {wording.count(len(tried), 'product')} whose elasticity is known were ever sold "
            f"{wording.change(share)} from their usual price: nothing tells what that would do to all of them. Try a smaller change."
        )


def known_promotions(scope: Scope, level: str, key: str) -> pd.DataFrame:
    """The promotions of the past whose like can be planned for a series: those that could be told, sold something more and took in its
    products; the rows and columns of promotions.of."""
    rows = promotions.of(scope)
    if rows.empty:
        return rows
    is_told = ~rows["is_refused"].astype(bool)
    brought = [
        more is not None and more > 0 and base is not None and base > 0
        for more, base in zip(rows["incremental_units"], rows["baseline_units"], strict=True)
    ]
    found = rows[is_told & pd.Series(brought, index=rows.index)]
    category = _category(scope, level, key)
    if category is not None:
        is_in = [each == "all" or category in each.split(", ") for each in found["categories"]]
        found = found[is_in]
    return found.reset_index(drop=True)


def _category(scope: Scope, level: str, key: str) -> str | None:
    """The category of a series; None for the whole store."""
    if level == "store":
        return None
    if level == "category":
        return key or UNKNOWN
    goods = elasticity.of(scope, "product")
    found = goods.loc[goods["product"] == parent(scope, key), "category"] if len(goods) else goods
    return UNKNOWN if found.empty else str(found.iloc[0])


def promotion(
    row: dict[Any, Any], first: int, steps: int, shares: tuple[Values | float, Values | float] = (1.0, 1.0)
) -> Effect:
    """A promotion like one of promotions.of, from step `first` (0 is the next one) for as many weeks as it had.

    In its weeks units rise as they then did over their baseline, net sales as those did; in the four weeks after, what was then only
    bought earlier is missing, evenly. `shares` are the parts of each step, of units and of net sales, that are of the
    products in it.
    """
    weeks, base = int(row["weeks"]), float(row["baseline_units"])
    more = [
        float(row[name]) / base for name in ("incremental_units", "incremental_units_low", "incremental_units_high")
    ]
    worth = float(row["incremental_sales"]) / float(row["baseline_sales"])
    missing = float(row["pull_forward_units"]) / (base / weeks * AFTER)
    lost = float(row["pull_forward_sales"]) / (float(row["baseline_sales"]) / weeks * AFTER)
    inside, after = slice(first, first + weeks), slice(first + weeks, first + weeks + AFTER)
    made = [np.zeros(steps) for _ in range(4)]
    for values, during, later in zip(
        made, (more[0], worth, more[1], more[2]), (missing, lost, missing, missing), strict=True
    ):
        values[inside], values[after] = during, later
    of_units, of_sales = shares
    parts = (of_units, of_sales, of_units, of_units)
    units, sales, low, high = (np.maximum(1 + share * each, 0.0) for share, each in zip(parts, made, strict=True))
    with np.errstate(invalid="ignore", divide="ignore"):
        down, up = (np.where(units > 0, np.abs(each / units - 1), 0.0) for each in (low, high))
    return Effect(units, sales, down, up)
