"""How to sell what lies there: a path of prices for each dead or overstocked product that clears it by a day for the most money."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations_with_replacement
from typing import Any

import numpy as np
import pandas as pd

from analytics import product_rows, wording
from analytics.prices import costs, elasticity
from analytics.prices.elasticity import Z_80, money, number
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.stock import excess, velocity

COLUMNS = (
    "product_key", "sku", "title", "category", "currency", "state", "units_to_clear", "price_now", "markdown_path", "deepest",
    "units_cleared", "cleared_low", "cleared_high", "units_uncleared",
    "cleared_by", "recovered", "recovered_low", "recovered_high", "held_money",
    "better_than_holding", "tied_up", "markdown_margin", "elasticity", "told_from", "is_beyond_seen", "is_refused", "reason",
)  # fmt: skip
SUMMARY = (
    "currency", "products", "tied_up", "recovered",
    "held_money", "better_than_holding", "units_to_clear", "units_cleared", "refused_products",
)  # fmt: skip
DEPTHS = (0.0, 0.1, 0.2, 0.3, 0.5)
STAGES = 4
WEEKS, FEWEST, MOST = 12, 4, 52
PATHS = np.array(list(combinations_with_replacement(DEPTHS, STAGES)))
METHOD = (
    "Each path changes its discount at most four times and never goes back up. Of those that clear everything the one that brings most is "
    "taken, else the one that brings most in these weeks; what is left then still has its value, which is not counted. Writing off "
    "brings nothing. A discount deeper than any seen is a guess that goes beyond the data, and says so."
)
Values = np.ndarray[Any, Any]
Row = dict[Any, Any]


@dataclass(frozen=True)
class Sale:
    """What is to be cleared: pieces, how many sell a week at today's price, that price after fees, the elasticity and its error."""

    units: float
    weekly: float
    price: float
    slope: float
    error: float


def plan(scope: Scope, weeks: Any = WEEKS) -> pd.DataFrame:
    """One row a dead or overstocked product that is not exempt, the most recovered money first. Columns: COLUMNS.

    `markdown_path` is the discount in each quarter of the `weeks`, never going back up, out of 0, 10, 20, 30 and 50 %: of those that clear
    all of `units_to_clear` the one that brings the most money (after fees), else the one that brings most. `held_money` is what the same
    weeks bring at today's price; writing off brings nothing and loses `tied_up`. `markdown_margin` = recovered − landed cost of what is
    cleared. What sells a week is its velocity; of what sold nothing lately, its last year's pace and half a piece. The elasticity is the
    product's own, else its category's, else the shop's (`told_from`); where none can be told the row is refused. Deeper than any price
    seen is_beyond_seen. Raises ValueError for weeks that are not 4 to 52.
    """
    length = _weeks(weeks)
    found = excess.of(scope)
    found = found[~found["is_young"].astype(bool)] if len(found) else found
    known = elasticity.told(scope.over(None, scope.stop))
    now, fees, parents = costs.now(scope), costs.fee_shares(scope), _parents(scope)
    paces = velocity.by_product(scope, "365") if len(found) else {}
    rows = []
    for row in found.to_dict("records"):
        parent = parents.get(row["product_key"], row["product_key"])
        year = max([each["units"] for key, each in paces.items() if key[1] == row["product_key"]], default=Decimal(0))
        rows.append(_row(row, (known, parent), (now.get(parent), fees), (float(year), length)))
    begin = _begin(scope)
    for row in rows:
        _days(row, begin, length)
    rows.sort(key=lambda row: (-(row.get("recovered") or Decimal(-1)), str(row["title"])))
    return framed(rows, COLUMNS)


def _weeks(weeks: Any) -> int:
    if not str(weeks).isdecimal() or not FEWEST <= int(weeks) <= MOST:
        raise ValueError(f"weeks is a whole number from {FEWEST} to {MOST}, not {weeks!r}")
    return int(weeks)


def _parents(scope: Scope) -> dict[Any, Any]:
    known = product_rows.told(scope)
    return dict(zip(known["product_key"], known["parent"], strict=True))


def _begin(scope: Scope) -> date:
    _, last = velocity.data_days(scope)
    return (last or date.today()) + timedelta(days=1)


