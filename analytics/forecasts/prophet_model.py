"""Prophet for few series of days or weeks: trend with changes, week, year, holidays and events, each told apart.

Holidays and festivals count by name, events and promotions by kind, prices by the logarithm against their mean; what is left
out of the panel is left out here. A series that Prophet cannot fit stays unknown, and the other models stand for it.
"""

import logging
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from analytics import festivals
from analytics.forecasts import calendar, models
from analytics.forecasts.panel import Matrix, Panel

MOST_SERIES = 60
KINDS = ("days", "weeks")
FEWEST = {"days": 56, "weeks": 26}  # points, below which trend and week are not told apart
YEARS = {"days": 548, "weeks": 78}  # points from which a year is looked for
KEPT = 1_100  # steps: three years of days
FESTIVALS = {
    "Black Friday": 1,
    "Cyber Monday": 0,
    "Easter": 3,
    "Christmas": 10,
    "Valentine's Day": 3,
    "Mother's Day": 3,
}
DRAWN_TO_NOTHING = 0.3  # the deviation of a holiday's effect, as a share of the trend
BATCH = 4
MILLISECONDS = 250.0  # of a fit
SEED = 20
LOGGERS = ("cmdstanpy", "prophet", "prophet.plot", "prophet.models")


def is_fit(panel: Panel) -> bool:
    """Whether there are few enough series, of days or weeks, long enough for trend and week to be told apart."""
    return (
        panel.step.kind in KINDS
        and 0 < len(panel.values) <= MOST_SERIES
        and float(np.median(panel.length)) >= FEWEST[panel.step.kind]
    )


def forecast(panel: Panel, horizon: int) -> Matrix:
    """What Prophet forecasts, a row a series; NaN of those that it cannot fit."""
    found = np.full((len(panel.values), horizon), np.nan)
    for row, each in zip(_rows(panel), _fitted(panel, horizon), strict=True):
        if each is not None:
            found[row] = each["forecast"].to_numpy()[-horizon:]
    return found


