"""New products beside their siblings at equal age: where they stand, and what their first half year comes to."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics import wording
from analytics.errors import Refused
from analytics.product_rows import framed
from analytics.scope import Scope
from analytics.seasons import chances
from analytics.seasons import days as sold_days
from analytics.seasons.days import Days, Values
from analytics.seasons.index import number, place
from analytics.seasons.uplift import amount

COLUMNS = (
    "product", "title", "category", "first_sold_on", "age_weeks", "sold_so_far", "siblings_median_so_far", "siblings_below", "siblings",
    "siblings_basis", "horizon_weeks", "projected", "projected_low_80", "projected_high_80", "is_young", "is_refused", "reason",
)  # fmt: skip
CURVE_COLUMNS = (
    "product", "age_weeks", "sold_so_far", "siblings_low", "siblings_median", "siblings_high", "projected", "projected_low_80",
    "projected_high_80",
)  # fmt: skip
WEEK, YOUNG = 7, 26
HORIZONS = (13, 26)
# What sold in the first days of the data may have been sold for years: its launch is not known.
UNSEEN = 28
LEAST_SIBLINGS, LEAST_PIECES = 3, 5
AT_AGE = "siblings at the same age"
YEAR_BEFORE = "siblings in the same weeks a year before, as no launch of theirs is known"
NAMED = "named siblings"
Row = dict[str, Any]
# The siblings that are named, by commas; the measure; and what each product had sold of it before each day.
Asked = tuple[str, str, Values]


@dataclass(frozen=True)
class Siblings:
    """What others sold by week from their first one on, added up (`sums`: a row each, a column a week; NaN beyond their days), their
    places in the shop, and how they were chosen."""

    sums: Values
    rows: Values
    basis: str


@dataclass(frozen=True)
class Curve:
    """A product's own sums by week of its age, its siblings, and the projection of each week to come with its interval."""

    own: Values
    siblings: Siblings
    projected: Values
    low: Values
    high: Values


def of(scope: Scope, weeks: int = YOUNG, siblings: str = "", measure: str = "units") -> pd.DataFrame:
    """One row a product whose launch lies in the data, those younger than 26 weeks first, the youngest on top. Columns: COLUMNS.

    `age_weeks` are whole weeks since the first sale. Siblings are the products of the category (or those named, by commas) whose own
    launch is known and that are as old; where there are fewer than three, those of the category a year before in the same weeks.
    `siblings_below` is the share of them that had sold less at this age. The projection of the first 13 or 26 weeks divides what was
    sold by the share that siblings had sold at that age, and draws it towards what they came to, each by how sure it is; see `project`.
    Refused where fewer than three siblings sold anything.
    """
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    horizon = _horizon(weeks)
    asked = siblings, measure, summed(known, measure)
    rows = [_row(known, at, horizon, asked) for at in launched(known)]
    rows.sort(key=lambda row: (not row["is_young"], -row["first_sold_on"].toordinal(), row["title"]))
    return framed(rows, COLUMNS)


def curve(
    scope: Scope, product: str | None = None, weeks: int = YOUNG, siblings: str = "", measure: str = "units"
) -> pd.DataFrame:
    """One row a week of the age of a product (the youngest unless named) up to 13 or 26: what it had sold, the quartiles of its siblings
    at that age, and the projection. Columns: CURVE_COLUMNS. Raises Refused for a product that is not known or whose launch is not."""
    known = sold_days.of(scope.over(None, scope.stop))
    if known is None:
        return pd.DataFrame(columns=list(CURVE_COLUMNS), dtype=object)
    horizon, every = _horizon(weeks), launched(known)
    if product is None and not every:
        return pd.DataFrame(columns=list(CURVE_COLUMNS), dtype=object)
    youngest = max(every, key=lambda each: int(known.about["first_sold"].iloc[each]), default=0)
    at = youngest if product is None else place(known, product)
    if at not in every:
        raise Refused(f"The launch of {product} is not known: it was sold when the orders begin.")
    found = curve_of(known, at, horizon, (siblings, measure, summed(known, measure)))
    name, rows = known.about["product"].iloc[at], []
    for week in range(horizon):
        band = _quartiles(found.siblings.sums[:, week]) if len(found.siblings.sums) else (None,) * 3
        row: Row = {"product": name, "age_weeks": week + 1, "sold_so_far": None}
        if week < len(found.own):
            row["sold_so_far"] = amount(found.own[week], measure)
        names = (
            "siblings_low",
            "siblings_median",
            "siblings_high",
            "projected",
            "projected_low_80",
            "projected_high_80",
        )
        values = (*band, found.projected[week], found.low[week], found.high[week])
        row |= {
            key: None if value is None or np.isnan(value) else amount(float(value), measure)
            for key, value in zip(names, values, strict=True)
        }
        rows.append(row)
    return framed(rows, CURVE_COLUMNS)


