"""What forecasts say to the plan of orders: of each product its weeks to come, and how far demand over a lead time may stray from them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import db, wording
from analytics.forecasts.intervals import LEVELS
from analytics.scope import Scope
from analytics.stock import buffers, formulas, outlook, policies, settings, shortfall
from analytics.stock.buffers import Days
from analytics.stock.outlook import Outlook
from analytics.stock.positions import EVERYWHERE, Place
from analytics.stock.shortfall import Matrix

COLUMNS = ("demand_basis", "error_level", "error_middle", "error_at", "at_once")
BASIS = "quantiles of the forecast's errors over a lead time"
NOUGHT, DAY = Decimal(0), timedelta(days=1)
UNITS, PIECES, SHARE, FACTOR = Decimal("0.0001"), Decimal("0.001"), Decimal("0.0001"), Decimal("0.01")
MILLIONTH = Decimal("0.000001")
# One of ten is above so many deviations of a normal distribution.
NINETY, AT_NINETY = Decimal("1.281552"), LEVELS.index(0.9)
LAST_LEVEL = Decimal("0.9999")
Row = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What is said of a product: its outlook, and by how much units over 1, 2, … weeks (columns) may be above it at each of LEVELS."""

    outlook: Outlook
    errors: Matrix


def of_place(scope: Scope, place: Place, last_day: date | None) -> dict[str, Said]:
    """By product what the newest run says that is not older than the store's `forecast_days`; nothing where a part of the
    store's channels or countries is asked for, or forecasts are not made for the place. A forecast of nothing says nothing."""
    limit = settings.of(int(scope.only_store or 0)).forecast_days
    if last_day is None or not limit or (scope.channels and not place.channels) or scope.countries:
        return {}
    store = int(scope.only_store or 0)
    runs = db.read("replenishment/forecast_run", store_id=store, last_day=last_day)
    if runs.empty or (last_day - runs["as_of"].iloc[0]).days > limit:
        return {}
    asked = {"store_id": store, "run_id": int(runs["run_id"].iloc[0])}
    asked["location"] = "" if place.name == EVERYWHERE else place.name
    errors = _errors(db.read("replenishment/forecast_errors", **asked).to_dict("records"))
    rows = db.read("replenishment/forecasts", **asked).to_dict("records")
    return dict(_said(rows, errors, runs["as_of"].iloc[0]))


def _errors(rows: list[Row]) -> dict[str, Matrix]:
    """Of each kind the scaled errors: a row a level, a column a number of weeks."""
    kinds = {row["kind"] for row in rows}
    return {kind: np.array([row["errors"] for row in rows if row["kind"] == kind]).T for kind in kinds}


def _said(rows: list[Row], errors: dict[str, Matrix], said_on: date) -> Iterator[tuple[str, Said]]:
    for row in rows:
        weeks = tuple(Decimal(repr(float(each))).quantize(UNITS) for each in row["forecast"])
        total = sum(weeks, start=NOUGHT)
        if total > 0 and row["kind"] in errors:
            pace = (total / (outlook.WEEK * len(weeks))).quantize(MILLIONTH)
            ahead = Outlook(pace, row["first_day"], weeks, said_on)
            yield row["product_key"], Said(ahead, errors[row["kind"]] * float(row["scale"]))


