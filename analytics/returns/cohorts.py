"""Cohorts of orders: what of each week's or month's orders came back within 7 to 90 days, and will where that is not known yet."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd

from analytics import grains, settings, wording
from analytics.periods import month_start
from analytics.product_rows import Row, framed, quotient
from analytics.returns import development
from analytics.returns.development import HORIZON, Triangle
from analytics.scope import Scope

COLUMNS = (
    "cohort", "period", "currency", "age", "returned", "sold", "rate", "is_known", "projected", "lower", "upper",
    "learnt_from", "is_partial", "ends_on", "as_of",
)  # fmt: skip
AGES = (7, 14, 30, 60, 90)
GRAINS = ("week", "month")
# How many days a cohort may have; a quarter are all orders that are not 90 days old.
LENGTHS = {"week": 7, "month": 31, "quarter": HORIZON}
MEASURES = ("orders", "units", "value")
# As for rates by product: units count where files name those of half of what came back, days where half has one.
HALF = Decimal("0.5")
SHOWN_WEEKS, SHOWN_MONTHS, OLD = 26, 12, 14
DIGITS = Decimal("0.000001")


@dataclass(frozen=True)
class Cohort:
    """Orders of the days from `start` up to but not including `stop`; `period` is the week or month that they belong to."""

    period: date
    start: date
    stop: date


@dataclass(frozen=True)
class Facts:
    """What was sold by day, and what came back of it as pairs of age and amount, exactly, as known by the last day."""

    last: date
    sold: dict[date, Decimal]
    returned: dict[date, list[tuple[int, Decimal]]]


def of(scope: Scope, grain: str = "week", measure: str = "orders") -> pd.DataFrame:
    """One row a currency, week or month of orders and age: what share of what was sold has come back by that age.

    Columns: COLUMNS. `returned`, `sold` and `rate` are of all that is known by the store's last day of data (`as_of`); `is_known`
    says whether the cohort's last order is old enough, else the rate still grows, and `projected` is what it is expected to be,
    four of five times between `lower` and `upper` (see development.project; `learnt_from` counts the mature cohorts behind it).
    They are None where it is known, and where too few cohorts are mature; `refusal` says so in words. `is_partial`: only a part
    of the week or month lies in the scope or in the data. Raises ValueError for another grain or measure.
    """
    if grain not in GRAINS or measure not in MEASURES:
        raise ValueError(
            f"grain is {' or '.join(GRAINS)} and measure {', '.join(MEASURES)}, not {grain!r} and {measure!r}"
        )
    last = development.as_of(scope.stores)
    if last is None:
        return framed([], COLUMNS)
    placed, back = development.sold(scope, last), development.read(scope, last)
    run = settings.of(scope.stores)
    found: list[Row] = []
    for currency in sorted(set(placed["currency"])):
        days, came = (frame[frame["currency"] == currency] for frame in (placed, back))
        if measure == "units" and not are_units_named(came):
            continue
        known = development.triangle(days, came, measure, last)
        facts = _facts(days, came, measure, last)
        for cohort in _cohorts(scope, facts, grain, run):
            whole = grains.next_first_day(cohort.period, grain)
            about = {
                "cohort": cohort.period, "period": grains.name(cohort.period, grain, run), "currency": currency,
                "is_partial": cohort.start > cohort.period or cohort.stop < whole, "as_of": last,
                "ends_on": cohort.stop - timedelta(days=1),
            }  # fmt: skip
            found += [about | _cell(cohort, age, facts, known) for age in AGES]
    return framed(found, COLUMNS)


def shown(scope: Scope, grain: str = "week") -> Scope:
    """The scope that a view of cohorts looks at: its days, but 26 weeks or 12 months before their end at least."""
    if scope.start is None or scope.stop is None:
        return scope
    back = scope.stop - timedelta(days=SHOWN_WEEKS * 7) if grain == "week" else month_start(scope.stop, -SHOWN_MONTHS)
    return replace(scope, start=min(scope.start, back))


def newest(rows: pd.DataFrame, age: int = HORIZON) -> "tuple[pd.Series[Any] | None, pd.Series[Any] | None]":
    """Of rows of `of`, the newest whole cohort whose rate at an age is known, and the newest that is projected and has all of
    its first two weeks behind it (of younger ones little is to see); None where there is none."""
    at = rows.loc[[own == age and not part for own, part in zip(rows["age"], rows["is_partial"], strict=True)]]
    known = at.loc[[bool(each) for each in at["is_known"]]]
    old = [
        row["projected"] is not None and (row["as_of"] - row["ends_on"]).days >= OLD for row in at.to_dict("records")
    ]
    young = at[old]
    return (None if known.empty else known.iloc[-1]), (None if young.empty else young.iloc[-1])


def are_units_named(back: pd.DataFrame) -> bool:
    """Whether files name the units of half of what came back, or nothing did."""
    share = quotient(sum(back["value_with_units"], start=Decimal(0)), sum(back["value"], start=Decimal(0)))
    return share is None or share >= HALF


def refusal(scope: Scope, grain: str = "week", measure: str = "orders") -> str:
    """Why young cohorts of a scope are not projected, in words; "" if they are."""
    last = development.as_of(scope.stores)
    if last is None:
        return "Without orders nothing can be projected: import an orders export."
    placed, back = development.sold(scope, last), development.read(scope, last)
    dated = development.dated_share(back)
    if dated is None:
        return "Nothing came back of these orders, so that it cannot be told how returns develop."
    if measure == "units" and not are_units_named(back):
        return "No file names the units of most of what came back: a table of returns does."
    if dated < HALF:
        return (
            f"Only {wording.percent(dated)} of what came back has a day of its own, so that it cannot be told when returns come "
            "in. Import the platform's transactions or a table of returns (Data › File formats)."
        )
    first = max(min(placed.loc[placed["orders"] > 0, "day"]), development.learnt_from(last))
    # cohorts begin a week apart, and lie so that their weekdays are those of the young one
    needed = LENGTHS[grain] + (development.LEAST_COHORTS - 1) * development.WEEK + HORIZON + development.WEEK - 1
    if (last - first).days + 1 < needed:
        return (
            f"How returns develop is learnt from orders that are {HORIZON} days old, in {development.LEAST_COHORTS} cohorts of a "
            f"{grain} each: for that orders of {needed} days are needed, and those of {(last - first).days + 1} are there. Import "
            "older orders with their refunds, or wait."
        )
    return ""


def _facts(placed: pd.DataFrame, back: pd.DataFrame, measure: str, last: date) -> Facts:
    found = Facts(last, {day: Decimal(amount) for day, amount in zip(placed["day"], placed[measure], strict=True)}, {})
    for day, age, amount in zip(back["day"], back["age"], back[measure], strict=True):
        if not pd.isna(age) and amount is not None:
            found.returned.setdefault(day, []).append((int(age), Decimal(amount)))
    return found


def _summed(facts: Facts, cohort: Cohort, age: int) -> tuple[Decimal, Decimal]:
    """What came back of a cohort by an age, and what was sold."""
    back, placed = Decimal(0), Decimal(0)
    for each in range((cohort.stop - cohort.start).days):
        day = cohort.start + timedelta(days=each)
        placed += facts.sold.get(day, Decimal(0))
        back += sum((amount for after, amount in facts.returned.get(day, ()) if after <= age), start=Decimal(0))
    return back, placed


def _cohorts(scope: Scope, facts: Facts, grain: str, run: settings.Settings) -> list[Cohort]:
    """The weeks or months of the scope's days, cut off at its ends and at those of the data."""
    begins = min((day for day, amount in facts.sold.items() if amount), default=facts.last)
    first = max(each for each in (scope.start, begins) if each is not None)
    stop = min(each for each in (scope.stop, facts.last + timedelta(days=1)) if each is not None)
    found = [
        Cohort(each, max(each, first), min(grains.next_first_day(each, grain), stop))
        for each in grains.periods(first, stop, grain, run)
    ]
    return [each for each in found if _summed(facts, each, 0)[1]]


def _cell(cohort: Cohort, age: int, facts: Facts, known: Triangle | None) -> Row:
    returned, placed = _summed(facts, cohort, age)
    row: Row = {"age": age, "returned": returned, "sold": placed, "rate": quotient(returned, placed)}
    row["is_known"] = cohort.stop + timedelta(days=age - 1) <= facts.last
    if row["is_known"] or known is None:
        return row
    length = (cohort.stop - cohort.start).days
    told = development.project(known, (cohort.start - known.first_day).days, length, age)
    if told is None or not told.sold > 0:
        return row
    shares = {"projected": told.expected, "lower": told.lower, "upper": told.upper}
    row |= {name: Decimal(repr(amount / told.sold)).quantize(DIGITS) for name, amount in shares.items()}
    return row | {"learnt_from": told.cohorts}
