"""The runs of forecasts that are kept: the last one, and the one that stood some weeks ago."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pandas as pd

from analytics import db, stores
from analytics.scope import Scope


@dataclass(frozen=True)
class Run:
    """A run that is done: as of which day it speaks; a backcast was made afterwards, from what was known by that day."""

    store: int
    run_id: int
    as_of: date
    is_backcast: bool
    finished_at: Any


def of(scope: Scope) -> pd.DataFrame:
    """Every run of the stores, the newest first: store, run_id, as_of, status, progress, done_share, started_at, finished_at,
    is_backcast, series."""
    return db.read("forecasts/runs", store_ids=scope.params()["store_ids"])


def done(store: int) -> list[Run]:
    """The runs of a store that are done, the latest day first."""
    rows = db.read("forecasts/days", store_ids=[store])
    names = ("store_id", "run_id", "as_of", "is_backcast", "finished_at")
    told = zip(*(rows[name] for name in names), strict=True)
    return [Run(int(one), int(number), day, bool(back), at) for one, number, day, back, at in told]


def last_done(store: int) -> Run | None:
    """The forecasts of a store that hold now; None where there are none."""
    return next((run for run in done(store) if not run.is_backcast), None)


def stood(store: int, weeks_ago: int) -> Run | None:
    """The run that stood so many weeks before the last one: the latest as of that day or before it, whenever it was made."""
    found = done(store)
    now = next((run for run in found if not run.is_backcast), None)
    if now is None:
        return None
    day = now.as_of - timedelta(weeks=weeks_ago)
    return next((run for run in found if run.as_of <= day), None)


def of_stores(scope: Scope) -> list[Run]:
    """The last run of each store asked for that has one."""
    found = [last_done(int(store)) for store in stores.among(scope.stores)["store_id"]]
    return [run for run in found if run is not None]
