"""What was sold day by day, a row a series: of products from the summaries in pieces, of categories and channels in money."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from analytics import db, grains, settings, stores
from analytics.forecasts.panel import Matrix
from analytics.scope import Scope
from analytics.stock import books

# A season is told from a few years; days longer ago only take time.
KEPT_WEEKS = 260


@dataclass(frozen=True)
class Days:
    """The days that series are told from: columns from `start`, the first day of a week, up to `as_of`; `first` is the store's own."""

    store: int
    start: date
    first: date
    as_of: date

    @property
    def count(self) -> int:
        """How many columns there are."""
        return (self.as_of - self.start).days + 1

    @property
    def stop(self) -> date:
        """The day after the last."""
        return self.as_of + timedelta(days=1)


@dataclass(frozen=True)
class Sold:
    """Ten-thousandths by series (row) and day (column); keys: series_key, name, category, currency of each."""

    keys: pd.DataFrame
    amounts: Matrix


KEYS = ("series_key", "currency", "name", "category")


def days(store: int, as_of: date | None = None) -> Days | None:
    """The days of a store up to `as_of`, the last one of its orders unless told; None where there are none."""
    found = stores.among(store)
    if found.empty or not found["first_day"].iloc[0]:
        return None
    first, last = found["first_day"].iloc[0], as_of or found["last_day"].iloc[0]
    if first > last:
        return None
    calendar = settings.of(store)
    begin = max(first, last - timedelta(weeks=KEPT_WEEKS))
    return Days(store, grains.first_day(begin, "week", calendar), max(first, begin), last)


def products(over: Days, channels: tuple[str, ...] = ()) -> Sold:
    """Pieces of every product that was sold in the days, a bundle's as those of its parts."""
    named = db.read("inventory/sold_products", store_id=over.store, products=None)
    place = {key: at for at, key in enumerate(dict.fromkeys(named["product_key"]))}
    scope = Scope(over.store, over.start, over.stop, channels=channels)
    amounts = books.by_day(scope, named, place)
    is_sold = amounts.any(axis=1)
    keys = pd.DataFrame({"series_key": pd.Series(list(place), dtype=object)})
    about = db.read("inventory/named_products", store_id=over.store).rename(columns={"product_key": "series_key"})
    keys = keys.merge(about, on="series_key", how="left")
    keys = keys.assign(name=keys["title"].fillna(keys["series_key"]), category=keys["category"].fillna(""), currency="")
    return Sold(keys.loc[is_sold, list(KEYS)].reset_index(drop=True), amounts[is_sold])


def net_sales(over: Days, dimension: str) -> Sold:
    """Net sales of every category or channel and currency, by the day of the order."""
    rows = db.read(
        "forecasts/net_sales_by_day", store_id=over.store, dimension=dimension, start=over.start, stop=over.stop
    )
    pairs = list(zip(rows["series_key"], rows["currency"], strict=True))
    place = {pair: at for at, pair in enumerate(sorted(set(pairs)))}
    amounts = np.zeros((len(place), over.count))
    at = [place[pair] for pair in pairs], [(day - over.start).days for day in rows["day"]]
    amounts[at] = rows["net_sales"].to_numpy(dtype=float)
    keys = pd.DataFrame(list(place), columns=["series_key", "currency"], dtype=object)
    keys = keys.assign(name=keys["series_key"], category=keys["series_key"] if dimension == "category" else "")
    return Sold(keys[list(KEYS)], amounts)
