"""Which promotions there were: those of the shop's calendar, codes that hold for some days, and days of discounts found by themselves."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, wording
from analytics.prices import weekly
from analytics.scope import Scope

CALENDAR, CODE, FOUND = "calendar", "discount code", "found by itself"
# A day of discounts takes off so much more of a category's sales than its days usually do, on three days at least.
DEEPER = 0.06
SHORTEST, LONGEST = 3, 45
GAP, LONGEST_GAP, NEAR = 1, 7, 3
LEAST_UNITS = 20
LONGEST_CODE = 60
USUAL = 61


@dataclass(frozen=True)
class Promotion:
    """A promotion: what it is called, how it is known, its first and last day, and its categories (none: of all products)."""

    title: str
    kind: str
    starts_on: date
    ends_on: date
    categories: tuple[str, ...] = ()


def of(scope: Scope) -> list[Promotion]:
    """The promotions that touch the days, the earliest first; one found by itself in the days of one that somebody named is that one."""
    named = [
        Promotion(str(row["title"]), CALENDAR, row["starts_on"], row["ends_on"]) for row in weekly.promotions(scope)
    ]
    params = {name: scope.params()[name] for name in ("store_ids", "start", "stop")}
    for row in db.read("prices/dated_codes", **params).to_dict("records"):
        if (row["ends_on"] - row["starts_on"]).days < LONGEST_CODE:
            named.append(Promotion(str(row["code"]), CODE, row["starts_on"], row["ends_on"]))
    found = [each for each in found_days(scope) if not any(_overlap(each, other) for other in named)]
    return sorted(named + found, key=lambda each: (each.starts_on, each.title))


def _overlap(one: Promotion, other: Promotion) -> bool:
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def found_days(scope: Scope) -> list[Promotion]:
    """Runs of days on which discounts took clearly more off a category than usual; those of several categories together are one."""
    asked = {name: value for name, value in scope.params().items() if name not in ("basis", "into")}
    frame = db.read("prices/category_days", **asked)
    runs = []
    for category, rows in frame.groupby("category", sort=True):
        runs += [(first, last, str(category) or weekly.UNKNOWN) for first, last in _runs(rows)]
    runs.sort()
    together: list[list[Any]] = []
    for first, last, category in runs:
        for each in together:
            if abs((first - each[0]).days) <= NEAR and abs((last - each[1]).days) <= NEAR:
                each[2].append(category)
                break
        else:
            together.append([first, last, [category]])
    return [
        Promotion(f"Discounts {wording.days(first, last + timedelta(days=1))}", FOUND, first, last, tuple(categories))
        for first, last, categories in together
    ]


def _runs(rows: pd.DataFrame) -> list[tuple[date, date]]:
    """The runs of deep days of one category: first and last day."""
    start = rows["day"].min()
    at = np.array([(day - start).days for day in rows["day"]])
    units, amount, discount = (np.zeros(at[-1] + 1) for _ in range(3))
    for array, name in ((units, "units"), (amount, "amount"), (discount, "discount")):
        array[at] = rows[name].to_numpy(dtype=float)
    depth = np.where(amount > 0, discount / np.maximum(amount, 1e-9), np.nan)
    padded = np.pad(depth, USUAL // 2, constant_values=np.nan)
    windows = np.lib.stride_tricks.sliding_window_view(padded, USUAL)
    sold_on = np.flatnonzero(amount > 0)
    # weeks without any sale have no usual discount
    usual = np.full(len(depth), np.nan)
    usual[sold_on] = np.nanmedian(windows[sold_on], axis=1)
    is_deep = np.nan_to_num(depth) > usual + DEEPER
    deep = sold_on[is_deep[sold_on]]
    if not len(deep):
        return []
    # one day without it between others is part of it; days without any sale tell nothing
    skipped = np.diff(np.searchsorted(sold_on, deep)) - 1
    parts = np.split(deep, np.flatnonzero((skipped > GAP) | (np.diff(deep) > LONGEST_GAP)) + 1)
    return [
        (start + timedelta(days=int(part[0])), start + timedelta(days=int(part[-1])))
        for part in parts
        if len(part) >= SHORTEST and part[-1] - part[0] < LONGEST and units[part].sum() >= LEAST_UNITS
    ]  # fmt: skip
