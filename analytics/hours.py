"""At which hours of which weekdays the shop sells, in its own time."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import db, sales, stores
from analytics.scope import Scope, Stores, chosen

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MEASURES = ("orders", "net_sales", "units")
COLUMNS = ("currency", "weekday", "weekday_name", "hour", "days", *MEASURES)
PER = ("average", "total")


def grid(scope: Scope) -> pd.DataFrame:
    """One row a currency, weekday and hour (0 to 23, all of them), and one without an hour where that is not known.

    Columns: COLUMNS; weekday 1 is Monday, `days` says how often the weekday occurs in the days that have data. Net sales
    stand under the hour of the sale, also what was taken back of it later. No sales give no row.
    """
    found = db.read("sales/hours", **scope.params())
    occurrences = _occurrences(scope)
    rows = []
    for currency, part in found.groupby("currency", sort=True):
        known = {(row["weekday"], _hour(row["hour"])): row for row in part.to_dict("records")}
        places: list[tuple[int, int | None]] = [(weekday, hour) for weekday in range(1, 8) for hour in range(24)]
        places += [place for place in known if place[1] is None]
        nothing = {name: Decimal(0) for name in MEASURES}
        rows += [
            {"currency": currency, "weekday": weekday, "weekday_name": WEEKDAYS[weekday - 1], "hour": hour,
             "days": occurrences[weekday - 1], **{name: known.get((weekday, hour), nothing)[name] for name in MEASURES}}
            for weekday, hour in places
        ]  # fmt: skip
    frame = pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)
    return frame.where(frame.notna(), None)


def timed(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a grid whose hour is known."""
    return frame[frame["hour"].notna()].reset_index(drop=True)


def untimed(frame: pd.DataFrame) -> dict[str, Any]:
    """What stands under no hour: `orders`, `net_sales`, and `share`, that of all orders; None where there are no orders."""
    without = frame[frame["hour"].isna()]
    orders, every = sum(without["orders"], start=Decimal(0)), sum(frame["orders"], start=Decimal(0))
    net_sales = sum(without["net_sales"], start=Decimal(0))
    return {"orders": orders, "net_sales": net_sales, "share": orders / every if every else None}


def valued(frame: pd.DataFrame, measure: str, per: str) -> pd.DataFrame:
    """The rows with `value`: the measure in all, or for one such weekday on average. Raises ValueError for another one."""
    if measure not in MEASURES or per not in PER:
        raise ValueError(f"measure is {', '.join(MEASURES)} and per is {', '.join(PER)}, not {measure!r} and {per!r}")
    if per == "total":
        return frame.assign(value=frame[measure])
    return frame.assign(value=sales.ratios(frame[measure], frame["days"]))


def by(frame: pd.DataFrame, name: str, measure: str, per: str) -> pd.DataFrame:
    """A grid's measure by `hour` or by `weekday`: in all, or a day on average. Columns: <name>, value."""
    rows = []
    for key, part in timed(frame).groupby(name, sort=True):
        days = sum(part["days"]) if name == "hour" else part["days"].iloc[0]
        total = sum(part[measure], start=Decimal(0))
        rows.append((key, total if per == "total" else total / days if days else None))
    return pd.DataFrame(rows, columns=[name, "value"], dtype=object)


def peak(frame: pd.DataFrame) -> "pd.Series[Any] | None":
    """The row with the highest `value`; None if nothing stands above zero."""
    highest = frame.loc[[value is not None and value > 0 for value in frame["value"]]]
    return None if highest.empty else highest.loc[highest["value"].astype(float).idxmax()]


def week(store: Stores) -> tuple[int, ...]:
    """The weekdays in the shop's order, 1 for Monday."""
    found = db.read("stores/week_start", store_ids=list(chosen(store)) or None)
    first = int(found["week_start"].iloc[0]) if len(found) else 1
    return tuple((first - 1 + step) % 7 + 1 for step in range(7))


def wide(frame: pd.DataFrame, weekdays: Sequence[int]) -> pd.DataFrame:
    """One row an hour with the weekdays beside each other. Columns: time, and the names of the weekdays."""
    values = {(row["weekday"], row["hour"]): row["value"] for row in frame.to_dict("records")}
    rows = [(f"{hour:02d}:00", *(values.get((weekday, hour)) for weekday in weekdays)) for hour in range(24)]
    return pd.DataFrame(rows, columns=["time", *(WEEKDAYS[weekday - 1] for weekday in weekdays)], dtype=object)


def _hour(value: Any) -> int | None:
    return None if value is None or pd.isna(value) else int(value)


def _occurrences(scope: Scope) -> list[int]:
    """How often each weekday, Monday first, lies in the scope's days that have data."""
    start, stop = _span(scope)
    if start is None or stop is None or start >= stop:
        return [0] * 7
    whole, rest = divmod((stop - start).days, 7)
    extra = {(start + timedelta(days=step)).isoweekday() for step in range(rest)}
    return [whole + (weekday in extra) for weekday in range(1, 8)]


def _span(scope: Scope) -> tuple[date | None, date | None]:
    """The scope's days as far as the data reach, end excluded."""
    known = stores.among(scope.stores)
    firsts, lasts = [list(known[name].dropna()) for name in ("first_day", "last_day")]
    if not firsts:
        return None, None
    first, last = min(firsts), max(lasts) + timedelta(days=1)
    return max(scope.start or first, first), min(scope.stop or last, last)