def _row(row: Row, whose: tuple[Any, str], money_of: tuple[Any, dict[str, Decimal]], pace: tuple[float, int]) -> Row:
    known, parent = whose
    now, fees = money_of
    year, length = pace
    found = {name: row[name] for name in ("product_key", "sku", "title", "category", "state", "tied_up")}
    found |= {"units_to_clear": row["excess_units"], "currency": row["currency"], "is_refused": False, "reason": None}
    slope, error, told_from, lowest = _elasticity(known, parent)
    if now is None or row["excess_units"] <= 0:
        return found | _refused("It has not sold for a year, so nothing says what it would bring.")
    found |= {"currency": now.currency, "price_now": money(float(now.price))}
    if not told_from:
        return found | _refused("No price of the shop varied enough to tell what a lower one does. " + elasticity.HELP)
    fee = float(fees.get(now.currency, Decimal(0)))
    weekly = max(float(row["velocity"] or 0) * 7, (year + 0.5) / 52)
    sale = Sale(float(row["excess_units"]), weekly, float(now.price) * (1 - fee), slope, error)
    best = best_path(sale, length)
    cleared, recovered = outcome(sale, PATHS[best : best + 1], length)
    lows = outcome(sale, PATHS[best : best + 1], length, -Z_80)
    highs = outcome(sale, PATHS[best : best + 1], length, Z_80)
    held = outcome(sale, np.zeros((1, STAGES)), length)[1]
    path = PATHS[best]
    cost = None if row["unit_cost"] is None else float(row["unit_cost"]) * float(cleared[0])
    return found | {
        "path": path, "sale": sale, "deepest": number(path.max()), "units_cleared": number(cleared[0]),
        "cleared_low": number(lows[0][0]), "cleared_high": number(highs[0][0]), "units_uncleared": number(sale.units - cleared[0]),
        "recovered": money(recovered[0]), "recovered_low": money(lows[1][0]), "recovered_high": money(highs[1][0]),
        "held_money": money(held[0]), "better_than_holding": money(recovered[0]) - money(held[0]),
        "markdown_margin": None if cost is None else money(recovered[0] - cost), "elasticity": number(slope), "told_from": told_from,
        "is_beyond_seen": bool(float(now.price) * (1 - path.max()) < lowest * 0.995),
    }  # fmt: skip


def _elasticity(known: Any, parent: str) -> tuple[float, float, str, float]:
    """Elasticity, error, whose it is, and the lowest price of the product seen."""
    if known is None:
        return 0.0, 0.0, "", 0.0
    try:
        place = known.place(parent)
    except ValueError:
        shop = any(not each for each in known.reasons)
        error = float(np.hypot(known.fit.whole_error, known.fit.spread))
        return (known.fit.whole, error, elasticity.SHOP if shop else "", 0.0)
    weeks = known.weeks
    return *known.answer(place), float(weeks.usual[place] * np.exp(weeks.log_price[place].min()))


def _refused(reason: str) -> Row:
    return {"is_refused": True, "reason": reason}


def outcome(sale: Sale, paths: Values, weeks: int, z: float = 0.0) -> tuple[Values, Values]:
    """Pieces sold and money brought by each path of discounts (a row of STAGES shares) within the weeks, the elasticity `z` of its
    standard errors towards more."""
    slope = sale.slope - z * sale.error
    wanted = sale.weekly * weeks / STAGES * (1 - paths) ** slope
    reached = np.minimum(np.cumsum(wanted, axis=1), sale.units)
    sold = np.diff(reached, axis=1, prepend=0.0)
    return reached[:, -1], (sold * sale.price * (1 - paths)).sum(axis=1)


def best_path(sale: Sale, weeks: int) -> int:
    """The place in PATHS of the path that clears everything for the most money; if none does, of that which brings the most."""
    cleared, brought = outcome(sale, PATHS, weeks)
    does_clear = cleared >= sale.units - 0.5
    worth = np.where(does_clear, brought, -np.inf) if does_clear.any() else brought
    # of equal money the one that clears more, then the gentler one
    order = np.lexsort((PATHS.sum(axis=1), -np.round(cleared, 6), -np.round(worth, 6)))
    return int(order[0])


def _days(row: Row, begin: date, weeks: int) -> None:
    """The path in words, and the day by which it is cleared."""
    path, sale = row.pop("path", None), row.pop("sale", None)
    if path is None:
        return
    starts = [begin + timedelta(days=round(7 * weeks * at / STAGES)) for at in range(STAGES)]
    said = [
        f"{'today’s price' if share == 0 else f'−{share:.0%}'} from {day.day} {day:%b}"
        for at, (share, day) in enumerate(zip(path, starts, strict=True))
        if at == 0 or share != path[at - 1]
    ]
    row["markdown_path"] = ", ".join(said).replace("%", " %")
    if row["units_uncleared"] < Decimal("0.5"):
        row["cleared_by"] = _cleared_on(sale, path, begin, weeks)


def _cleared_on(sale: Sale, path: Values, begin: date, weeks: int) -> date:
    left, day, stage = sale.units, 0.0, 7 * weeks / STAGES
    for share in path:
        daily = sale.weekly / 7 * (1 - share) ** sale.slope
        if daily * stage >= left - 0.5:
            return begin + timedelta(days=round(day + min(left / daily, stage)))
        left, day = left - daily * stage, day + stage
    return begin + timedelta(days=7 * weeks)


def summary(scope: Scope, weeks: Any = WEEKS) -> pd.DataFrame:
    """One row a currency of the plan: SUMMARY; what is refused is counted and not summed."""
    return summed(plan(scope, weeks))


def summed(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows of `summary` from those of `plan`."""
    found = []
    for currency, each in rows.groupby("currency", dropna=False, sort=True):
        planned = each[~each["is_refused"].astype(bool)]
        sums = {
            name: sum((value for value in planned[name] if value is not None and not pd.isna(value)), start=Decimal(0))
            for name in SUMMARY if name in COLUMNS and name != "currency"
        }  # fmt: skip
        found.append(
            {"currency": currency, "products": len(planned), "refused_products": len(each) - len(planned)} | sums
        )
    return framed(found, SUMMARY)


def in_words(row: Any, currency: str) -> str:
    """What a plan brings, as a sentence."""
    return (
        f"Marking down {wording.count(int(row['products']), 'product')} brings {wording.money(row['recovered'], currency)}, "
        f"{wording.money(row['better_than_holding'], currency)} more than waiting"
    )
