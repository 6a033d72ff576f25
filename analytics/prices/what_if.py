"""What another price would do: to units, sales and what they contribute, within the prices that were seen."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.prices import costs, elasticity
from analytics.prices.elasticity import Z_80, money, number
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "product", "title", "currency", "price", "price_change", "weekly_units", "units_low", "units_high", "weekly_sales", "sales_low",
    "sales_high", "price_contribution", "contribution_low", "contribution_high", "is_now", "is_best", "is_outside",
)  # fmt: skip
ABOUT = (
    "product", "title", "currency", "price_now", "unit_cost", "fee_share", "weekly_units", "elasticity", "low_80", "high_80", "told_from",
    "lowest_price", "highest_price", "best_price", "best_low", "best_high",
    "best_gain", "best_is_clipped", "is_refused", "reason", "advice",
)  # fmt: skip
STEPS = 24
CHANGES = tuple(f"{each:+d} %".replace("-", "−").replace("+0 %", "today's price") for each in range(-50, 55, 5))
PROMOTED = (
    "Low prices were mostly those of promotions, whose buyers partly only come earlier: a lower price that stays sells less than "
    "this. Try it for some weeks first."
)
RECENT = 8
Row = dict[str, Any]
_NONE: Row = dict.fromkeys(COLUMNS)


@dataclass(frozen=True)
class Basis:
    """What an answer stands on: price, units a week, landed cost (None: unknown), share that fees take, elasticity with its error and
    whose it is, the lowest and highest price seen, and whether low prices were mostly those of promotions."""

    price: float
    units: float
    cost: float | None
    fee: float
    slope: float
    error: float
    whose: str
    lowest: float
    highest: float
    is_promoted: bool = False

    def margin(self, price: float) -> float | None:
        """What a piece leaves at a price, after its landed cost and fees."""
        return None if self.cost is None else price * (1 - self.fee) - self.cost

    def units_at(self, price: float, z: float = 0.0) -> float:
        """Units a week at a price; `z` standard errors up (more units) or down."""
        moved = np.log(price / self.price)
        return float(self.units * np.exp(self.slope * moved + z * self.error * abs(moved)))

    def best(self, slope: float | None = None) -> float | None:
        """The price that leaves most under a constant elasticity: cost × ε ÷ (1 + ε), with fees as a share of the price cost ÷ (1 −
        share) in the cost's place; None where the elasticity is not below −1 or no cost is known."""
        slope = self.slope if slope is None else slope
        if self.cost is None or slope >= -1 or self.fee >= 1:
            return None
        return self.cost / (1 - self.fee) * slope / (1 + slope)

    def within(self, price: float) -> float:
        """The nearest price that was seen."""
        return min(max(price, self.lowest), self.highest)


def basis(scope: Scope, product: str) -> tuple[Basis | None, Row]:
    """The basis of a product and what it is called; the first is None with a `reason` where its elasticity is refused."""
    known = elasticity.told(scope)
    if known is None:
        raise Refused("Nothing was sold in these days for long enough to tell anything of prices. Import more orders.")
    place = known.place(product)
    about = known.weeks.about.iloc[place]
    row: Row = {
        "product": product,
        "title": about["title"],
        "currency": about["currency"],
        "is_refused": False,
        "reason": None,
    }
    now = costs.now(scope).get(product)
    if known.reasons[place] or now is None or now.currency != about["currency"]:
        return None, row | {
            "is_refused": True,
            "reason": known.reasons[place] or "It has not sold for a year, so it has no price of today.",
        }
    slope, error, whose = known.answer(place)
    weeks = known.weeks
    is_there = np.flatnonzero(weeks.exposure[place] > 0)
    prices = weeks.usual[place] * np.exp(weeks.log_price[place, is_there])
    price = float(now.price)
    last = is_there[-RECENT:]
    ratio = weeks.usual[place] * np.exp(weeks.log_price[place, last]) / price
    units = float((weeks.units[place, last] / weeks.exposure[place, last] * ratio ** (-slope)).mean())
    fee = float(costs.fee_shares(scope).get(str(about["currency"]), Decimal(0)))
    cost = None if now.unit_cost is None else float(now.unit_cost)
    ends = min(float(prices.min()), price), max(float(prices.max()), price)
    is_low = weeks.log_price[place, is_there] < np.log(price / weeks.usual[place]) - elasticity.LEAST_RANGE
    in_promotion = weeks.promoted[place, is_there][is_low]
    is_promoted = bool(len(in_promotion) and in_promotion.mean() > 0.5)
    return Basis(price, units, cost, fee, slope, error, whose, *ends, is_promoted), row


