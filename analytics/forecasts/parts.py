"""What Prophet sees in a series of the store, a channel or a category: trend, time of the year, weekdays, holidays, events, prices."""

from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics import wording
from analytics.forecasts import course, demand, stored
from analytics.forecasts.course import Look, amount
from analytics.scope import Scope

COLUMNS = ("part", "name", "day", "amount")
# Components by how their names begin, in the order in which they are shown.
PARTS = {
    "trend": "Trend",
    "yearly": "Time of the year",
    "weekly": "Weekdays",
    "holiday": "Holidays and festivals",
    "event": "Events",
    "price": "Prices",
}
WEEK = 7


def of(scope: Scope, look: Look) -> pd.DataFrame:
    """One row a part, component (`name`, such as a holiday) and day or week, parts in the order of PARTS: COLUMNS, amounts in the units of
    the series; they add up to what Prophet alone says. The time of the year is shown over one year, weekdays over one week, the rest as
    far as the chart of the series reaches. Empty where nothing is told apart."""
    rows = stored.components(scope, look.measure, look.level, look.grain, look.key)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    kind, _, rest = (rows["component"].str.partition(":")[each] for each in range(3))
    told = rows.assign(part=kind, name=rest.str.strip())
    told = told[told["part"].isin(PARTS)]
    last, length = max(told["day"]), demand.GRAINS[look.grain]
    steps = {"yearly": course.YEAR[look.grain], "weekly": WEEK}
    first = {part: _first(last, steps.get(part, _shown(look)), length) for part in PARTS}
    is_shown = [day >= first[part] for day, part in zip(told["day"], told["part"], strict=True)]
    order = list(PARTS)
    found = told.loc[is_shown, list(COLUMNS)]
    return found.sort_values("part", key=lambda each: each.map(order.index), kind="stable").reset_index(drop=True)


def _shown(look: Look) -> int:
    return course.HISTORY[look.grain] + stored.HORIZON[look.grain]


def _first(last: date, steps: int, length: int) -> date:
    return last - timedelta(days=(steps - 1) * length)


def summed(rows: pd.DataFrame, part: str) -> pd.DataFrame:
    """The course of one part, its components added up: day, amount."""
    own = rows[rows["part"] == part]
    return own.groupby("day", as_index=False, sort=True)["amount"].sum()


def in_words(rows: pd.DataFrame, part: str, look: Look, currency: str) -> str:
    """What a part does, in a sentence."""
    own, whole = rows[rows["part"] == part], summed(rows, part)
    if own["name"].ne("").any():
        return _most(own, look, currency)
    best = whole.iloc[int(whole["amount"].argmax())]
    if part == "trend":
        first, last = (_said(whole["amount"].iloc[at], look, currency) for at in (0, -1))
        return f"Trend: from {first} to {last} a {look.grain}"
    when = f"{best['day']:%A}" if part == "weekly" else f"around {best['day'].day} {best['day']:%B}"
    return f"{PARTS[part]}: highest {when}, {_signed(best['amount'], look, currency)}"


def _most(own: pd.DataFrame, look: Look, currency: str) -> str:
    """The component that moved most in any step, up or down."""
    at = own["amount"].abs().to_numpy(dtype=float).argmax()
    row = own.iloc[int(at)]
    name, moved = str(row["name"]), _signed(row["amount"], look, currency)
    when = "on" if look.grain == "day" else f"in the {look.grain} of"
    return f"{name[:1].upper()}{name[1:]} moves most: {moved} {when} {wording.day(row['day'])}"


def _signed(value: Any, look: Look, currency: str) -> str:
    return f"{'+' if value >= 0 else '−'}{_said(abs(value), look, currency)}"


def _said(value: Any, look: Look, currency: str) -> str:
    return amount(course.number(value), look, currency)