def explained(panel: Panel, horizon: int) -> pd.DataFrame:
    """What Prophet's forecast is made of: a row a series, step of its past and ahead, and component.

    Columns: unique_id, ds (a day), is_ahead, component (trend, weekly, yearly, “holiday: …”, “event: …”, “price: …”, and
    `at least 0` where the others add up to less), amount, in the units of the series. The amounts of a step add up to Prophet's
    forecast. Empty of series that it cannot fit."""
    parts = []
    for row, each in zip(_rows(panel), _fitted(calendar.with_events(panel.filled(), horizon), horizon), strict=True):
        if each is not None:
            wide = each.drop(columns="forecast").assign(is_ahead=np.arange(len(each)) >= len(each) - horizon)
            long = wide.melt(["ds", "is_ahead"], var_name="component", value_name="amount")
            parts.append(long.assign(unique_id=panel.ids[row]))
    columns = ["unique_id", "ds", "is_ahead", "component", "amount"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _rows(panel: Panel) -> Matrix:
    if panel.step.kind not in KINDS:
        return np.empty(0, dtype=int)
    return np.flatnonzero(panel.length >= FEWEST[panel.step.kind])


def _fitted(panel: Panel, horizon: int) -> list[pd.DataFrame | None]:
    rows = [int(row) for row in _rows(panel)]
    work = [_told(panel, row, horizon) for row in rows]
    batches = [(work[at : at + BATCH], horizon) for at in range(0, len(work), BATCH)]
    return [each for batch in models.in_processes(_batch, batches, MILLISECONDS * len(work)) for each in batch]


def _told(panel: Panel, row: int, horizon: int) -> tuple[pd.DataFrame, pd.DataFrame | None, bool]:
    """The points of a series with what is known of each, its holidays, and whether it shows a year."""
    width = panel.values.shape[1]
    kept = min(int(panel.length[row]), KEPT)
    position = panel.last[row] + np.arange(1 - kept, horizon + 1)
    frame = pd.DataFrame({"ds": calendar.begun(panel, position).astype("datetime64[ns]")})
    values = panel.values[row, width - kept :].astype(float)
    if panel.known.left_out is not None:
        values = np.where(panel.known.left_out[row, width - kept :], np.nan, values)
    frame["y"] = np.append(values, np.full(horizon, np.nan))
    cells = slice(width - kept, width + horizon)
    for name, flag in panel.known.flags.items():
        frame[name if name.startswith("event: ") else f"event: {name}"] = flag[row, cells]
    for name, price in panel.known.prices.items():
        with np.errstate(invalid="ignore", divide="ignore"):
            logarithm = np.log(price[row, cells].astype(float))
        usual = np.nanmean(logarithm[:-horizon]) if np.isfinite(logarithm[:-horizon]).any() else 0.0
        frame[f"price: {name}"] = np.where(np.isfinite(logarithm), logarithm - usual, 0)
    return frame, holidays(panel, position), kept >= YEARS[panel.step.kind]


def holidays(panel: Panel, position: Matrix) -> pd.DataFrame | None:
    """The steps with a holiday or festival, by name."""
    begins = calendar.begun(panel, position)
    end = calendar.begun(panel, position[-1:] + 1)[0]
    first, last = begins[0].astype(object), (end - 1).astype(object)
    days = list(panel.known.holidays)
    public = {day for day, _ in days}
    for name, before in FESTIVALS.items():
        for day in festivals.days_of(name, first, last + timedelta(days=before)):
            days += [(day, name)] if day not in public else []
            days += [(day - timedelta(days=back), f"before {name}") for back in range(1, before + 1)]
    return _by_step(days, begins, end)


def _by_step(days: list[Any], begins: Matrix, end: Any) -> pd.DataFrame | None:
    when = np.array([day for day, _ in days], dtype="datetime64[D]")
    within = (when >= begins[0]) & (when < end)
    if not within.any():
        return None
    at = np.searchsorted(begins, when[within], side="right") - 1
    names = np.array([f"holiday: {name}" for _, name in days], dtype=object)[within]
    frame = pd.DataFrame({"ds": begins[at].astype("datetime64[ns]"), "holiday": names})
    return frame.drop_duplicates().reset_index(drop=True)


def _batch(work: list[tuple[pd.DataFrame, pd.DataFrame | None, bool]], horizon: int) -> list[pd.DataFrame | None]:
    found = []
    for frame, holidays, has_year in work:
        # a fit of a foreign program may fail in ways of its own; the other models then stand for it
        try:
            found.append(_components(frame, holidays, (has_year, horizon)))
        except Exception:
            found.append(None)
    return found


def _components(frame: pd.DataFrame, holidays: pd.DataFrame | None, how: tuple[bool, int]) -> pd.DataFrame:
    has_year, horizon = how
    for name in LOGGERS:
        logging.getLogger(name).disabled = True
    from prophet import Prophet  # takes seconds

    past = frame.iloc[:-horizon]
    known = past[past["y"].notna()]
    # fitted at a mean size of 1, as the other models are: a table in cents forecasts what the table in euros does
    size = float(known["y"].abs().mean()) or 1.0
    known = known.assign(y=(known["y"] / size).round(models.DIGITS))
    is_above = bool((known["y"] >= 0).all()) and known["y"].mean() > 0
    given = [name for name in frame.columns[2:] if known[name].nunique() > 1]
    model = Prophet(
        holidays=None if holidays is None else holidays[holidays["holiday"].isin(_seen(holidays, known))].copy(),
        seasonality_mode="multiplicative" if is_above else "additive",
        yearly_seasonality=has_year,
        weekly_seasonality=len(frame) > 1 and (frame["ds"].diff().dropna().median() < pd.Timedelta(days=2)),
        daily_seasonality=False,
        holidays_prior_scale=DRAWN_TO_NOTHING,
        uncertainty_samples=0,
    )
    for name in given:
        model.add_regressor(name, prior_scale=DRAWN_TO_NOTHING, standardize=False)
    model.fit(known[["ds", "y", *given]], seed=SEED)
    said = model.predict(frame[["ds", *given]])
    return _added(said, (is_above, given), size)


def _seen(holidays: pd.DataFrame, known: pd.DataFrame) -> set[str]:
    """The holidays that the past has; of another nothing can be learnt."""
    return set(holidays.loc[holidays["ds"].isin(known["ds"]), "holiday"])


def _added(said: pd.DataFrame, how: tuple[bool, list[str]], size: float) -> pd.DataFrame:
    """The forecast and its components in the units of the series, which add up to it."""
    is_above, given = how
    own = [name for name in said.columns if name.startswith("holiday: ") and not name.endswith(("_lower", "_upper"))]
    names = [name for name in ("weekly", "yearly") if name in said.columns] + own + given
    unit = said["trend"] * size if is_above else pd.Series(size, index=said.index)
    found = pd.DataFrame(
        {"ds": said["ds"], "trend": said["trend"] * size} | {name: said[name] * unit for name in names}
    )
    total = said["yhat"].to_numpy() * size
    if is_above and (total < 0).any():
        found["at least 0"] = np.maximum(-total, 0)
    return found.assign(forecast=np.maximum(total, 0) if is_above else total)
