"""The forecasts that are kept, as pages and the command line ask for them: with what people said instead in them."""

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import db, stores
from analytics.errors import Refused
from analytics.forecasts import job, overridden, runs, said_then
from analytics.forecasts.ahead import lead_time
from analytics.forecasts.fits import HORIZON
from analytics.forecasts.overrides import LEVELS
from analytics.forecasts.panel import Matrix
from analytics.forecasts.runs import Run
from analytics.forecasts.said_then import said
from analytics.scope import Scope

__all__ = ["SHOWN", "components", "latest", "lead_time", "said", "scores", "series", "steps"]
BOUNDS = ("lo_80", "hi_80", "lo_95", "hi_95")
LATEST_COLUMNS = ("store_id", "store", "run_id", "as_of", "finished_at", "status", "is_current")
SERIES_COLUMNS = (
    "store_id", "run_id", "as_of", "series_key", "location_key", "currency", "name", "category", "kind", "models",
    "first_day", "steps", "forecast", *BOUNDS, "model_forecast", "naive", "override",
)  # fmt: skip
STEP_COLUMNS = (
    "store_id", "run_id", "series_key", "location_key", "currency", "day", "forecast", *BOUNDS, "sum",
    *(f"sum_{name}" for name in BOUNDS), "naive", "model_forecast", "override",
)  # fmt: skip
COMPONENT_COLUMNS = ("store_id", "run_id", "series_key", "currency", "component", "day", "amount")
SCORE_COLUMNS = (
    "store_id", "run_id", "as_of", "measure", "level", "grain", "kind", "model", "step", "series", "wape", "bias",
    "coverage_80", "coverage_95", "weight",
)  # fmt: skip
# What every chart shows of how far it is off: ours, the seasonal guess, and what people said.
SHOWN = ("Ensemble", "SeasonalNaive", said_then.OVERRIDE)
APART = {"day": 1, "week": 7}


def latest(scope: Scope) -> pd.DataFrame:
    """One row a store: the run whose forecasts hold (none: empty), and how they stand: LATEST_COLUMNS (see job.state)."""
    found = []
    for store, name in _stores(scope):
        now = job.state(store)
        found.append({"store_id": store, "store": name} | {each: now.get(each) for each in LATEST_COLUMNS[2:]})
    return _frame(found, LATEST_COLUMNS)


def series(
    scope: Scope, measure: str = "units", level: str = "product", grain: str = "week", number: int | None = None
) -> pd.DataFrame:
    """One row a series: SERIES_COLUMNS. `forecast` is the sum of the first `number` steps (all unless told), its bounds those of
    the sum; `model_forecast` is without what people said, `override` says whether they did. Raises Refused."""
    _check(measure, level, grain)
    count = HORIZON[grain] if number is None else int(number)
    if not 1 <= count <= HORIZON[grain]:
        raise Refused(f"From 1 to {HORIZON[grain]} steps are forecast by {grain}, not {count}.")
    found = []
    for run in runs.of_stores(scope):
        rows = _kept(db.read("forecasts/sums", **_panel(run, measure, level, grain), number=count), scope, level)
        if len(rows):
            found.append(_summed(run, rows, (measure, level, grain), count))
    return _joined(found, SERIES_COLUMNS)


def _summed(run: Run, rows: pd.DataFrame, panel: tuple[str, str, str], count: int) -> pd.DataFrame:
    measure, level, grain = panel
    said = overridden.of(run, measure).values(level, grain, rows)[:, :count].sum(axis=1)
    model = _matrix(rows["forecast"])[:, :count].sum(axis=1)
    more = said - model
    about = _names(run.store, rows, level)
    bounds = {name: np.maximum(rows[name].to_numpy(dtype=float) + more, 0) for name in BOUNDS}
    naive = _matrix(rows["naive"])[:, :count].sum(axis=1)
    return rows.assign(
        as_of=run.as_of, name=about, category=rows["category"], steps=count, forecast=said.round(4), **bounds,
        model_forecast=model.round(4), naive=naive.round(4), override=np.abs(more) > 1e-3,
    )  # fmt: skip


def _names(store: int, rows: pd.DataFrame, level: str) -> list[str]:
    if level == "store":
        name = stores.among(store)["name"].iloc[0]
        return [str(name)] * len(rows)
    if level in ("channel", "category"):
        return [key or f"no {level}" for key in rows["series_key"]]
    about = db.read("inventory/named_products", store_id=store)
    titles = dict(zip(about["product_key"], about["title"], strict=True))
    return [titles.get(key) or key for key in rows["series_key"]]


