"""A series as it is looked at: what was sold, a year before it, and what is forecast, with the sentences that say it."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, grains, settings, stores, wording
from analytics.forecasts import demand, stored
from analytics.forecasts.demand import Demand
from analytics.forecasts.shelf import STOCKOUT
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "day", "period", "actual", "before", "corrected", "why", "forecast", "lo_80", "hi_80", "lo_95", "hi_95", "sum_lo_80", "sum_hi_80",
    "naive", "model", "is_ahead",
)  # fmt: skip
YEAR = {"week": 52, "day": 364}
# How far back the chart reaches.
HISTORY = {"week": 65, "day": 91}
OUT, MARKED = "out of stock", "marked, not learnt from"
Row = dict[str, Any]


@dataclass(frozen=True)
class Look:
    """Which series: its measure (units or net_sales), level, grain (week or day), and key within the level."""

    measure: str = "units"
    level: str = "store"
    grain: str = "week"
    key: str = ""


def of(scope: Scope, look: Look, steps: int) -> pd.DataFrame:
    """One row a period, those of the past before the next `steps`: what was sold (`actual`), the same weekdays a year before
    (`before`), what is learnt from instead where it was out of stock or marked (`corrected`, `why`), and the forecast with its
    intervals and those of its sum; `model` is what the models alone say, if somebody said otherwise. Columns: COLUMNS.

    Of one store, in the scope's currency. Raises Refused for a series that there is none of.
    """
    past = _past(scope, look)
    ahead = stored.steps(scope, look.measure, look.level, look.grain, look.key).head(steps)
    length = timedelta(days=demand.GRAINS[look.grain])
    known = {row["day"]: row for row in past}
    told = {row["day"]: row for row in ahead.to_dict("records")}
    is_said = bool(ahead["override"].any())
    shown = sorted({*[row["day"] for row in past][-HISTORY[look.grain] :], *told})
    chosen, rows = settings.of(scope.stores), []
    for day in shown:
        row = dict(known.get(day, {})) | {"day": day, "period": grains.name(day, look.grain, chosen)}
        earlier = known.get(day - YEAR[look.grain] * length)
        row |= {"before": None if earlier is None else earlier["actual"], "is_ahead": day in told}
        rows.append(row | _ahead(told.get(day), is_said))
    return framed(rows, COLUMNS)


def _ahead(step: Row | None, is_said: bool) -> Row:
    if step is None:
        return {}
    names = ("forecast", "lo_80", "hi_80", "lo_95", "hi_95", "sum_lo_80", "sum_hi_80", "naive")
    model = {"model": number(step["model_forecast"])} if is_said else {}
    return {name: number(step[name]) for name in names} | model


def _past(scope: Scope, look: Look) -> list[Row]:
    """Every period of the series that is known: day, actual, corrected, why."""
    found = demand_of(scope, look)
    place = _place(found, scope, look)
    if place is None:
        return []
    length = demand.GRAINS[look.grain]
    values, raw, why = found.panel.values[place], found.raw[place], found.why[place]
    rows: list[Row] = []
    for at in np.flatnonzero(np.isfinite(values)):
        row: Row = {"day": found.first_day + timedelta(days=int(at) * length), "actual": number(raw[at])}
        if why[at]:
            row |= {"corrected": number(values[at]), "why": OUT if why[at] & STOCKOUT else MARKED}
        rows.append(row)
    return rows


def _place(found: Demand, scope: Scope, look: Look) -> int | None:
    is_it = found.keys["series_key"] == look.key
    if look.measure == "net_sales" and scope.unit:
        is_it &= found.keys["currency"] == scope.unit
    places = np.flatnonzero(is_it.to_numpy())
    return int(places[0]) if len(places) else None


def demand_of(scope: Scope, look: Look) -> Demand:
    """The series of a level as they were sold, of one store; kept until its data change."""
    store = scope.only_store or int(stores.among(scope.stores)["store_id"].iloc[0])
    return _kept(store, (look.measure, look.level, look.grain), stores.versions(store), db.url())


@lru_cache(maxsize=4)
def _kept(store: int, about: tuple[str, str, str], versions: tuple[tuple[int, int], ...], where: str) -> Demand:
    return demand.of(store, *about)


def number(value: Any) -> Decimal:
    """A number of a forecast, to four decimals."""
    return round(Decimal(repr(float(value))), 4)


def total(value: Any, measure: str) -> Decimal:
    """A sum as a table has it: money to the cent, pieces to a tenth."""
    return round(number(value), 1 if measure == "units" else 2)


def summed(rows: pd.DataFrame) -> Row:
    """What the steps ahead come to: steps, first_day, forecast with lo_80 and hi_80 of the sum, before (None unless a year before is known
    of every step), change on it."""
    ahead = rows[rows["is_ahead"].astype(bool)]
    before = list(ahead["before"])
    row: Row = {"steps": len(ahead), "first_day": ahead["day"].iloc[0] if len(ahead) else None}
    row["forecast"] = sum(ahead["forecast"], start=Decimal(0)) if len(ahead) else None
    row["lo_80"], row["hi_80"] = (ahead[name].iloc[-1] if len(ahead) else None for name in ("sum_lo_80", "sum_hi_80"))
    row["before"] = sum(before, start=Decimal(0)) if len(before) and all(each is not None for each in before) else None
    row["change"] = row["forecast"] / row["before"] - 1 if row["before"] else None
    return row


def in_words(row: Row, look: Look, currency: str) -> str:
    """What the next steps bring, from `summed`, in a sentence."""
    said = f"Next {wording.count(row['steps'], look.grain)}: {amount(row['forecast'], look, currency)}"
    low, high = (amount(row[name], look, "") for name in ("lo_80", "hi_80"))
    said += f", {low} to {high} in four of five cases"
    if row["change"] is not None:
        side = "more" if row["change"] >= 0 else "less"
        said += f"; {abs(row['change']) * 100:,.0f} % {side} than last year"
    return said


def amount(value: Decimal | None, look: Look, currency: str) -> str:
    """Pieces or money, whole from 100 up, as a sentence has it."""
    if value is None:
        return wording.BLANK
    if look.measure == "units":
        number = f"{value:,.0f}" if abs(value) >= 10 else f"{value:,.1f}"
        return f"{number} pieces" if currency else number
    return wording.money(value, currency).strip()
