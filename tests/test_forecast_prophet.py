"""Prophet for few series: what it is told, what its forecast is made of, and what becomes of a fit that fails."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from analytics.forecasts import calendar, choice, prophet_model, run, table
from analytics.forecasts.kinds import Kind
from analytics.forecasts.known import Event, Known
from analytics.forecasts.panel import Panel
from tests.forecast_series import panel, yearly
from tests.forecast_series import table as weeks

DAYS, AHEAD = 210, 14
FIRST = date(2024, 1, 1)
PROMOTED = tuple(FIRST + timedelta(days=10 + 35 * turn) for turn in range(7))
GONE = slice(86, 115)
HOLIDAY = FIRST + timedelta(days=DAYS + 3)


@pytest.fixture(scope="module")
def shop() -> Panel:
    """Two thirds more on Saturdays, half as much more again on the three days of each promotion, one of which lies ahead, and
    nothing in four weeks that are left out."""
    days = pd.date_range(FIRST, periods=DAYS)
    y = np.where(days.dayofweek == 5, 150, 90) * np.exp(np.random.default_rng(3).normal(0, 0.03, DAYS))
    for first in PROMOTED:
        y[(days >= str(first)) & (days < str(first + timedelta(days=3)))] *= 1.5
    left_out = np.zeros((1, DAYS), dtype=bool)
    left_out[0, GONE] = True
    y[GONE] = 0
    events = tuple(Event(first, first + timedelta(days=2), "promotion") for first in PROMOTED)
    found = table.tidied(pd.DataFrame({"unique_id": "shop", "ds": days, "y": y})).panel
    return replace(found, known=Known(events=events, left_out=left_out, holidays=((HOLIDAY, "Not seen yet"),)))


@pytest.fixture(scope="module")
def parts(shop: Panel) -> pd.DataFrame:
    """What the forecast is made of: a row a day, a column a component."""
    long = prophet_model.explained(shop, AHEAD)
    assert set(long.unique_id) == {"shop"} and long.groupby("is_ahead").ds.nunique().to_dict() == {
        False: DAYS,
        True: AHEAD,
    }
    return long.pivot(index="ds", columns="component", values="amount")


def test_the_components_add_up_to_what_the_model_forecasts_in_any_unit(shop: Panel, parts: pd.DataFrame) -> None:
    said = prophet_model.forecast(calendar.with_events(shop, AHEAD), AHEAD)
    assert parts.iloc[-AHEAD:].sum(axis=1).to_numpy() == pytest.approx(said[0])
    thousandfold = replace(shop, values=shop.values * 1000)
    again = prophet_model.forecast(calendar.with_events(thousandfold, AHEAD), AHEAD)
    assert again == pytest.approx(said * 1000, rel=1e-6), "the same whatever the unit, and each time"


def test_a_promotion_a_weekday_and_the_level_are_told_apart(parts: pd.DataFrame) -> None:
    assert {"trend", "weekly", "event: promotion"} <= set(parts) and "yearly" not in parts
    on_promotion = parts[parts["event: promotion"] > 0]
    # the last of them lies ahead
    assert len(on_promotion) == 3 * len(PROMOTED)
    level = parts["trend"]
    lift = parts["event: promotion"] / (level + parts["weekly"])
    assert lift[on_promotion.index].mean() == pytest.approx(0.5, abs=0.12)
    week = (parts["weekly"] / level).groupby(parts.index.dayofweek).mean()
    assert (1 + week[5]) / (1 + week[0]) == pytest.approx(150 / 90, rel=0.05)


def test_days_that_are_left_out_do_not_lower_the_level(parts: pd.DataFrame) -> None:
    assert parts["trend"].iloc[GONE].to_numpy() == pytest.approx(parts["trend"].mean(), rel=0.05)


def test_a_holiday_that_was_never_seen_is_no_component(parts: pd.DataFrame) -> None:
    assert not any("Not seen yet" in name for name in parts)


def test_festivals_have_a_name_on_their_day_and_another_before(shop: Panel) -> None:
    around = np.datetime64("2024-12-20").astype(int) + np.arange(10)
    found = prophet_model.holidays(replace(shop, known=Known(holidays=((date(2024, 12, 26), "Boxing Day"),))), around)
    assert found is not None
    named = found.groupby("holiday").ds.agg(lambda days: [day.day for day in days]).to_dict()
    assert named["holiday: Christmas"] == [25] and named["holiday: Boxing Day"] == [26]
    assert sorted(named["holiday: before Christmas"]) == [20, 21, 22, 23, 24]


def test_a_holiday_counts_in_the_week_that_it_falls_into() -> None:
    found = table.tidied(weeks(yearly(1, 60, 0.1))).panel
    held = replace(found, known=Known(holidays=((date(2024, 5, 9), "Ascension Day"),)))
    named = prophet_model.holidays(held, found.last[0] + np.arange(-59, 1))
    assert named is not None
    assert named[named.holiday == "holiday: Ascension Day"].ds.tolist() == [pd.Timestamp("2024-05-06")]


def test_where_prophet_fails_the_other_models_stand_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*given: object) -> None:
        raise RuntimeError("no optimum")

    monkeypatch.setattr(prophet_model, "_components", fails)
    monkeypatch.setitem(choice.CANDIDATES, Kind.SMOOTH, ("WindowAverage", "Prophet"))
    few = table.tidied(weeks(yearly(2, 60, 0.1))).panel
    assert prophet_model.is_fit(few) and np.isnan(prophet_model.forecast(few, 3)).all()
    assert prophet_model.explained(few, 3).empty
    assert np.isfinite(run.of_panel(few, 3).amounts["forecast"]).all()


def test_numbers_without_dates_many_series_and_short_ones_are_not_for_prophet() -> None:
    few = table.tidied(weeks(yearly(1, 60, 0.1))).panel
    assert prophet_model.is_fit(few)
    assert not prophet_model.is_fit(few.before(40)) and not prophet_model.is_fit(few.rows(np.zeros(61, dtype=int)))
    assert not prophet_model.is_fit(panel([1.0, 2.0] * 30))


def test_a_few_series_of_a_kind_among_many_are_not_for_prophet() -> None:
    few = table.tidied(weeks(yearly(1, 62, 0.1))).panel
    assert choice.PROPHET in choice.candidates("smooth", few, 60)
    assert choice.PROPHET not in choice.candidates("smooth", few, 61)