def about(scope: Scope, product: str = "") -> pd.DataFrame:
    """One row: what the answers for a product stand on, and the price that leaves most. Columns: ABOUT.

    `price_now` is what a piece brought in its last days with sales, `weekly_units` what its last eight weeks in stock would have sold
    at it. `best_price` is the profit-maximising price under a constant elasticity below −1, kept within the prices seen
    (`best_is_clipped`); `best_low` and `best_high` are those at the ends of the elasticity's 80 % interval, `best_gain` what it leaves
    more a week. `advice` says it in words. The product sold most unless told.
    """
    found, row = basis(scope, product or _most_sold(scope))
    if found is None:
        return framed([row], ABOUT)
    row |= elasticity.answer(found.slope, found.error) | {
        "price_now": money(found.price), "unit_cost": None if found.cost is None else money(found.cost), "fee_share": number(found.fee),
        "weekly_units": number(found.units), "told_from": found.whose,
        "lowest_price": money(found.lowest), "highest_price": money(found.highest),
        "best_is_clipped": False,
    }  # fmt: skip
    row |= _best(found) if found.cost is not None else {}
    row["advice"] = _advice(found, row)
    return framed([row], ABOUT)


def _most_sold(scope: Scope) -> str:
    known = elasticity.told(scope)
    if known is None:
        raise Refused("Nothing was sold in these days for long enough to tell anything of prices. Import more orders.")
    sold = known.weeks.units.sum(axis=1) - 1e12 * np.array([bool(each) for each in known.reasons])
    return str(known.weeks.about["product"].iloc[int(sold.argmax())])


def _best(found: Basis) -> Row:
    exact = found.best()
    kept = found.within(exact) if exact is not None else found.highest
    ends = [found.best(found.slope + z * found.error) for z in (-Z_80, Z_80)]
    low, high = (found.within(each) if each is not None else found.highest for each in ends)
    gain = _contribution(found, kept, 0.0) - _contribution(found, found.price, 0.0)
    return {
        "best_price": money(kept), "best_low": money(low), "best_high": money(high), "best_gain": money(gain),
        "best_is_clipped": exact is None or abs(exact - kept) > 0.005,
    }  # fmt: skip


def _contribution(found: Basis, price: float, z: float) -> float:
    return found.units_at(price, z) * (found.margin(price) or 0.0)


def _advice(found: Basis, row: Row) -> str:
    low, high = (wording.exact(row[name]) for name in ("lowest_price", "highest_price"))
    seen = f"{low} to {high} {row['currency']}"
    if found.cost is None:
        return "What a piece costs is not known, so no price can be called the best. A table of costs fills it."
    kept = wording.exact(row["best_price"])
    if found.slope >= -1:
        return (
            f"Buyers answer less than in proportion (ε {found.slope:.2f}), so the model knows no best price: contribution rises "
            f"with the price as far as prices were seen, {seen}. What lies beyond nobody has tried."
        )
    if row["best_is_clipped"]:
        exact = found.best() or 0.0
        side = "above" if exact > found.highest else "below"
        said = f"The formula gives {exact:,.2f}, {side} every price that was seen ({seen}). Within them {kept} leaves most."
    else:
        ends = [wording.exact(row[name]) for name in ("best_low", "best_high")]
        said = f"{kept} {row['currency']} leaves most; 80 % sure between {ends[0]} and {ends[1]}."
    return f"{said} {PROMOTED}" if found.is_promoted and float(row["best_price"]) < found.price else said


