"""What is forecast of each product at each location, and of each location as a whole, from the last run."""

import pandas as pd

from analytics.forecasts import stored
from analytics.forecasts.stored import BOUNDS
from analytics.scope import Scope

COLUMNS = (
    "store_id", "run_id", "as_of", "location", "series_key", "name", "category", "steps", "forecast", *BOUNDS, "share", "naive",
    "model_forecast", "override", "kind", "models",
)  # fmt: skip
WEEK_COLUMNS = ("store_id", "run_id", "location", "day", "forecast", *BOUNDS, "naive", "series", "override")
PLACE = ("store_id", "location")
AMOUNTS = ("forecast", *BOUNDS, "naive")


def ahead(scope: Scope, number: int | None = None, location: str | None = None, key: str | None = None) -> pd.DataFrame:
    """One row a product and location that is forecast, locations by name and in each the most units first: COLUMNS.

    Units over the next `number` weeks, from 1 to 26 (all of them unless told): `forecast`, and lo_80, hi_80, lo_95, hi_95 of that
    sum; `share` is its part of the product's forecast, which those of all its locations add up to, to the last digit (None where
    nothing is forecast). `naive` is the same guessed from last year, `model_forecast` without what people said, `override`
    whether they did. `location` is its name, of channels that nobody mapped to one “all other locations”; `series_key` the
    product's key. Of one location, or one product, where they are named; the scope's stores and categories filter, its days do
    not. Empty without a run, or where nothing tells locations apart: no channel is mapped to one, and no two counts tell what left
    each. Raises Refused."""
    rows = _named(stored.series(scope, "units", "location", "week", number))
    whole = rows.groupby(["store_id", "series_key"])["forecast"].transform("sum")
    share = (rows["forecast"] / whole.where(whole > 0)).astype(object)
    rows = rows.assign(share=share.where(share.notna(), None))
    rows = rows if key is None else rows[rows["series_key"] == key]
    rows = rows if location is None else rows[rows["location"] == location]
    order = {"by": [*PLACE, "forecast", "name"], "ascending": [True, True, False, True]}
    return rows.sort_values(**order, kind="stable", ignore_index=True)[list(COLUMNS)]


def by_week(scope: Scope, location: str | None = None, key: str | None = None) -> pd.DataFrame:
    """One row a location and week ahead (`day` is its first), 26 weeks: WEEK_COLUMNS, units of all its products, or of one.

    The bounds of a location are those of its products (`series` of them) added up, as if they were off together: of one product
    they are its own. `override`: people said something of it that week. Empty as `ahead` is. Raises Refused."""
    rows = _named(stored.steps(scope, "units", "location", "week", key))
    rows = rows if location is None else rows[rows["location"] == location]
    names = ["store_id", "run_id", "location", "day"]
    kept = {name: (name, "sum") for name in AMOUNTS} | {
        "series": ("series_key", "size"),
        "override": ("override", "any"),
    }
    found = rows.astype(dict.fromkeys(AMOUNTS, float)).groupby(names, as_index=False, sort=True).agg(**kept)
    return found.round(dict.fromkeys(AMOUNTS, 4))[list(WEEK_COLUMNS)]


def _named(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={"location_key": "location"})
