"""What was said some weeks ago, by the models and by people, against what came."""

from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.errors import Refused
from analytics.forecasts import demand, overridden, overrides, runs
from analytics.forecasts.demand import Demand
from analytics.forecasts.overridden import Identity
from analytics.forecasts.panel import Matrix
from analytics.forecasts.runs import Run
from analytics.scope import Scope

OVERRIDE, WITHOUT = "Override", "Ensemble without the override"
BOUNDS = ("lo_80", "hi_80", "lo_95", "hi_95")
COLUMNS = (
    "store_id", "run_id", "as_of", "is_backcast", "series_key", "location_key", "currency", "day", "forecast", *BOUNDS,
    "model_forecast", "override", "naive", "came",
)  # fmt: skip
DAY, WEEK = timedelta(days=1), timedelta(days=7)


def said(
    scope: Scope, measure: str = "net_sales", level: str = "store", weeks_ago: int = 4, key: str | None = None
) -> pd.DataFrame:
    """Week by week what was said so many weeks before the last run, and what came: COLUMNS, `day` the first of the week.

    It is the run that stood then with what people had said by then; `is_backcast`: made afterwards, from what was known by
    then. Only weeks that are over; none where nothing was said so long ago. `key` is one series (of the store ''), else all."""
    weeks_ago = int(weeks_ago)
    if weeks_ago < 1:
        raise Refused("How many weeks ago? Write a number from 1 on, such as 4, 8 or 13.")
    found = []
    for store in stores.among(scope.stores)["store_id"]:
        run = runs.stood(int(store), weeks_ago)
        if run is not None:
            found.append(_against(run, demand.of(int(store), measure, level, "week"), (measure, key)))
    rows = pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(COLUMNS), dtype=object)
    if scope.currency:
        rows = rows[rows["currency"].isin(("", scope.currency))]
    return rows[list(COLUMNS)].reset_index(drop=True)


def _against(run: Run, now_known: Demand, of: tuple[str, str | None]) -> pd.DataFrame:
    """The weeks of a run beside those of the series as they are known now; of one series key, or of all."""
    measure, key = of
    level = now_known.level
    panel = {"store_id": run.store, "run_id": run.run_id, "measure": measure, "level": level, "grain": "week"}
    rows = db.read("forecasts/bounds", **panel, series_key=key)
    if rows.empty:
        return pd.DataFrame(columns=list(COLUMNS), dtype=object)
    by_then = None if run.is_backcast else _end_of(run)
    model = _matrix(rows["forecast"])
    # a run made afterwards is of a time before anybody said anything
    now = model if by_then is None else overridden.of(run, measure, by_then).values(level, "week", rows)
    came = _came(now_known, rows)
    over = came.shape[1]
    told = {name: np.repeat(rows[name].to_numpy(), over) for name in ("series_key", "location_key", "currency")}
    amounts = {name: np.maximum(_matrix(rows[name]) + now - model, 0) for name in BOUNDS}
    amounts |= {"forecast": now, "model_forecast": model, "naive": _matrix(rows["naive"])}
    return pd.DataFrame(
        told
        | {"store_id": run.store, "run_id": run.run_id, "as_of": run.as_of, "is_backcast": run.is_backcast}
        | {"day": [first + WEEK * at for first in rows["first_day"] for at in range(over)]}
        | {name: each[:, :over].ravel() for name, each in amounts.items()}
        | {"override": (np.abs(now - model) > 1e-4)[:, :over].ravel(), "came": came.ravel()}
    )


def _end_of(run: Run) -> datetime:
    """When the run was there, and a day to look at it and say something else."""
    found: datetime = run.finished_at
    return found + DAY


def _came(found: Demand, rows: pd.DataFrame) -> Matrix:
    """What was sold in the weeks ahead of a run that are over, a row for each of its series."""
    ahead = (rows["first_day"].iloc[0] - found.first_day).days // 7
    over = max(min(found.raw.shape[1] - ahead, len(rows["forecast"].iloc[0])), 0)
    told = zip(*(found.keys[name] for name in ("series_key", "location_key", "currency")), strict=True)
    place = {each: at for at, each in enumerate(told)}
    came = np.zeros((len(rows), over))
    for at, identity in enumerate(zip(rows["series_key"], rows["location_key"], rows["currency"], strict=True)):
        # what is not forecast any more was not sold since
        if identity in place:
            came[at] = found.raw[place[identity], ahead : ahead + over]
    return came


def scored(run: Run) -> pd.DataFrame:
    """How far people were off in the weeks that are over, beside the models on the same weeks: rows as of forecasts/scores."""
    said_of = overrides.of(Scope(run.store))
    found: list[pd.DataFrame] = []
    known: dict[tuple[str, str], Demand] = {}
    for row in said_of.to_dict("records"):
        then, of = _run_before(run.store, row["made_at"]), (row["measure"], row["level"])
        if then is not None and row["first_day"] <= run.as_of:
            known[of] = known.get(of) or demand.of(run.store, *of, "week")
            weeks = _against(then, known[of], (row["measure"], row["series_key"]))
            found.append(_weeks_of(row, weeks, identity=(row["series_key"], row["location_key"], row["currency"])))
    if not found:
        return pd.DataFrame()
    weeks = pd.concat(found, ignore_index=True)
    told = []
    for (measure, level), own in weeks.groupby(["measure", "level"]):
        for model, column in ((OVERRIDE, "said"), (WITHOUT, "model_forecast")):
            told.append(
                _score(own, column) | {"measure": measure, "level": level, "model": model, "store_id": run.store}
            )
    return pd.DataFrame(told).assign(run_id=run.run_id, as_of=run.as_of, grain="week", kind="all", step=0, weight=0.0)


def _run_before(store: int, made_at: datetime) -> Run | None:
    """The run on which somebody looked when they said something."""
    found = [run for run in runs.done(store) if not run.is_backcast and run.finished_at <= made_at]
    return found[0] if found else None


def _weeks_of(row: dict[Any, Any], weeks: pd.DataFrame, identity: Identity) -> pd.DataFrame:
    """The weeks of one override that are over and had not begun when it was made: what was said, what the models said, what came."""
    told = zip(weeks["series_key"], weeks["location_key"], weeks["currency"], strict=True)
    is_own = np.array([each == identity for each in told], dtype=bool)
    is_within = (weeks["day"] >= row["first_day"]) & (weeks["day"] <= row["last_day"])
    own = weeks[is_own & is_within & (weeks["day"] >= row["made_at"].date())]
    if not pd.isna(row["withdrawn_at"]):
        own = own[own["day"] <= row["withdrawn_at"].date()]
    value = float(row["value"])
    model = own["model_forecast"].astype(float)
    amount = model * (1 + value / 100) if row["kind"] == "percent" else pd.Series(value, index=own.index, dtype=float)
    return own.assign(said=amount.clip(lower=0), measure=row["measure"], level=row["level"])


def _score(weeks: pd.DataFrame, column: str) -> dict[str, Any]:
    gap = (weeks[column] - weeks["came"]).astype(float)
    size = float(weeks["came"].abs().sum())
    names = ["series_key", "location_key", "currency"]
    return {
        "series": len(weeks[names].drop_duplicates()),
        "wape": float(gap.abs().sum() / size) if size else None,
        "bias": float(gap.sum() / size) if size else None,
        "coverage_80": None,
        "coverage_95": None,
    }


def _matrix(column: "pd.Series[Any]") -> Matrix:
    return np.array(column.tolist(), dtype=float)
