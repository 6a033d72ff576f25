"""When each product's season starts, peaks and ends; that a product has none is an answer, too."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analytics import events, festivals, wording
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import days as sold_days
from analytics.seasons import decompose
from analytics.seasons.days import Days, Values
from analytics.seasons.decompose import TWO_YEARS, YEAR, Shape
from analytics.seasons.index import CATEGORY, OF_CATEGORY, OWN, PRODUCT, number

COLUMNS = (
    "series", "title", "category", "season_state", "season_no", "season_start_week", "season_peak_week", "season_end_week",
    "season_weeks", "peak_from_week", "peak_to_week", "peak_index", "season_share", "season_starts_on", "season_ends_on",
    "season_chance", "season_basis", "units_sold", "reason",
)  # fmt: skip
# In season is what sells a quarter more than in the mean of the year.
IN_SEASON = 1.25
# So often at most would a product without any season show as much.
CHANCE = 0.01
WEEKS = 52
LEAST_UNITS = 100
SEASON, NONE, UNKNOWN = "season", "no season", "not known"
# A few days of reduced prices are no season: they are left out of its shape.
RUSH, RUSH_DAYS = "Black Friday", 4
Row = dict[str, Any]


@dataclass(frozen=True)
class Curve:
    """A smooth season by week of the year: `index`, what it was told from, and whose it is."""

    index: Values
    shape: Shape
    basis: str

    @cached_property
    def draws(self) -> Values:
        """The index as it may be as well, a row each."""
        return self.shape.index(week_times(), self.shape.drawn())


def of(scope: Scope, by: str = PRODUCT) -> pd.DataFrame:
    """One row a product (or category) and season of its year, by the week in which it starts, then what has no season. Columns:
    COLUMNS.

    The shape of the year are three waves beside the trend, fitted to weeks of at least two years of days in stock; promotions and the
    days from Black Friday to Cyber Monday are left out. A season is a run of weeks of the year whose index is 1.25 or more, told only
    where an F test leaves less than 1 % that the waves are chance; `season_state` is season, no season or not known. The peak week
    has its 80 % interval. `season_share` is what of the year's pieces the season sells. A younger product has its category's season, as
    `season_basis` says. `season_starts_on` is the next start (of a running season, its own). Raises ValueError for another `by`.
    """
    if by not in (PRODUCT, CATEGORY):
        raise ValueError(f"by is {PRODUCT} or {CATEGORY}, not {by!r}")
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    groups = _groups(known, by)
    found = curves(known, calm_days(scope, known), groups)
    rows = [row for group, each in zip(groups, found, strict=True) for row in _rows(known, group, each)]
    rows.sort(key=lambda row: (row["season_state"] != SEASON, row.get("season_start_week") or 99, row["title"]))
    return framed(rows, COLUMNS)


def _groups(known: Days, by: str) -> list[Values]:
    sold = known.units.sum(axis=1)
    if by == CATEGORY:
        names = known.about["category"].to_numpy()
        return [np.flatnonzero(names == name) for name in pd.unique(names)]
    return [np.array([at]) for at in np.argsort(-sold, kind="stable")]


def calm_days(scope: Scope, known: Days) -> Values:
    """Which days tell of the season: not those from Black Friday to Cyber Monday, nor those of a promotion in the calendar."""
    calm = np.ones(known.count, dtype=bool)
    spans = [
        (known.at(day), known.at(day) + RUSH_DAYS)
        for day in festivals.days_of(RUSH, known.first_day - timedelta(days=RUSH_DAYS), known.last_day)
    ]
    for row in events.own(scope.over(known.first_day, known.last_day + sold_days.DAY)).to_dict("records"):
        if row["kind"] == "promotion":
            spans.append((known.at(row["starts_on"]), known.at(row["ends_on"]) + 1))
    for first, stop in spans:
        calm[max(first, 0) : max(stop, 0)] = False
    return calm


def curves(known: Days, calm: Values, groups: list[Values]) -> list[Curve | None]:
    """The season of each group of products (one, or those of a category): its own, or its category's where it is too young or sells
    too little; None without two years."""
    alone = [each[0] for each in groups if len(each) == 1 and _is_told(known, each)]
    own = {
        (int(at),): each for at, each in zip(alone, _shapes_of(known, calm, np.array(alone, dtype=int)), strict=True)
    }
    kept: dict[Any, Shape | None] = {}
    names = known.about["category"].to_numpy()
    found = []
    for rows in groups:
        name, key = names[rows[0]], tuple(int(each) for each in rows)
        shape = own[key] if key in own else _together(known, calm, rows) if len(rows) > 1 else None
        basis = OWN
        if shape is None:
            if name not in kept:
                kept[name] = _together(known, calm, np.flatnonzero(names == name))
            shape, basis = kept[name], OF_CATEGORY
        found.append(None if shape is None else _curve(shape, basis))
    return found


def _is_told(known: Days, rows: Values) -> bool:
    start = int(known.about["first_sold"].iloc[rows].min())
    return bool(known.count - start >= TWO_YEARS and known.units[rows].sum() >= LEAST_UNITS)


def _shapes_of(known: Days, calm: Values, rows: Values) -> list[Shape | None]:
    """The shapes of single products, from their days in stock."""
    found: list[Shape | None] = []
    for start in range(0, len(rows), decompose.AT_ONCE):
        some = rows[start : start + decompose.AT_ONCE]
        sold, there = known.units[some], known.there[some] * calm
        found += decompose.shapes(decompose.cells(sold, there, known.dates, decompose.weeks_of))
    return found


def _together(known: Days, calm: Values, rows: Values) -> Shape | None:
    """The shape of several products as one, what stockouts hid put back."""
    if not _is_told(known, rows):
        return None
    if len(rows) == 1:
        return _shapes_of(known, calm, rows)[0]
    start = int(known.about["first_sold"].iloc[rows].min())
    sold = known.demand[rows].sum(axis=0)
    return decompose.shape(decompose.cells(sold[start:], calm[start:] * 1.0, known.dates[start:], decompose.weeks_of))


def _curve(shape: Shape, basis: str) -> Curve:
    return Curve(shape.index(week_times()), shape, basis)


def week_times() -> Values:
    """The middle of each week of the year, in years since 1970 began: 4 January is in the first week."""
    return (np.datetime64("1970-01-01").astype(int) + 7 * np.arange(WEEKS) + 3.5) / YEAR


def spans(index: Values) -> list[tuple[int, int]]:
    """The runs of weeks in season around the year, the one with the highest peak first: first and last week, from 0. A year that is in
    season throughout has none."""
    is_in = index >= IN_SEASON
    if not is_in.any() or is_in.all():
        return []
    starts = np.flatnonzero(is_in & ~np.roll(is_in, 1))
    found = []
    for start in starts:
        length = int(np.argmax(~np.roll(is_in, -int(start))))
        found.append((int(start), (int(start) + length - 1) % WEEKS))
    return sorted(found, key=lambda each: -_inside(index, each).max())


def inside(span: tuple[int, int]) -> Values:
    """The weeks of a run, in its order, also one over the end of the year."""
    return np.asarray((span[0] + np.arange((span[1] - span[0]) % WEEKS + 1)) % WEEKS)


def _inside(index: Values, span: tuple[int, int]) -> Values:
    return np.asarray(index[inside(span)])


def _rows(known: Days, rows: Values, found: Curve | None) -> list[Row]:
    about, units = known.about.iloc[rows[0]], float(known.units[rows].sum())
    single = len(rows) == 1
    head: Row = {
        "series": about["product"] if single else about["category"], "category": about["category"],
        "title": about["title"] if single else about["category"], "units_sold": round(units),
    }  # fmt: skip
    if found is None:
        return [head | {"season_state": UNKNOWN, "reason": _unknown(known, rows)}]
    head |= {"season_basis": found.basis, "season_chance": number(found.shape.chance)}
    told = spans(found.index) if found.shape.chance < CHANCE else []
    if not told:
        low, high = found.index.min(), found.index.max()
        why = "by chance alone" if found.shape.chance >= CHANCE else "too little for a season"
        said = f"Its weeks lie between {low:.2f} and {high:.2f} of the mean: {why}."
        return [head | {"season_state": NONE, "peak_index": number(float(high)), "reason": said}]
    return [head | _season(known, found, span, at) for at, span in enumerate(told, start=1)]


def _unknown(known: Days, rows: Values) -> str:
    """Why no season can be told: too few days of it and its category, or too few pieces."""
    days = known.count - int(known.about["first_sold"].iloc[rows].min())
    if known.count < TWO_YEARS:
        return f"A season needs two years of orders; {wording.count(known.count, 'day')} are known."
    if days < TWO_YEARS:
        return (
            f"First sold {wording.count(days, 'day')} ago: a season needs two years, and its category has none to lend."
        )
    return f"Fewer than {LEAST_UNITS} pieces were sold, and its category has no season to lend."


def _season(known: Days, found: Curve, span: tuple[int, int], at: int) -> Row:
    weeks = inside(span)
    peak = int(weeks[found.index[weeks].argmax()])
    # peaks of the draws, as far from the peak as they lie around the year
    near = (weeks[0] - 4 + np.arange(len(weeks) + 8)) % WEEKS
    drawn = near[found.draws[:, near].argmax(axis=1)]
    apart = (drawn - peak + WEEKS // 2) % WEEKS - WEEKS // 2
    low, high = (int(np.floor(np.quantile(apart, 0.1))), int(np.ceil(np.quantile(apart, 0.9))))
    starts_on, ends_on = next_days(span, known.last_day + sold_days.DAY)
    return {
        "season_state": SEASON, "season_no": at, "season_start_week": span[0] + 1, "season_peak_week": peak + 1,
        "season_end_week": span[1] + 1, "season_weeks": len(weeks), "peak_from_week": (peak + low) % WEEKS + 1,
        "peak_to_week": (peak + high) % WEEKS + 1, "peak_index": number(float(found.index[peak])),
        "season_share": number(float(found.index[weeks].sum() / found.index.sum())), "season_starts_on": starts_on,
        "season_ends_on": ends_on, "reason": None,
    }  # fmt: skip


def next_days(span: tuple[int, int], today: date) -> tuple[date, date]:
    """First and last day of a season's next run; of the one that runs, where it does."""
    length = timedelta(weeks=(span[1] - span[0]) % WEEKS + 1)
    for year in range(today.year - 1, today.year + 3):
        first = date.fromisocalendar(year, span[0] + 1, 1)
        if first + length > today:
            return first, first + length - timedelta(days=1)
    raise AssertionError("one of four years holds it")


def in_words(rows: pd.DataFrame, today: date, by: str = PRODUCT) -> str:
    """How many have a season, and which starts next, in a sentence."""
    many = None if by == PRODUCT else "categories"
    told = [row for row in rows.to_dict("records") if row["season_state"] == SEASON]
    whole = len(rows.drop_duplicates("series"))
    if not told:
        return f"None of {wording.count(whole, by, many)} has a season that is more than chance"
    names = len({row["series"] for row in told})
    coming = [row for row in told if row["season_starts_on"] > today]
    said = f"{names} of {wording.count(whole, by, many)} have a season"
    if not coming:
        return said
    first = min(coming, key=lambda row: (row["season_starts_on"], -row["units_sold"]))
    return f"{said}; {first['title']} is next, from {wording.day(first['season_starts_on'])}"