def _horizon(weeks: Any) -> int:
    if str(weeks) not in map(str, HORIZONS):
        raise ValueError(f"weeks is {' or '.join(map(str, HORIZONS))}, not {weeks!r}")
    return int(weeks)


def launched(known: Days) -> list[int]:
    """The products whose first sale lies late enough in the data to be their launch, and a week ago or longer."""
    first = known.about["first_sold"].to_numpy()
    return [int(at) for at in np.flatnonzero((first >= UNSEEN) & (first <= known.count - WEEK))]


def summed(known: Days, measure: str) -> Values:
    """What each product (row) had sold before each day, from 0 on; the last column is all of it."""
    if measure not in sold_days.MEASURES:
        raise ValueError(f"measure is {' or '.join(sold_days.MEASURES)}, not {measure!r}")
    values = known.units if measure == "units" else known.net_sales
    return np.pad(np.cumsum(values, axis=1), ((0, 0), (1, 0)))


def by_week(sums: Values, rows: Values, first: Values, weeks: int) -> Values:
    """What some products had sold from a day on (each its own) at the end of each whole week that is known; NaN beyond."""
    at, last = first[:, None] + WEEK * np.arange(1, weeks + 1), sums.shape[1] - 1
    found = sums[rows[:, None], np.minimum(at, last)] - sums[rows, first][:, None]
    return np.where(at <= last, found, np.nan)


