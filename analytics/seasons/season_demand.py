"""The demand of seasons to come: of a product by its index at today's level, of a SKU its share, or what is forecast of its weeks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.forecasts import ahead as forecast
from analytics.scope import Scope
from analytics.seasons import season_calendar
from analytics.seasons.days import DAY, Days, Values
from analytics.seasons.index import place
from analytics.seasons.season_calendar import SEASON, WEEKS, Curve
from analytics.stock import velocity

# The level of today: what was sold in the last half year, its season taken out.
LEVEL_DAYS, YEAR_DAYS = 182, 364
MOST_GROWTH = 0.5
Z_80, UPPER = 1.2816, 0.9
BY_INDEX = "its index at today's level"
# A run older than so many days, beside the last day of orders, says too little of today.
FRESH = timedelta(days=14)
Row = dict[str, Any]


@dataclass(frozen=True)
class Ahead:
    """A product's season to come: its days, what is expected until it and in it, the relative error of its level and shape, the
    spread of counts, what the season before sold, and whose season it is."""

    first: date
    last: date
    until: float
    inside: float
    error: float
    spread: float
    before: float | None
    basis: str


@dataclass(frozen=True)
class Expected:
    """What is expected of a row: units until the season, in it, by how much those may be off (80 %), and what says so."""

    until: float
    inside: float
    reach: float
    basis: str


def coming(scope: Scope, known: Days, today: date, stop: date) -> dict[str, Ahead]:
    """The seasons that start after a day and before another one, by product: the first of each."""
    rows = season_calendar.of(scope)
    is_coming = [day is not None and today < day < stop for day in rows["season_starts_on"]]
    told = rows[(rows["season_state"] == SEASON) & pd.Series(is_coming, index=rows.index, dtype=bool)]
    first = told.sort_values("season_starts_on", kind="stable").drop_duplicates("series").to_dict("records")
    places = [place(known, row["series"]) for row in first]
    # what is gone has no season to come
    there = [known.there[at, -1] + known.there[at, -season_calendar.WEEKS :].sum() > 0 for at in places]
    curves = season_calendar.curves(known, season_calendar.calm_days(scope, known), [np.array([at]) for at in places])
    return {
        row["series"]: _ahead(known, at, curve, (row["season_starts_on"], row["season_ends_on"], today))
        for row, at, curve, is_there in zip(first, places, curves, there, strict=True)
        if curve is not None and is_there
    }


def _ahead(known: Days, at: int, curve: Curve, days: tuple[date, date, date]) -> Ahead:
    first, last, today = days
    level, sold = level_of(known, at, curve)
    shape, drawn = (_by_day(each, first, last) for each in (curve.index, curve.draws))
    until = _by_day(curve.index, today, first - DAY).sum()
    relative = float(drawn.sum(axis=1).std() / max(shape.sum(), 1e-9))
    start, stop = known.at(first) - YEAR_DAYS, known.at(last) + 1 - YEAR_DAYS
    before = float(known.demand[at, start:stop].sum()) if start >= 0 and stop <= known.count else None
    error = float(np.sqrt(relative**2 + curve.shape.spread / max(sold, 1.0)))
    return Ahead(
        first, last, level * float(until), level * float(shape.sum()), error, curve.shape.spread, before, curve.basis
    )


def level_of(known: Days, at: int, curve: Curve) -> tuple[float, float]:
    """What a product sells a day now, its season taken out, and the pieces it is told from: units of the last half year ÷ Σ index of the
    days in stock, from its middle to today at the growth of its trend (half as much more a year at most)."""
    days = slice(max(known.count - LEVEL_DAYS, 0), known.count)
    first = known.first_day + timedelta(days=days.start)
    there = known.there[at, days] * _by_day(curve.index, first, known.last_day)
    sold = float(known.units[at, days].sum())
    growth = float(np.clip(curve.shape.growth, -MOST_GROWTH, MOST_GROWTH))
    half = (1 + growth) ** (LEVEL_DAYS / 2 / 365.25)
    return (sold / float(there.sum()) * half if there.sum() > 0 else 0.0), sold


def _by_day(index: Values, first: date, last: date) -> Values:
    """The index of each day from first to last; a row a draw, where there are draws."""
    count = max((last - first).days + 1, 0)
    weeks = [min((first + timedelta(days=n)).isocalendar().week, WEEKS) - 1 for n in range(count)]
    return np.asarray(index[..., np.array(weeks, dtype=int)])


def shares(scope: Scope, known: Days, rows: list[Row], parents: dict[str, str]) -> list[tuple[float, float]]:
    """Of each row the share of its product's demand, as its SKU sold in the last year and of several places as it sells there; and the
    share of its place alone."""
    stop = known.last_day + DAY
    sold = velocity.over(scope, max(stop - timedelta(days=YEAR_DAYS), known.first_day), stop)
    units: dict[Any, float] = {}
    for key, each in zip(sold["product_key"], sold["units"], strict=True):
        units[key] = units.get(key, 0.0) + float(each)
    of_parent: dict[Any, float] = {}
    for key, each in units.items():
        parent = parents.get(key) or key
        of_parent[parent] = of_parent.get(parent, 0.0) + each
    pace: dict[Any, list[float]] = {}
    for row in rows:
        pace.setdefault(row["product_key"], []).append(float(row["velocity"] or 0))
    found = []
    for row in rows:
        key, every = row["product_key"], pace[row["product_key"]]
        here = float(row["velocity"] or 0) / sum(every) if sum(every) > 0 else 1 / len(every)
        whole = of_parent.get(parents.get(key) or key, 0.0)
        found.append((units.get(key, 0.0) / whole * here if whole else 0.0, here))
    return found


def forecasts(known: Days, stores: set[int]) -> dict[int, forecast.Ahead]:
    """The forecasts that are kept of each store, where they are of about the last day of orders."""
    found = {store: forecast.of(store) for store in stores}
    return {
        store: each for store, each in found.items() if each is not None and abs(each.as_of - known.last_day) <= FRESH
    }


def expected(
    row: Row, ahead: Ahead, share: tuple[float, float], of: tuple[date, dict[int, forecast.Ahead]]
) -> Expected:
    """What is expected of a row of the plan: by the forecast of its product's weeks where one is kept that reaches to the season's end,
    else its share of the product's index at today's level."""
    today, kept = of
    told = kept.get(int(row["store_id"]))
    at = -1 if told is None else told.place.get(row["product_key"], -1)
    if told is None or at < 0 or ahead.last >= told.first_day + timedelta(weeks=told.weeks.shape[1]):
        inside = ahead.inside * share[0]
        reach = Z_80 * float(np.sqrt(max(ahead.spread, 1.0) * inside + (ahead.error * inside) ** 2))
        return Expected(ahead.until * share[0], inside, reach, BY_INDEX)
    rows, length = np.array([at]), (ahead.last - ahead.first).days + 1
    until = told.mean(rows, today, np.array([(ahead.first - today).days]))[0]
    inside = told.mean(rows, ahead.first, np.array([length]))[0]
    reach = told.errors(rows, np.array([length]), UPPER)[0]
    basis = f"the forecast of {wording.day(told.as_of)}"
    return Expected(float(until) * share[1], float(inside) * share[1], float(reach) * share[1], basis)
