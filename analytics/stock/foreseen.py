"""What forecasts say to the plan of orders: of each product its weeks to come, and how far demand over a lead time may stray from them."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from analytics import wording
from analytics.forecasts import accuracy, ahead, runs
from analytics.forecasts.ahead import Ahead
from analytics.forecasts.intervals import LEVELS
from analytics.scope import Scope
from analytics.stock import buffers, formulas, outlook, policies, settings, shortfall
from analytics.stock.buffers import Days
from analytics.stock.outlook import Outlook
from analytics.stock.positions import EVERYWHERE, Place

COLUMNS = ("demand_basis", "error_level", "error_middle", "error_at", "at_once")
FLAT = "WindowAverage"  # a velocity, too
NO_BETTER = "; forecasts of such demand were no better in the past"
BASIS = "quantiles of the forecast's errors over a lead time"
NOUGHT, DAY = Decimal(0), timedelta(days=1)
UNITS, PIECES, SHARE, FACTOR = Decimal("0.0001"), Decimal("0.001"), Decimal("0.0001"), Decimal("0.01")
MILLIONTH = Decimal("0.000001")
# One of ten is above so many deviations of a normal distribution.
NINETY, AT_NINETY = Decimal("1.281552"), LEVELS.index(0.9)
FIRST_LEVEL, LAST_LEVEL = Decimal("0.5"), Decimal("0.9999")
Row = dict[str, Any]


def of_place(scope: Scope, place: Place, last_day: date | None) -> Ahead | None:
    """What the newest run says that knew no order after the last day, and is at most the store's `forecast_days` older than that;
    None without one, where a part of the store's channels or countries is asked for, or where a place is not forecast."""
    store = int(scope.only_store or 0)
    limit, is_part = settings.of(store).forecast_days, bool(scope.countries or (scope.channels and not place.channels))
    if last_day is None or not limit or is_part:
        return None
    made = [run for run in runs.done(store) if not run.is_backcast and run.as_of <= last_day]
    if not made or (last_day - made[0].as_of).days > limit:
        return None
    return ahead.of_run(made[0], "" if place.name == EVERYWHERE else place.name)


def better(said: Ahead, gain: Decimal) -> set[str]:
    """The kinds of demand of which forecasts erred by so many per cent less than the mean of the last weeks when both were held
    against the past."""
    found = set()
    for kind in said.scores["kind"].unique():
        ours, flat = (accuracy.error(said.scores, kind, model) for model in (accuracy.OURS, FLAT))
        if ours is not None and flat is not None and ours <= flat * float(1 - gain / 100):
            found.add(str(kind))
    return found


def outlook_of(said: Ahead, key: str) -> Outlook | None:
    """The weeks of one product; None where nothing, or only zeros, are said of it."""
    if key not in said.place:
        return None
    told = said.weeks[said.place[key]]
    weeks = tuple(_decimal(each, UNITS) for each in told)
    pace = _decimal(told[-ahead.LATE_WEEKS :].mean() / outlook.WEEK, MILLIONTH)
    return Outlook(pace, said.first_day, weeks, said.as_of) if any(weeks) else None


def plan(rows: list[Row], said: Ahead | None, known: Days | None, times: Decimal) -> None:
    """In rows of planning.inputs, whose velocity and deviation are set: _outlook and COLUMNS, and where a forecast speaks of the
    product, deviation, z and z_basis anew. It speaks where it was better in the past than the mean of the last weeks, and where
    people said something else.

    error_at is by how much demand over the lead time is above the forecast at `error_level`: of cycles the share to be met, of
    demand the one level for all rows of the same target at which what is missing is three quarters of 1 − target of what orders
    bring. error_middle is the error that half of all times exceed. at_once: see shortfall.at_once, of the days that velocity is
    told over.
    `times` is demand by what is forecast.
    """
    for row in rows:
        row |= {"_outlook": outlook.even(row["velocity"]), "_errors": None} | dict.fromkeys(COLUMNS)
        row["demand_basis"] = row["velocity_basis"]
    spoken = [] if said is None or known is None else _spoken(rows, said, known, times)
    for target in {(row["service_kind"], row["service_level"]) for row in spoken}:
        _level([row for row in spoken if (row["service_kind"], row["service_level"]) == target])


def _spoken(rows: list[Row], said: Ahead, known: Days, times: Decimal) -> list[Row]:
    """The rows whose product is forecast, with its outlook and its errors over their lead time."""
    found, at, kinds = [], [], better(said, settings.of(int(rows[0]["store_id"])).forecast_gain) if rows else set()
    for number, row in enumerate(rows):
        own = outlook_of(said, row["product_key"])
        if own is None or str(row["velocity_basis"]).startswith("as its sibling"):
            continue
        place = said.place[row["product_key"]]
        if said.kinds[place] not in kinds and not said.is_said[place]:
            row["demand_basis"] += NO_BETTER
        else:
            row["_outlook"], row["demand_basis"] = own.times(times), f"forecast of {wording.day(said.as_of)}"
            found.append(row)
            at.append(number)
    places = np.array([said.place[row["product_key"]] for row in found], dtype=int)
    days = np.array([float(row["lead_time_days"]) for row in found])
    errors = [said.errors(places, days, level) * float(times) for level in LEVELS]
    sold = buffers.without_one_offs(known).sold[at][:, -buffers.WINDOW_DAYS :]
    for number, (row, once) in enumerate(zip(found, shortfall.at_once(sold), strict=True)):
        row["_errors"] = np.array([each[number] for each in errors])
        row["at_once"] = _decimal(once * float(times), PIECES)
    return found


def lead_and_cover(row: Row) -> tuple[Decimal, Decimal]:
    """What is asked for from the day after the stock's over the lead time, and then over the days that an order covers."""
    own, start = row["_outlook"], row["as_of"] + DAY
    lead = own.over(start, row["lead_time_days"])
    both = own.over(start, row["lead_time_days"] + row["cover_days"])
    if not own.weeks:
        return lead, both - lead
    return lead.quantize(PIECES), (both - lead).quantize(PIECES)


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
    level = min(max(Decimal(repr(float(level))).quantize(SHARE), FIRST_LEVEL), LAST_LEVEL)
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
