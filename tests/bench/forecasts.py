"""Forecasts held against the last steps of public and simulated tables, which no model has seen: ours, seasonal naive, Prophet a
series as it comes, and each single model; Prophet with festivals and holidays where it is one of ours.

Online Retail: weekly units of the 500 products sold most, the last 8 weeks held out (one year of data: nobody knows its season).
The sample shop: weekly units of each SKU and daily net sales, from its generator. Any other file: --file and --horizon.
"""

import logging
import os
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pandas as pd

from analytics import sample
from analytics.forecasts import choice, prophet_model, run, steps, table
from analytics.forecasts.known import Known, holidays_of
from analytics.forecasts.panel import Matrix, Panel
from analytics.forecasts.table import Table
from analytics.sample import orders
from tests.bench import replenishment

WEEKS, DAYS, PRODUCTS = 8, 28, 500
PROPHET_SERIES = 500  # of a table, at most so many are fitted: a fit takes a tenth of a second and more
SINGLE = ("SeasonalNaive", *(name for name in dict.fromkeys(choice.REGULAR + choice.SPARSE) if name != "SeasonalNaive"))
CALLED = {choice.PROPHET: "Prophet, holidays"}
COUNTRIES = ("DE",)  # of the sample shop


def measured(given: tuple[Path | None, int | None], retail: Path | None) -> list[dict[str, Any]]:
    """A row a table and model: data, model, series, wape, bias, coverage_80 (of ours), seconds."""
    file, horizon = given
    if file is not None:
        return held(file.name, table.tidied(table.read(file)), horizon or WEEKS)
    tables = [
        ("Sample shop, SKUs by week", _sample_units(), WEEKS),
        ("Sample shop, net sales by day", _sample_sales(), DAYS),
    ]
    if retail is not None:
        tables.insert(0, (f"Online Retail, {PRODUCTS} SKUs by week", _retail(retail), WEEKS))
    return [
        row for name, frame, ahead in tables for row in held(name, _with_holidays(table.tidied(frame), name), ahead)
    ]


def _with_holidays(found: Table, name: str) -> Table:
    """The sample shop's table with the holidays of its country."""
    if not name.startswith("Sample"):
        return found
    panel = found.panel
    position = panel.last.max() + np.array([-panel.values.shape[1], 0])
    first, last = steps.days_at(panel.step, position).astype(object)
    return replace(found, panel=replace(panel, known=Known(holidays=holidays_of(COUNTRIES, first, last))))


def held(name: str, found: Table, horizon: int) -> list[dict[str, Any]]:
    """All models on one table, whose last steps are held out; series too short for that are left out."""
    panel = found.panel.rows(np.flatnonzero(found.panel.length > horizon + choice.FEWEST_POINTS))
    before, actual = panel.before(horizon), panel.values[:, -horizon:]
    began = time.perf_counter()
    ours = run.of_panel(before, horizon)
    inside = (actual >= ours.amounts["lo_80"]) & (actual <= ours.amounts["hi_80"])
    rows = [_row((name, "Storeledger"), actual, ours.amounts["forecast"], time.perf_counter() - began)]
    rows[0]["coverage_80"] = float(inside.mean())
    for model in SINGLE:
        if model == choice.PROPHET and not prophet_model.is_fit(before):
            continue
        told = (name, CALLED.get(model, model))
        rows.append(_timed(told, actual, lambda model=model: choice.said(before, before, horizon, [model])[model]))
    drawn = np.sort(Random(1).sample(range(len(actual)), min(PROPHET_SERIES, len(actual))))
    few = before.rows(drawn)
    if few.step.kind in ("days", "weeks") and _has_prophet():
        rows.append(_timed((name, "Prophet"), actual[drawn], lambda: _prophet(few, horizon)))
    return rows


def _timed(name: tuple[str, str], actual: Matrix, said: Callable[[], Matrix]) -> dict[str, Any]:
    began = time.perf_counter()
    return _row(name, actual, said(), time.perf_counter() - began)


