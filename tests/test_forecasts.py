"""Whole forecasts: what holds of every table, series that break things, and the command."""

import json
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from analytics import __main__ as command_line
from analytics.forecasts import prophet_model, run
from tests.forecast_series import table, yearly

COLUMNS = ["unique_id", "ds", "forecast", "lo_80", "hi_80", "lo_95", "hi_95", "model"]
AMOUNTS = COLUMNS[2:7]


def ordered(found: pd.DataFrame) -> bool:
    """Whether the bounds lie around the forecast, and all is known."""
    gaps = found[["lo_95", "lo_80", "forecast", "hi_80", "hi_95"]].to_numpy()
    return bool(np.isfinite(gaps).all() and (np.diff(gaps, axis=1) >= 0).all())


@pytest.fixture(scope="module", autouse=True)
def without_prophet() -> Iterator[None]:
    """Its fits take seconds; what it does stands in its own tests."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prophet_model, "MOST_SERIES", 0)
        yield


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    """A few weekly series of two years and a half."""
    return table(yearly(4, 130, 0.08))


@pytest.fixture(scope="module")
def made(known: pd.DataFrame) -> pd.DataFrame:
    """Their forecasts, six weeks ahead."""
    return run.forecast(known, 6)


def test_a_row_for_each_series_and_step(known: pd.DataFrame, made: pd.DataFrame) -> None:
    assert list(made.columns) == COLUMNS and len(made) == 4 * 6
    first = made[made.unique_id == "s000"]
    assert list(first.ds) == list(pd.date_range(known.ds.max() + pd.Timedelta(weeks=1), periods=6, freq="W-MON"))
    assert ordered(made)


def test_a_known_year_is_forecast_better_than_by_the_last_one(made: pd.DataFrame) -> None:
    week = np.arange(130, 136)
    drawn, errors, naive = np.random.default_rng(1), 0.0, 0.0
    for n in range(4):
        size, phase = np.exp(drawn.normal(5, 1)), drawn.uniform(0, 6)
        noise = drawn.normal(0, 0.08, 130)
        came = size * np.exp(0.3 * np.sin(2 * np.pi * week / 52 + phase))
        errors += np.abs(made[made.unique_id == f"s{n:03d}"].forecast - came).sum()
        naive += np.abs(came * np.exp(noise[78:84]) - came).sum()
    assert errors < naive


def test_the_order_of_rows_does_not_matter_and_twice_gives_the_same(known: pd.DataFrame, made: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(run.forecast(known.sample(frac=1, random_state=3), 6), made)


def test_a_thousand_times_the_amounts_gives_a_thousand_times_the_forecast(
    known: pd.DataFrame, made: pd.DataFrame
) -> None:
    found = run.forecast(known.assign(y=known.y * 1000), 6)
    assert found[AMOUNTS].to_numpy() == pytest.approx(made[AMOUNTS].to_numpy() * 1000, rel=1e-4)


def test_days_moved_by_years_of_weeks_move_the_forecast(known: pd.DataFrame, made: pd.DataFrame) -> None:
    # so few series are forecast without the boosting, which alone looks at the calendar
    moved = run.forecast(known.assign(ds=known.ds + pd.Timedelta(weeks=520)), 6)
    assert moved[AMOUNTS].to_numpy() == pytest.approx(made[AMOUNTS].to_numpy())
    assert (moved.ds - made.ds == pd.Timedelta(weeks=520)).all()


DRAWN = np.random.default_rng(11)
BROKEN: dict[str, Any] = {
    "constant": [7.0] * 80,
    "flat then up": [10.0] * 60 + [30.0] * 20,
    "gap": [np.nan if 30 <= n < 40 else 20.0 + n % 4 for n in range(80)],
    "lumpy": DRAWN.poisson(0.2, 80) * DRAWN.integers(1, 30, 80),
    "negative": DRAWN.normal(-50, 5, 80),
    "one point": [5.0],
    "two points": [5.0, 6.0],
    "zero": [0.0] * 80,
}


@pytest.fixture(scope="module")
def mended() -> pd.DataFrame:
    """Forecasts of series that break things, in one table."""
    return run.forecast(table(BROKEN), 5)


def test_every_broken_series_has_a_forecast_with_bounds(mended: pd.DataFrame) -> None:
    assert mended.groupby("unique_id").size().to_dict() == dict.fromkeys(BROKEN, 5)
    assert ordered(mended)


def of(mended: pd.DataFrame, name: str) -> pd.DataFrame:
    """One of the series."""
    return mended[mended.unique_id == name]


def test_nothing_stays_nothing_and_a_constant_stays_what_it_is(mended: pd.DataFrame) -> None:
    assert (of(mended, "zero")[AMOUNTS] == 0).all(axis=None)
    assert (of(mended, "constant").forecast == 7).all()
    assert of(mended, "constant").hi_80.max() < 8


def test_what_never_was_below_nothing_is_not_forecast_below(mended: pd.DataFrame) -> None:
    assert (mended[mended.unique_id != "negative"][AMOUNTS] >= 0).all(axis=None)
    assert of(mended, "negative").forecast.between(-60, -40).all()


def test_after_a_shift_the_new_level_counts(mended: pd.DataFrame) -> None:
    assert of(mended, "flat then up").forecast.between(24, 36).all()


def test_of_a_single_point_little_is_known(mended: pd.DataFrame) -> None:
    point = of(mended, "one point")
    assert (point.forecast == 5).all() and (point.hi_80 - point.lo_80 > 2).all()


def test_twenty_years_of_days_are_forecast_by_weekday_and_season() -> None:
    days = pd.date_range("2004-01-01", "2023-12-31")
    y = 100 + 30 * (days.dayofweek == 5) + 20 * np.sin(2 * np.pi * days.dayofyear / 365.25)
    noisy = y + np.random.default_rng(2).normal(0, 3, len(days))
    found = run.forecast(pd.DataFrame({"unique_id": "shop", "ds": days, "y": noisy}), 14)
    ahead = pd.date_range("2024-01-01", periods=14)
    came = 100 + 30 * (ahead.dayofweek == 5) + 20 * np.sin(2 * np.pi * ahead.dayofyear / 365.25)
    assert list(found.ds) == list(ahead)
    assert np.abs(found.forecast - came).mean() < 4


def test_very_many_short_series_are_forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("analytics.forecasts.pooled.SETTINGS", {"max_iter": 5})
    y = np.random.default_rng(4).poisson(5, (5_000, 6)).ravel()
    frame = pd.DataFrame({"unique_id": np.repeat(np.arange(5_000), 6), "ds": np.tile(np.arange(6), 5_000), "y": y})
    found = run.forecast(frame, 2)
    assert len(found) == 10_000 and ordered(found)
    assert found.ds.tolist()[:2] == [6, 7] and 4 < found.forecast.mean() < 6


def test_the_command_prints_csv_and_nothing_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "weeks.csv"
    table({"a": [3.0, 4.0] * 10, "b": [1.0] * 20}).to_csv(file, index=False)
    assert command_line.main(["forecast", str(file), "--horizon", "2"]) == 0
    found = pd.read_csv(StringIO(capsys.readouterr().out))
    assert list(found.columns) == COLUMNS and found.unique_id.tolist() == ["a", "a", "b", "b"]
    assert found.ds.tolist()[:2] == ["2024-05-20", "2024-05-27"]
    out = tmp_path / "out.csv"
    assert command_line.main(["forecast", str(file), "--horizon", "2", "--output", str(out)]) == 0
    assert capsys.readouterr().out == "" and pd.read_csv(out).equals(found)
    assert command_line.main(["forecast", str(file), "--horizon", "2", "--json"]) == 0
    assert [row["ds"] for row in json.loads(capsys.readouterr().out)][:2] == ["2024-05-20", "2024-05-27"]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["--horizon", "0"], "A horizon is from 1 to 1,000 steps"),
        (["--horizon", "2", "--output", "nowhere/at/all.csv"], "cannot be written"),
        (["--horizon", "2", "--frequency", "M"], "are both of series a within a month"),
    ],
)
def test_the_command_refuses_with_the_reason(
    arguments: list[str], why: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "weeks.csv"
    table({"a": [3.0] * 20}).to_csv(file, index=False)
    assert command_line.main(["forecast", str(file), *arguments]) == 2
    said = capsys.readouterr()
    assert why in said.err and said.out == ""


def test_neither_the_app_nor_another_command_pays_for_the_models() -> None:
    code = (
        "import sys; from analytics import commands, results; from analytics.forecasts import run, pooled, backtest\n"
        "print([name for name in ('statsforecast', 'sklearn', 'prophet', 'joblib', 'numba') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