def steps(
    scope: Scope, measure: str = "net_sales", level: str = "store", grain: str = "week", key: str | None = None
) -> pd.DataFrame:
    """One row a series and step: STEP_COLUMNS, `day` the first of the step; `key` one series (of the store ''), else all.

    Bounds move with what people said. `sum` and its bounds are those of all steps up to this one. Raises Refused."""
    _check(measure, level, grain)
    found = []
    for run in runs.of_stores(scope):
        rows = db.read("forecasts/bounds", **_panel(run, measure, level, grain), series_key=key)
        rows = _kept(rows, scope, level)
        if len(rows):
            found.append(_stepwise(run, rows, (measure, level, grain)))
    return _joined(found, STEP_COLUMNS)


def _stepwise(run: Run, rows: pd.DataFrame, panel: tuple[str, str, str]) -> pd.DataFrame:
    measure, level, grain = panel
    said, model = overridden.of(run, measure).values(level, grain, rows), _matrix(rows["forecast"])
    more, count = said - model, model.shape[1]
    moved = {name: np.maximum(_matrix(rows[name]) + more, 0) for name in BOUNDS}
    sums = {f"sum_{name}": np.maximum(_matrix(rows[f"sum_{name}"]) + more.cumsum(axis=1), 0) for name in BOUNDS}
    told = {name: np.repeat(rows[name].to_numpy(), count) for name in STEP_COLUMNS[:5]}
    days = [first + timedelta(days=APART[grain] * at) for first in rows["first_day"] for at in range(count)]
    amounts = {
        "forecast": said, **moved, "sum": said.cumsum(axis=1), **sums, "naive": _matrix(rows["naive"]),
        "model_forecast": model,
    }  # fmt: skip
    values = {name: each.round(4).ravel() for name, each in amounts.items()}
    return pd.DataFrame(told | {"day": days} | values | {"override": (np.abs(more) > 1e-4).ravel()})


def scores(
    scope: Scope, measure: str | None = None, level: str | None = None, grain: str | None = None
) -> pd.DataFrame:
    """How far every model, the ensemble and the seasonal guess were off when they were held against the past: SCORE_COLUMNS, by
    kind and step (0: all of them); and how far people were (model Override) beside the models on the same weeks."""
    found = []
    for run in runs.of_stores(scope):
        found.append(db.read("forecasts/scores", store_id=run.store, run_id=run.run_id))
        found.append(said_then.scored(run))
    rows = _joined([each for each in found if len(each)], SCORE_COLUMNS)
    for name, value in (("measure", measure), ("level", level), ("grain", grain)):
        rows = rows if value is None else rows[rows[name] == value]
    return rows.reset_index(drop=True)


def components(
    scope: Scope, measure: str = "net_sales", level: str = "store", grain: str = "day", key: str | None = None
) -> pd.DataFrame:
    """What the forecasts of the shop, its channels and categories are put together from: COMPONENT_COLUMNS, a row a day or week."""
    _check(measure, level, grain)
    found = []
    for run in runs.of_stores(scope):
        rows = _kept(db.read("forecasts/components", **_panel(run, measure, level, grain)), scope, level)
        for row in rows.to_dict("records"):
            if key is None or row["series_key"] == key:
                days = [row["first_day"] + timedelta(days=APART[grain] * at) for at in range(len(row["amounts"]))]
                found.append(
                    pd.DataFrame(
                        {name: row[name] for name in COMPONENT_COLUMNS[:5]} | {"day": days, "amount": row["amounts"]}
                    )
                )
    return _joined(found, COMPONENT_COLUMNS)


def _stores(scope: Scope) -> list[tuple[int, str]]:
    found = stores.among(scope.stores)
    return [(int(number), str(name)) for number, name in zip(found["store_id"], found["name"], strict=True)]


def _check(measure: str, level: str, grain: str) -> None:
    if level not in LEVELS.get(measure, ()) or grain not in HORIZON:
        raise Refused(
            f"There are no forecasts of {measure} by {level} and {grain}. There are units by {', '.join(LEVELS['units'])}, "
            f"net_sales by {', '.join(LEVELS['net_sales'])}, by day or week."
        )


def _panel(run: Run, measure: str, level: str, grain: str) -> dict[str, Any]:
    return {"store_id": run.store, "run_id": run.run_id, "measure": measure, "level": level, "grain": grain}


def _kept(rows: pd.DataFrame, scope: Scope, level: str) -> pd.DataFrame:
    """The series that the scope's filters leave."""
    if scope.currency:
        rows = rows[rows["currency"].isin(("", scope.currency))]
    for chosen, of in ((scope.channels, "channel"), (scope.categories, "category")):
        if chosen and level == of:
            rows = rows[rows["series_key"].isin(chosen)]
    if scope.categories and level in ("product", "location") and "category" in rows:
        rows = rows[rows["category"].isin(scope.categories)]
    return rows


def _matrix(column: "pd.Series[Any]") -> Matrix:
    return np.array(column.tolist(), dtype=float)


def _joined(found: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    if not found:
        return pd.DataFrame(columns=list(columns), dtype=object)
    return pd.concat(found, ignore_index=True)[list(columns)]


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(columns), dtype=object)