def _row(name: tuple[str, str], actual: Matrix, said: Matrix, seconds: float) -> dict[str, Any]:
    known = np.isfinite(said) & np.isfinite(actual)
    gap, size = (said - actual)[known], np.abs(actual[known]).sum()
    return {
        "data": name[0],
        "model": name[1],
        "series": int(known.any(axis=1).sum()),
        "wape": float(np.abs(gap).sum() / size) if size else None,
        "bias": float(gap.sum() / size) if size else None,
        "coverage_80": None,
        "seconds": round(seconds, 2),
    }


def _has_prophet() -> bool:
    try:
        import prophet  # noqa: F401  # heavy, and only compared with
    except ImportError:
        return False
    return True


def _prophet(panel: Panel, horizon: int) -> Matrix:
    from prophet import Prophet

    logging.getLogger("cmdstanpy").disabled = True
    said = np.full((len(panel.values), horizon), np.nan)
    for row in range(len(panel.values)):
        position = panel.last[row] + np.arange(1 - panel.length[row], horizon + 1)
        ds = pd.Series(steps.days_at(panel.step, position).astype("datetime64[ns]"))
        known = pd.DataFrame({"ds": ds[:-horizon], "y": panel.series(row)})
        if len(known) >= 2:
            model = Prophet(uncertainty_samples=0).fit(known)
            said[row] = model.predict(pd.DataFrame({"ds": ds[-horizon:]}))["yhat"].to_numpy()
    return said


def _retail(file: Path) -> pd.DataFrame:
    demand, _ = replenishment.of_file(file)
    weeks = demand.units.shape[1] // 7
    units = demand.units[:, -7 * weeks :].reshape(len(demand.units), weeks, 7).sum(axis=2)
    most = np.sort(np.argsort(-units.sum(axis=1), kind="stable")[:PRODUCTS])
    days = pd.date_range("2010-12-06", periods=weeks, freq="7D")
    return pd.DataFrame({"unique_id": np.repeat(most, weeks), "ds": np.tile(days, len(most)), "y": units[most].ravel()})


def _sample_units() -> pd.DataFrame:
    frame = pd.DataFrame(
        [(line.variant.sku, order.created.date(), line.quantity) for order, line in _lines() if line.variant.sku],
        columns=["unique_id", "day", "y"],
    )
    age = (sample.COPY_LAST_DAY - frame["day"].map(pd.Timestamp).dt.date).map(lambda each: each.days) // 7
    summed = frame.assign(age=age).groupby(["unique_id", "age"])["y"].sum().unstack("age", fill_value=0).iloc[:, :-1]
    rows = summed.stack().rename("y").reset_index()
    return rows.assign(ds=pd.Timestamp(sample.COPY_LAST_DAY) - pd.to_timedelta(rows["age"] * 7, unit="D"))


def _sample_sales() -> pd.DataFrame:
    sold: dict[date, int] = {}
    for order, line in _lines():
        sold[order.created.date()] = sold.get(order.created.date(), 0) + line.value
    return pd.DataFrame(
        {"unique_id": "net sales", "ds": pd.to_datetime(list(sold)), "y": [each / 100 for each in sold.values()]}
    )


def _lines() -> list[tuple[Any, Any]]:
    placed = orders.place(Random(sample.SEED), sample.COPY_LAST_DAY)
    return [(order, line) for order in placed for line in order.lines if line.kind == "goods" and line.variant]


def in_words(rows: list[dict[str, Any]]) -> str:
    """The rows as a table of Markdown, the best of each table of data first."""
    said = [
        f"{os.cpu_count()} processors",
        "| data | model | series | WAPE | bias | 80 % covers | seconds |",
        "|---|---|---|---|---|---|---|",
    ]
    for name in dict.fromkeys(row["data"] for row in rows):
        own = sorted(
            (row for row in rows if row["data"] == name and row["wape"] is not None), key=lambda row: row["wape"]
        )
        for row in own:
            covered = "" if row["coverage_80"] is None else f"{row['coverage_80']:.1%}"
            cells = (name, row["model"], f"{row['series']:,}", f"{row['wape']:.4f}", f"{row['bias']:+.3f}", covered)
            said.append(f"| {' | '.join(cells)} | {row['seconds']:.1f} |")
    return "\n".join(said)
