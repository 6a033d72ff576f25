"""What forecasts are learnt from, as the command line asks for it by name."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import stores
from analytics.errors import Refused
from analytics.forecasts import demand, inputs, marks, sold, spikes
from analytics.forecasts.demand import GRAINS, Demand
from analytics.forecasts.panel import Matrix
from analytics.forecasts.shelf import MARKED, STOCKOUT
from analytics.product_rows import framed
from analytics.scope import Scope

COLUMNS = (
    "store_id", "series_key", "location_key", "currency", "name", "day", "raw", "corrected", "left_out", "reason",
)  # fmt: skip
CORRECTED = (
    "store_id", "series_key", "location_key", "currency", "name", "category", "raw", "corrected", "put_back", "weeks_out_of_stock",
    "weeks_marked",
)  # fmt: skip
LEFT = ("store_id", *demand.LEFT)
WORDS = {STOCKOUT: "out of stock", MARKED: "marked", STOCKOUT | MARKED: "out of stock, marked"}
KNOWN_AHEAD = 365


def of(scope: Scope, measure: str = "units", level: str = "store", grain: str = "week", key: str = "") -> pd.DataFrame:
    """One row a series and period that lies in the days: what was sold, and what it is learnt from (`corrected`, None before the series
    began). Columns: COLUMNS; `reason` says why it was corrected, `day` is the period's first. Of one series where its key is told.

    Raises Refused for series that are not forecast, and ValueError for a key that none has."""
    frames = [_of_store(each, scope, (measure, level, grain, key)) for each in _asked(scope)]
    found = pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=list(COLUMNS), dtype=object)
    if key and found.empty:
        raise ValueError(f"key is that of a series which is forecast, not {key!r}; without one all of them are shown")
    return found


def corrected(scope: Scope, measure: str = "units", level: str = "product") -> pd.DataFrame:
    """One row a series that is forecast, those whose weeks were corrected most often first: CORRECTED. `raw` and `corrected` are sums
    over its weeks from the first whole one on."""
    frames = [
        _sums(demand.of(number, measure, level, "week", _as_of(scope))).assign(store_id=number)
        for number in _asked(scope)
    ]
    if not frames:
        return framed([], CORRECTED)
    found = pd.concat(frames, ignore_index=True)
    most = -(found["weeks_out_of_stock"] + found["weeks_marked"])
    return found.assign(most=most).sort_values(["most", "name"], kind="stable", ignore_index=True)[list(CORRECTED)]


def _sums(found: Demand) -> pd.DataFrame:
    is_begun = np.isfinite(found.panel.values)
    raw = np.where(is_begun, found.raw, 0).sum(axis=1)
    learnt = np.nansum(found.panel.values, axis=1)
    return found.keys.assign(
        raw=np.round(raw, 4), corrected=np.round(learnt, 4), put_back=np.round(learnt - raw, 1),
        weeks_out_of_stock=((found.why & STOCKOUT) > 0).sum(axis=1), weeks_marked=((found.why & MARKED) > 0).sum(axis=1),
    )  # fmt: skip


def left(scope: Scope, measure: str = "units", level: str = "product") -> pd.DataFrame:
    """One row a series that is not forecast, and why: LEFT."""
    frames = [
        demand.of(number, measure, level, "week", _as_of(scope)).left.assign(store_id=number)
        for number in _asked(scope)
    ]
    return pd.concat(frames, ignore_index=True)[list(LEFT)] if frames else framed([], LEFT)


def known(scope: Scope) -> pd.DataFrame:
    """One row a holiday, event, promotion or change of a price in the days and up to a year ahead: store_id and inputs.COLUMNS."""
    frames = []
    for number in _asked(scope):
        over = sold.days(number, _as_of(scope))
        if over is not None:
            until = over.as_of + timedelta(days=KNOWN_AHEAD)
            frames.append(inputs.told(over, scope.start or over.first, until).assign(store_id=number))
    return pd.concat(frames, ignore_index=True) if frames else framed([], ("store_id", *inputs.COLUMNS))


def ahead(scope: Scope, days: int = 182) -> pd.DataFrame:
    """The same without prices, of the days that are forecast."""
    told = [(number, sold.days(number, _as_of(scope))) for number in _asked(scope)]
    frames = [inputs.ahead(over, days).assign(store_id=number) for number, over in told if over is not None]
    return pd.concat(frames, ignore_index=True) if frames else framed([], ("store_id", *inputs.COLUMNS))


def _asked(scope: Scope) -> list[int]:
    known = stores.among(scope.store)
    return [int(number) for number in known.loc[known["last_day"].notna(), "store_id"]]


def _as_of(scope: Scope) -> date | None:
    return None if scope.stop is None else scope.stop - timedelta(days=1)


def _of_store(store: int, scope: Scope, asked: tuple[str, str, str, str]) -> pd.DataFrame:
    measure, level, grain, key = asked
    try:
        found = demand.of(store, measure, level, grain, _as_of(scope))
    except Refused:
        if level in demand.LEVELS.get(measure, ()) and grain in GRAINS:
            return framed([], COLUMNS)  # no orders by then
        raise
    rows = np.arange(len(found.keys))
    if key:
        rows = np.flatnonzero(found.keys["series_key"] == key)
    return _long(found, rows, scope.start).assign(store_id=store)[list(COLUMNS)]


def _long(found: Demand, rows: Matrix, start: date | None) -> pd.DataFrame:
    step = GRAINS[found.grain]
    first = max(-(-(start - found.first_day).days // step), 0) if start else 0
    columns = np.arange(first, found.raw.shape[1])
    days = [found.first_day + timedelta(days=int(at) * step) for at in columns]
    corrected = found.panel.values[rows][:, columns].ravel()
    names = ("series_key", "location_key", "currency", "name")
    told: dict[str, Any] = {name: np.repeat(found.keys[name].to_numpy()[rows], len(columns)) for name in names}
    return pd.DataFrame(told | {
        "day": days * len(rows),
        "raw": np.round(found.raw[rows][:, columns].ravel(), 4),
        "corrected": pd.Series([None if np.isnan(each) else round(float(each), 4) for each in corrected], dtype=object),
        "left_out": found.left_out[rows][:, columns].ravel(),
        "reason": pd.Series([WORDS.get(int(each)) for each in found.why[rows][:, columns].ravel()], dtype=object),
    })  # fmt: skip


# The function, what it answers, and the options it takes beside the scope.
OPTIONS: dict[str, tuple[Any, ...]] = {
    "forecasts.demand": (
        of,
        "what forecasts are learnt from: sold, and corrected for days out of stock and marked ones; --measure units or net_sales, "
        "--level store, channel, category, product or location, --grain day or week, --key of one series",
        ("measure", "level", "grain", "key"),
    ),
    "forecasts.corrected": (
        corrected,
        "series by how many weeks are learnt from otherwise than sold; --measure, --level",
        ("measure", "level"),
    ),
    "forecasts.left": (left, "series that are not forecast, and why; --measure, --level", ("measure", "level")),
    "forecasts.known": (known, "holidays, events, promotions and prices that forecasts know of, a year ahead"),
    "forecasts.marks": (
        marks.of,
        "days that forecasts are not to learn from: who marked them when and why, also those taken back",
    ),
    "forecasts.spikes": (spikes.of, "days on which one large order stands out, proposed to be marked"),
}
