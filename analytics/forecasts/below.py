"""The series of a level side by side: what each will bring in the next steps, beside what it sold a year before."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from analytics.forecasts import course, demand, stored
from analytics.forecasts.course import Look
from analytics.forecasts.demand import Demand
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "series_key", "name", "forecast", "forecast_low", "forecast_high", "before", "change", "usual_miss", "kind", "models",
)  # fmt: skip
NAMED = ("product", "title", "category", "kind", "models")
BLANK = {"category": "Without a category", "channel": "Without a channel", "store": "the whole store"}
Row = dict[str, Any]


def named(scope: Scope, look: Look) -> pd.DataFrame:
    """One row a series that is forecast at a level, the largest forecast first: product (its key, whatever the level), title,
    category, kind, models."""
    rows = _rows(scope, look)
    rows.sort(key=lambda row: -sum(row["forecast"]))
    return framed([row | {"product": row["series_key"], "title": row["name"]} for row in rows], NAMED)


def of(scope: Scope, look: Look, steps: int) -> pd.DataFrame:
    """One row a series of a level, the largest forecast first: COLUMNS.

    `forecast` is the sum of the next steps with the ends of the sum's 80 % interval, `before` what was sold in the same weekdays 364 days
    earlier (None where not all of it is known), `usual_miss` the error to expect of a step as a share of its forecast. A `key` keeps
    the products of a category.
    """
    found, rows = course.demand_of(scope, look), []
    place = {key: at for at, key in enumerate(found.keys["series_key"])}
    for row in _rows(scope, look):
        if look.level == "product" and look.key and row["category"] != look.key:
            continue
        total = float(sum(row["forecast"][:steps]))
        before = _before(found, place.get(row["series_key"]), row, steps)
        rows.append({
            **{name: row[name] for name in ("series_key", "name", "kind", "models")},
            "forecast": _number(total), "forecast_low": _number(row["sum_lo_80"][steps - 1]),
            "forecast_high": _number(row["sum_hi_80"][steps - 1]), "before": before,
            "change": _number(total / float(before) - 1) if before else None,
            "usual_miss": _number(row["scale"] * steps / total) if total > 0 else None,
        })  # fmt: skip
    rows.sort(key=lambda each: -each["forecast"])
    return framed(rows, COLUMNS)


def _rows(scope: Scope, look: Look) -> list[Row]:
    """The stored series of a level with what they are called."""
    keys = course.demand_of(scope, look).keys
    known = {row["series_key"]: row for row in keys.to_dict("records")}
    found = []
    for row in stored.series(scope, look.measure, look.level, look.grain).to_dict("records"):
        about = known.get(row["series_key"], {})
        blank = BLANK.get(look.level, row["series_key"])
        found.append(row | {"name": about.get("name") or blank, "category": about.get("category", "")})
    return found


def _before(found: Demand, place: int | None, row: Row, steps: int) -> Decimal | None:
    """What was sold in the same steps a year before."""
    if place is None:
        return None
    length = timedelta(days=demand.GRAINS[found.grain])
    first = (row["first_day"] - found.first_day) // length - course.YEAR[found.grain]
    is_known = np.isfinite(found.panel.values[place])
    if first < 0 or first + steps > len(is_known) or not is_known[first : first + steps].all():
        return None
    return _number(found.raw[place, first : first + steps].sum())


def _number(value: float) -> Decimal:
    return round(Decimal(repr(float(value))), 4)