def curve_of(known: Days, at: int, horizon: int, asked: Asked) -> Curve:
    """A product's curve beside its siblings'."""
    first = known.about["first_sold"].to_numpy()[[at]]
    age = max((known.count - int(first[0])) // WEEK, 1)
    own = by_week(asked[2], np.array([at]), first, min(age, horizon))[0]
    found = siblings_of(known, at, horizon, asked)
    return Curve(own, found, *project(own, found.sums, horizon))


def siblings_of(known: Days, at: int, horizon: int, asked: Asked) -> Siblings:
    """The siblings of a product with what they sold by week."""
    named, _, sums = asked
    firsts, categories = (known.about[name].to_numpy() for name in ("first_sold", "category"))
    age = min(max((known.count - firsts[at]) // WEEK, 1), horizon)
    if named:
        some = np.array([place(known, each.strip()) for each in named.split(",") if each.strip()], dtype=int)
    else:
        some = np.flatnonzero(categories == categories[at])
    some = some[some != at]
    seen = some[(firsts[some] >= UNSEEN) & (firsts[some] + age * WEEK <= known.count)]
    at_age = by_week(sums, seen, firsts[seen], horizon)
    is_sold = (at_age > 0).any(axis=1)
    basis = NAMED if named else AT_AGE
    if is_sold.sum() >= LEAST_SIBLINGS or (named and is_sold.any()):
        return Siblings(at_age[is_sold], seen[is_sold], basis)
    start = firsts[at] - 52 * WEEK
    old = some[firsts[some] <= start] if start >= 0 else some[:0]
    before = by_week(sums, old, np.full(len(old), start), horizon)
    is_sold = (before > 0).any(axis=1)
    if is_sold.sum() < LEAST_SIBLINGS:
        return Siblings(np.empty((0, horizon)), np.empty(0, dtype=int), basis)
    return Siblings(before[is_sold], old[is_sold], YEAR_BEFORE)


def project(own: Values, siblings: Values, horizon: int) -> tuple[Values, Values, Values]:
    """What a product will have sold at the end of each week of its age, with the ends of an 80 % interval; NaN where it is not told.

    For each week ahead, of siblings that are so old: the logarithm of what they had then ÷ what they had at the product's age has a
    mean and a spread (growth). The product's sum times the growth is one answer, what siblings had then another; both together,
    weighted by their variances, are the projection: that of growth, and 1 ÷ the pieces of the own sum, which are counts; and that of
    the sizes at the product's age, its own among them, and of growth. The interval is that of a t distribution.
    """
    age = len(own)
    found = [np.full(horizon, np.nan) for _ in range(3)]
    for week in range(age, horizon):
        old = np.isfinite(siblings[:, week]) if len(siblings) else np.zeros(0, dtype=bool)
        old &= siblings[:, age - 1] > 0 if len(siblings) else old
        if old.sum() < LEAST_SIBLINGS or own[-1] <= 0:
            continue
        then, now = siblings[old, week], siblings[old, age - 1]
        growth, many = np.log(then / now), int(old.sum())
        # the product is one of its kind: what lies far from its siblings makes sizes tell less
        sizes = np.append(np.log(now), np.log(own[-1]))
        spread = growth.var(ddof=1) * (1 + 1 / many) + 1 / max(own[-1], 1.0)
        wide = sizes.var(ddof=1) * (1 + 1 / many) + growth.var(ddof=1) + 1e-6
        weight = wide / (wide + spread)
        middle = weight * (np.log(own[-1]) + growth.mean()) + (1 - weight) * np.log(then).mean()
        reach = chances.t_quantile(many - 1, 0.9) * np.sqrt(weight * spread)
        values = (middle, middle - reach, min(middle + reach, middle + 3))
        for each, value in zip(found, values, strict=True):
            each[week] = float(np.exp(value))
    # what was sold is not given back by a projection, nor what is projected a week earlier
    for each in found:
        told = np.isfinite(each)
        each[told] = np.maximum.accumulate(np.maximum(each[told], own[-1] if age else 0.0))
    return found[0], found[1], found[2]


def _row(known: Days, at: int, horizon: int, asked: Asked) -> Row:
    about, measure = known.about.iloc[at], asked[1]
    first = int(about["first_sold"])
    age = (known.count - first) // WEEK
    found = curve_of(known, at, horizon, asked)
    row: Row = {
        "product": about["product"], "title": about["title"], "category": about["category"], "age_weeks": age,
        "first_sold_on": known.first_day + timedelta(days=first), "horizon_weeks": horizon, "is_young": age < YOUNG,
        "sold_so_far": amount(float(found.own[-1]), measure), "siblings": len(found.siblings.sums),
        "siblings_basis": found.siblings.basis, "is_refused": not len(found.siblings.sums),
    }  # fmt: skip
    if row["is_refused"]:
        reason = (
            f"Fewer than {LEAST_SIBLINGS} products of {about['category']} were launched in the days of orders, or sold in the same "
            "weeks a year before. Name siblings, or wait."
        )
        return row | {"reason": reason}
    here = found.siblings.sums[:, len(found.own) - 1]
    row |= {
        "siblings_median_so_far": amount(float(np.nanmedian(here)), measure),
        "siblings_below": number(float((here < found.own[-1]).mean())),
    }
    ends = (found.projected[-1], found.low[-1], found.high[-1])
    if len(found.own) >= horizon:
        return row | {"reason": f"Its first {horizon} weeks are over."}
    if np.isnan(ends[0]):
        return row | {"reason": f"Too few siblings are {horizon} weeks old for a projection."}
    return (
        row | dict(zip(COLUMNS[11:14], (amount(float(each), measure) for each in ends), strict=True)) | {"reason": None}
    )


def _quartiles(values: Values) -> tuple[Any, Any, Any]:
    told = values[np.isfinite(values)]
    if len(told) < 1:
        return None, None, None
    low, middle, high = np.quantile(told, (0.25, 0.5, 0.75))
    return float(low), float(middle), float(high)


def in_words(row: Any, measure: str, currency: str) -> str:
    """How a launch stands beside its siblings, in a sentence."""

    def said(value: Decimal) -> str:
        return f"{value:,.0f} units" if measure == "units" else wording.money(value, currency)

    age = wording.count(int(row["age_weeks"]), "week")
    if row["is_refused"]:
        return f"{row['title']} sold {said(row['sold_so_far'])} in {age}; nothing stands beside it yet"
    below = int(row["siblings_below"] * row["siblings"] + Decimal("0.5"))
    beside = f"more than {below} of {wording.count(row['siblings'], 'sibling')} had by then"
    weeks = min(int(row["age_weeks"]), int(row["horizon_weeks"]))
    return f"{row['title']} sold {said(row['sold_so_far'])} in {wording.count(weeks, 'week')}: {beside}"