def plan(rows: list[Row], said: dict[str, Said], known: Days | None, times: Decimal) -> None:
    """In rows of planning.inputs, whose velocity and deviation are set: _outlook and COLUMNS, and where a forecast speaks of the
    product, deviation, z and z_basis anew.

    error_at is by how much demand over the lead time is above the forecast at `error_level`: of cycles the share to be met, of
    demand the one level for all rows of the same target at which what is missing is 1 − target of what orders bring. error_middle
    is the error that half of all times exceed. at_once: see shortfall.at_once, of the days that velocity is told over.
    `times` is demand by what is forecast.
    """
    for row in rows:
        row |= {"_outlook": outlook.even(row["velocity"]), "_errors": None} | dict.fromkeys(COLUMNS)
        row["demand_basis"] = row["velocity_basis"]
    at = [number for number, row in enumerate(rows) if row["product_key"] in said and _is_own(row)]
    if not at or known is None:
        return
    sold = buffers.without_one_offs(known).sold[at][:, -buffers.WINDOW_DAYS :]
    spoken = [rows[number] for number in at]
    for row, once in zip(spoken, shortfall.at_once(sold), strict=True):
        own = said[row["product_key"]]
        row["_outlook"] = own.outlook.times(times)
        row["_errors"] = shortfall.over_days(own.errors, float(row["lead_time_days"])) * float(times)
        row["at_once"] = _decimal(once * float(times), PIECES)
        row["demand_basis"] = f"forecast of {wording.day(own.outlook.said_on)}"
    for target in {(row["service_kind"], row["service_level"]) for row in spoken}:
        _level([row for row in spoken if (row["service_kind"], row["service_level"]) == target])


def _is_own(row: Row) -> bool:
    return not str(row["velocity_basis"]).startswith("as its sibling")


def lead_and_cover(row: Row) -> tuple[Decimal, Decimal]:
    """What is asked for from the day after the stock's over the lead time, and then over the days that an order covers."""
    ahead, start = row["_outlook"], row["as_of"] + DAY
    lead = ahead.over(start, row["lead_time_days"])
    both = ahead.over(start, row["lead_time_days"] + row["cover_days"])
    if not ahead.weeks:
        return lead, both - lead
    lead, both = lead.quantize(PIECES), both.quantize(PIECES)
    return lead, both - lead


def a_day(row: Row) -> Decimal:
    """Demand a day over the lead time, or of the first day where there is none."""
    days = row["lead_time_days"] or Decimal(1)
    return Decimal(row["_outlook"].over(row["as_of"] + DAY, days) / days).quantize(MILLIONTH)


def _level(rows: list[Row]) -> None:
    """The level of rows of one target, and what follows from it."""
    errors = np.array([row["_errors"] for row in rows])
    level = rows[0]["service_level"]
    if rows[0]["service_kind"] == policies.FILL_RATE:
        strays = np.array([float(a_day(row) * row["lead_time_deviation"]) for row in rows])
        ordered = np.array([float(lead_and_cover(row)[1] + row["at_once"]) for row in rows])
        level = shortfall.level_of(shortfall.with_lead_time(errors, strays), ordered, float(level))
    level = min(Decimal(repr(float(level))).quantize(SHARE), LAST_LEVEL)
    for row in rows:
        row["error_level"], row["error_middle"] = level, _decimal(row["_errors"][0], PIECES)
        (a, low), (b, high) = beside(row)
        reach = _decimal(row["_errors"][AT_NINETY], PIECES) - row["error_middle"]
        days = row["lead_time_days"] or Decimal(1)
        row |= {
            "error_at": (low + (level - a) / (b - a) * (high - low)).quantize(PIECES),
            "deviation": (reach / (NINETY * days.sqrt())).quantize(MILLIONTH),
            "z": Decimal(repr(formulas.z_of(float(level)))).quantize(FACTOR), "z_basis": BASIS,
        }  # fmt: skip


def beside(row: Row) -> tuple[tuple[Decimal, Decimal], tuple[Decimal, Decimal]]:
    """The levels that a row's error_level lies between, each with the error there."""
    levels, errors = shortfall.ended(row["_errors"][None, :])
    at = shortfall.segment(float(row["error_level"]))
    pairs = [(_decimal(levels[each], SHARE), _decimal(errors[0, each], PIECES)) for each in (at, at + 1)]
    return pairs[0], pairs[1]


def _decimal(value: float, digits: Decimal) -> Decimal:
    return Decimal(repr(float(value))).quantize(digits)
