"""The series of a level side by side: what each will bring in the next steps, beside what it sold a year before."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecasts import accuracy, course, demand, stored
from analytics.forecasts.course import Look, number, total
from analytics.forecasts.demand import Demand
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "series_key", "name", "forecast", "forecast_low", "forecast_high", "before", "change", "usual_miss", "naive_miss", "kind", "models",
)  # fmt: skip
SUMS = {"forecast": "forecast", "forecast_low": "lo_80", "forecast_high": "hi_80"}
NAMED = ("product", "title", "category", "kind", "models")
DAY = timedelta(days=1)
Row = dict[str, Any]


def named(scope: Scope, look: Look) -> pd.DataFrame:
    """One row a series that is forecast at a level, the largest forecast first: product (its key, whatever the level), title,
    category, kind, models."""
    rows = stored.series(scope, look.measure, look.level, look.grain)
    rows = rows.sort_values("forecast", ascending=False, kind="stable")
    return rows.rename(columns={"series_key": "product", "name": "title"})[list(NAMED)].reset_index(drop=True)


def of(scope: Scope, look: Look, steps: int) -> pd.DataFrame:
    """One row a series of a level, the largest forecast first: COLUMNS.

    `forecast` is the sum of the next steps with the ends of the sum's 80 % interval, `before` what was sold in the same weekdays 364 days
    earlier (None where not all of it is known); `usual_miss` and `naive_miss` are how far ours and last year's guess were off in the
    past, of series of its kind. A `key` keeps the products of a category.
    """
    found, rows = course.demand_of(scope, look), []
    places = list(zip(found.keys["series_key"], found.keys["currency"], strict=True))
    place = {identity: at for at, identity in enumerate(places)}
    scores = stored.scores(scope, look.measure, look.level, look.grain)
    misses = {
        kind: {model: accuracy.error(scores, kind, model) for model in (accuracy.OURS, accuracy.NAIVE)}
        for kind in scores["kind"].unique()
    }
    for row in stored.series(scope, look.measure, look.level, look.grain, steps).to_dict("records"):
        if look.level == "product" and look.key and (row["category"] or "") != look.key:
            continue
        before = _before(found, place.get((row["series_key"], row["currency"])), row["as_of"], steps)
        missed = misses.get(row["kind"], {})
        rows.append({
            **{name: row[name] for name in ("series_key", "name", "kind", "models")},
            **{name: total(row[of], look.measure) for name, of in SUMS.items()},
            "before": before, "change": number(row["forecast"] / float(before) - 1) if before else None,
            "usual_miss": missed.get(accuracy.OURS), "naive_miss": missed.get(accuracy.NAIVE),
        })  # fmt: skip
    rows.sort(key=lambda each: -each["forecast"])
    return framed(rows, COLUMNS)


def _before(found: Demand, place: int | None, as_of: date, steps: int) -> Decimal | None:
    """What was sold in the same steps a year before."""
    if place is None:
        return None
    length = timedelta(days=demand.GRAINS[found.grain])
    first = (as_of + DAY - found.first_day) // length - course.YEAR[found.grain]
    is_known = np.isfinite(found.panel.values[place])
    if first < 0 or first + steps > len(is_known) or not is_known[first : first + steps].all():
        return None
    return number(found.raw[place, first : first + steps].sum())
