"""How buyers answer to prices: by how much a change of 1 % moves the units sold, of each product, category and the shop."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores, wording
from analytics.prices import pooled, weekly
from analytics.prices.pooled import Fit, Panel
from analytics.prices.weekly import Weeks
from analytics.product_rows import framed
from analytics.scope import Scope

Values = np.ndarray[Any, Any]
COLUMNS = (
    "level", "product", "title", "sku", "category", "currency", "elasticity", "low_80", "high_80", "low_95", "high_95",
    "own_elasticity", "own_share", "weeks", "units", "usual_price", "lowest_price", "highest_price", "price_range",
    "promotion_weeks", "weeks_out", "products", "is_refused", "reason",
)  # fmt: skip
LEVELS = ("product", "category", "shop")
OWN, CATEGORY, SHOP = "its own", "its category's", "the shop's"
Z_80, Z_95 = 1.2815515655446004, 1.959963984540054
LEAST_WEEKS, LEAST_UNITS = 26, 10
# Below them a price hardly moved: its range, and how far its weeks lie apart on average.
LEAST_RANGE, LEAST_SPREAD, LEAST_APART = 0.04, 0.015, 0.01
# An interval that reaches further to each side tells nothing that anyone could act on.
MOST_DOUBT = 1.6
CAUTION = (
    "These are answers of the past, not an experiment. A price that was lowered because demand fell, advertising that ran with it, or a "
    "rival's move look like the price's own effect; promotions also bring buyers forward. Where much hangs on it, change a price for "
    "four weeks and look again."
)
HELP = "Change it by 10 % for four weeks outside of promotions, once, and it can be told."


@dataclass(frozen=True)
class Told:
    """The weeks of every product of a scope, with the fit of those that have enough of them (`fit` has a row for each of `rows`, the
    products' places), and for each product why its own elasticity is refused ("" if it is not)."""

    weeks: Weeks
    rows: Values
    fit: Fit
    reasons: list[str]

    @property
    def groups(self) -> list[str]:
        """The names of the fit's categories."""
        return list(pd.factorize(self.weeks.about["category"].to_numpy()[self.rows])[1])

    def place(self, product: str) -> int:
        """The place of a product in `weeks`. Raises ValueError for one that was not sold in a whole week."""
        found = np.flatnonzero((self.weeks.about["product"] == product).to_numpy())
        if not len(found):
            known = self.weeks.about["product"].head(3)
            raise ValueError(f"product is one that was sold in these days, such as {', '.join(known)}, not {product!r}")
        return int(found[0])

    def answer(self, place: int) -> tuple[float, float, str]:
        """The elasticity to reckon with for a product, its standard error, and whose it is: its own, else its category's, else the
        shop's ("" if none of them can be told)."""
        at = self.fitted(place)
        if at is not None and not self.reasons[place]:
            return float(self.fit.slope[at]), float(self.fit.error[at]), OWN
        category = self.weeks.about["category"].iloc[place]
        peers = np.flatnonzero((self.weeks.about["category"] == category).to_numpy())
        if category in self.groups and any(not self.reasons[peer] for peer in peers):
            group = self.groups.index(category)
            # a product of it is not its mean: it lies around it
            return (
                float(self.fit.centre[group]),
                float(np.hypot(self.fit.centre_error[group], self.fit.spread)),
                CATEGORY,
            )
        if any(not each for each in self.reasons):
            return self.fit.whole, float(np.hypot(self.fit.whole_error, self.fit.spread)), SHOP
        return 0.0, 0.0, ""

    def fitted(self, place: int) -> int | None:
        """The place of a product in the fit; None for one that was not fitted."""
        found = np.flatnonzero(self.rows == place)
        return int(found[0]) if len(found) else None


def told(scope: Scope) -> Told | None:
    """What the weeks of the scope tell, kept until the data of its stores change; None if no product has weeks enough."""
    return _told(scope, stores.versions(scope.store), db.url())


@lru_cache(maxsize=4)
def _told(scope: Scope, versions: tuple[tuple[int, int], ...], where: str) -> Told | None:
    weeks = weekly.of(scope)
    if weeks is None:
        return None
    counted = (weeks.exposure > 0).sum(axis=1)
    sold = (weeks.units * (weeks.exposure > 0)).sum(axis=1)
    rows = np.flatnonzero((counted >= LEAST_WEEKS) & (sold >= LEAST_UNITS))
    if not len(rows):
        return None
    some = weeks.some(rows)
    group = pd.factorize(some.about["category"])[0]
    week = np.arange(some.units.shape[1])
    panel = Panel(some.units, some.log_price, some.exposure, some.promoted, group, week, some.regular)
    fit = pooled.fit(panel)
    return Told(weeks, rows, fit, _reasons(weeks, rows, fit))


def _reasons(weeks: Weeks, rows: Values, fit: Fit) -> list[str]:
    """Why each product's elasticity cannot be told, in a sentence."""
    lowest, highest = _ends(weeks)
    counted = (weeks.exposure > 0).sum(axis=1)
    sold = weeks.units.sum(axis=1)
    spread, apart = _spreads(weeks)
    error = np.full(len(counted), np.nan)
    error[rows] = fit.error
    usual, currencies = weeks.usual, weeks.about["currency"]
    found = []
    for at, currency in enumerate(currencies):
        moved = highest[at] / lowest[at] - 1
        range_of = f"between {_money(usual[at] * lowest[at])} and {_money(usual[at] * highest[at])} {currency} ({wording.percent(moved)})"
        if np.isnan(error[at]):
            found.append(
                f"Only {wording.count(int(counted[at]), 'week')} in stock and {wording.count(int(sold[at]), 'piece')} sold: it needs "
                f"{LEAST_WEEKS} weeks and {LEAST_UNITS} pieces."
            )
        elif moved < LEAST_RANGE or spread[at] < LEAST_SPREAD:
            found.append(f"The price hardly varied: {range_of}, in few weeks if at all. {HELP}")
        elif apart[at] < LEAST_APART:
            found.append(
                f"All changes of the price, {range_of}, came with promotions, so one cannot be told from the other. {HELP}"
            )
        elif Z_80 * error[at] > MOST_DOUBT:
            found.append(
                f"Units moved too much by themselves for a price {range_of}: the 80 % interval would be ±{Z_80 * error[at]:.1f}. {HELP}"
            )
        else:
            found.append("")
    return found


def _spreads(weeks: Weeks) -> tuple[Values, Values]:
    """How far the log prices of counted weeks lie apart on average, and so of weeks in and out of promotions each by itself."""
    weight = (weeks.exposure > 0).astype(float)
    whole = _variance(weeks.log_price, weight)
    parts = [
        _variance(weeks.log_price, weight * is_in) * (weight * is_in).sum(axis=1)
        for is_in in (weeks.promoted, 1 - weeks.promoted)
    ]
    apart = sum(parts) / np.maximum(weight.sum(axis=1), 1)
    return np.sqrt(whole), np.sqrt(apart)


def _variance(values: Values, weight: Values) -> Values:
    counted = np.maximum(weight.sum(axis=1), 1e-9)
    mean = (values * weight).sum(axis=1) / counted
    return np.asarray((weight * (values - mean[:, None]) ** 2).sum(axis=1) / counted)


def _ends(weeks: Weeks) -> tuple[Values, Values]:
    """The lowest and the highest price of counted weeks, as a share of the usual one."""
    is_counted = weeks.exposure > 0
    low = np.where(is_counted, weeks.log_price, np.inf).min(axis=1)
    high = np.where(is_counted, weeks.log_price, -np.inf).max(axis=1)
    is_known = is_counted.any(axis=1)
    return np.exp(np.where(is_known, low, 0.0)), np.exp(np.where(is_known, high, 0.0))


def _money(value: float) -> str:
    return f"{value:,.2f}"


def of(scope: Scope, by: str = "product") -> pd.DataFrame:
    """One row a product (its variants together), category or the shop, most units first. Columns: COLUMNS.

    `elasticity` is d ln units ÷ d ln price with its 80 % and 95 % intervals: −2 says that a price 1 % lower sells 2 % more. Of a
    product it is its own (`own_elasticity`) drawn towards its category's, which is drawn towards the shop's; `own_share` says how
    much of it is its own. Trend, season, what moved the whole shop and promotions are told apart from prices; weeks without
    stock are left out, weeks without a sale count. Where it `is_refused`, the numbers are None and `reason` says why.
    Raises ValueError for a `by` that is none of LEVELS.
    """
    if by not in LEVELS:
        raise ValueError(f"by is one of {', '.join(LEVELS)}, not {by!r}")
    known = told(scope)
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    rows = {"product": _products, "category": _categories, "shop": _shop}[by](known)
    rows.sort(key=lambda row: (-row["units"], str(row["title"])))
    return framed(rows, COLUMNS)


def _products(known: Told) -> list[dict[str, Any]]:
    weeks, fit = known.weeks, known.fit
    counted = weeks.exposure > 0
    lowest, highest = _ends(weeks)
    place = {int(row): at for at, row in enumerate(known.rows)}
    sums = {
        "weeks": counted.sum(axis=1), "units": weeks.units.sum(axis=1),
        "promotion_weeks": (weeks.promoted * counted).sum(axis=1), "weeks_out": _weeks_out(weeks),
    }  # fmt: skip
    usual, found = weeks.usual, []
    for at, about in enumerate(weeks.about.to_dict("records")):
        row = {
            "level": "product",
            **{name: about[name] for name in ("product", "title", "sku", "category", "currency")},
        }
        row |= {name: round(float(each[at])) for name, each in sums.items()}
        row |= {"usual_price": money(usual[at]), "lowest_price": money(usual[at] * lowest[at])}
        row |= {"highest_price": money(usual[at] * highest[at]), "price_range": number(highest[at] / lowest[at] - 1)}
        row |= {"products": 1, "is_refused": bool(known.reasons[at]), "reason": known.reasons[at] or None}
        if not known.reasons[at]:
            own = place[at]
            row |= answer(fit.slope[own], fit.error[own])
            row |= {"own_elasticity": number(fit.own[own]), "own_share": number(fit.own_share[own])}
        found.append(row)
    return found


def _weeks_out(weeks: Weeks) -> Values:
    """Weeks between a product's first and last counted one that do not count, because it was out."""
    counted, places = weeks.exposure > 0, np.arange(weeks.exposure.shape[1])
    first = np.where(counted, places, places[-1] + 1).min(axis=1)[:, None]
    last = np.where(counted, places, -1).max(axis=1)[:, None]
    return np.asarray(((places > first) & (places < last) & ~counted).sum(axis=1))


def _categories(known: Told) -> list[dict[str, Any]]:
    found = []
    for at, name in enumerate(known.groups):
        centre, error = known.fit.centre[at], known.fit.centre_error[at]
        found.append(_together(known, known.weeks.about["category"].to_numpy() == name, (name, centre, error)))
    return found


def _shop(known: Told) -> list[dict[str, Any]]:
    every = np.ones(len(known.weeks.about), dtype=bool)
    return [_together(known, every, (None, known.fit.whole, known.fit.whole_error))]


def _together(known: Told, is_in: Values, answered: tuple[str | None, float, float]) -> dict[str, Any]:
    """A category's row, or the shop's; refused where none of its products has an elasticity of its own."""
    name, centre, error = answered
    weeks = known.weeks
    answering = sum(not known.reasons[at] for at in np.flatnonzero(is_in))
    row: dict[str, Any] = {
        "level": "category" if name else "shop", "title": name or "Whole shop", "category": name, "products": answering,
        "units": int(weeks.units[is_in].sum()), "weeks": weeks.units.shape[1], "is_refused": not answering,
    }  # fmt: skip
    if answering:
        return row | answer(centre, error)
    return row | {"reason": f"No product of it has a price that varied enough. {HELP}"}


def answer(slope: float, error: float) -> dict[str, Decimal]:
    """An elasticity with its two intervals."""
    ends = {"80": Z_80, "95": Z_95}
    low = {f"low_{name}": number(slope - z * error) for name, z in ends.items()}
    return {
        "elasticity": number(slope),
        **low,
        **{f"high_{name}": number(slope + z * error) for name, z in ends.items()},
    }


def number(value: float) -> Decimal:
    """A number of a model, to four decimals."""
    return round(Decimal(repr(float(value))), 4)


def money(value: float) -> Decimal:
    """An amount of a model, to the cent."""
    return round(Decimal(repr(float(value))), 2)