def curve(scope: Scope, product: str = "", price: Any = None) -> pd.DataFrame:
    """One row a price from the lowest seen to the highest: what a week at it would bring, with 80 % intervals. Columns: COLUMNS.

    Rows for today's price (`is_now`), the best one (`is_best`) and the one asked for are among them; a price asked for outside of
    those seen is marked `is_outside` and has no numbers, because nothing tells of it. `price_contribution` = units × (price − fees
    as a share of it − landed cost); None where the cost is not known. The intervals are those of the elasticity alone. Empty where it
    is refused (see `about`).
    """
    found, row = basis(scope, product or _most_sold(scope))
    if found is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    asked = None if price in (None, "") else _asked(price)
    best = float(_best(found)["best_price"]) if found.cost is not None else None
    named_prices = [each for each in (found.price, best, asked) if each is not None]
    every = np.linspace(found.lowest, found.highest, STEPS)
    between = [each for each in every if all(abs(each - other) > 0.005 for other in named_prices)]
    steps = {*between, *named_prices}
    named = {name: row[name] for name in ("product", "title", "currency")}
    rows = [
        _NONE | named | _at(found, each) | {"is_now": each == found.price, "is_best": each == best}
        for each in sorted(float(step) for step in steps)
    ]
    return framed(rows, COLUMNS)


def at(scope: Scope, product: str = "", price: Any = None) -> pd.DataFrame:
    """The row of `curve` for one price, today's unless told: COLUMNS."""
    rows = curve(scope, product, price)
    if rows.empty:
        return rows
    is_it = (
        rows["is_now"]
        if price in (None, "")
        else [abs(each - Decimal(str(price))) < Decimal("0.005") for each in rows["price"]]
    )
    return rows.loc[list(is_it)].head(1).reset_index(drop=True)


def changed(price: Decimal, change: str) -> Decimal:
    """A price after one of CHANGES, to the cent."""
    share = 5 * (CHANGES.index(change) - len(CHANGES) // 2)
    return round(price * (100 + share) / 100, 2)


def in_words(rows: pd.DataFrame, price: Decimal, currency: str) -> str:
    """What a price asked for would do, from the rows of `curve`, in a sentence; of today's price what it brings."""
    is_it = [abs(each - price) < Decimal("0.005") for each in rows["price"]]
    row, now = rows.loc[is_it].iloc[0], rows.loc[rows["is_now"].astype(bool)].iloc[0]
    title = row["title"]
    said = f"{wording.exact(price)} {currency}"
    if row["is_outside"]:
        low, high = (wording.exact(end) for end in (min(_seen(rows)), max(_seen(rows))))
        return f"{title} was never sold near {said}, only between {low} and {high}: nothing tells what that would do"
    name = "weekly_sales" if row["price_contribution"] is None else "price_contribution"
    what = "sales" if name == "weekly_sales" else "contribution"
    if abs(price - now["price"]) < Decimal("0.005"):
        return f"{title} at today's {said}: {row['weekly_units']:,.1f} units and {wording.money(row[name], currency)} {what} a week"
    more = row[name] - now[name]
    side = "more" if more >= 0 else "less"
    return (
        f"{title} at {said}: {row['weekly_units']:,.1f} units a week instead of {now['weekly_units']:,.1f}, "
        f"{wording.money(abs(more), currency)} {side} {what}"
    )


def _seen(rows: pd.DataFrame) -> list[Decimal]:
    return list(rows.loc[~rows["is_outside"].astype(bool), "price"])


def _asked(price: Any) -> float:
    try:
        asked = float(str(price).replace(",", "."))
    except ValueError:
        asked = 0.0
    if not 0 < asked < 1e12:
        raise ValueError(f"price is an amount above 0 such as 19.90, not {price!r}")
    return asked


def _at(found: Basis, price: float) -> Row:
    is_outside = not found.lowest - 0.005 <= price <= found.highest + 0.005
    row: Row = {"price": money(price), "price_change": number(price / found.price - 1), "is_outside": is_outside}
    if is_outside:
        return row
    units = [found.units_at(price, z) for z in (0.0, -Z_80, Z_80)]
    row |= dict(zip(("weekly_units", "units_low", "units_high"), map(number, units), strict=True))
    row |= dict(zip(("weekly_sales", "sales_low", "sales_high"), (money(each * price) for each in units), strict=True))
    margin = found.margin(price)
    if margin is not None:
        middle, *ends = (each * margin for each in units)
        row |= {
            "price_contribution": money(middle),
            "contribution_low": money(min(ends)),
            "contribution_high": money(max(ends)),
        }
    return row
