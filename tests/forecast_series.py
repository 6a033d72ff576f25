"""Tables of series whose truth is known."""

from typing import Any

import numpy as np
import pandas as pd

from analytics.forecasts import steps
from analytics.forecasts.panel import Panel


def table(values: dict[str, Any], first: str = "2024-01-01", frequency: str = "W-MON") -> pd.DataFrame:
    """unique_id, ds and y of some series that all begin on one day."""
    parts = [
        pd.DataFrame({"unique_id": name, "ds": pd.date_range(first, periods=len(each), freq=frequency), "y": each})
        for name, each in values.items()
    ]
    return pd.concat(parts, ignore_index=True)


def panel(*rows: list[float], seasons: tuple[int, ...] = ()) -> Panel:
    """Series that end together, as the models take them."""
    width = max(map(len, rows))
    values = np.array([[np.nan] * (width - len(row)) + list(row) for row in rows], dtype=float)
    length = np.array([len(row) for row in rows])
    step = steps.Step("integers", seasons=seasons)
    return Panel(values, length, np.full(len(rows), 1_000), step, np.arange(len(rows)))


def yearly(count: int, weeks: int, noise: float, seed: int = 1) -> dict[str, Any]:
    """Weekly series with a year, a level and a noise of their own."""
    drawn = np.random.default_rng(seed)
    week = np.arange(weeks)
    return {
        f"s{n:03d}": np.exp(drawn.normal(5, 1))
        * np.exp(0.3 * np.sin(2 * np.pi * week / 52 + drawn.uniform(0, 6)) + drawn.normal(0, noise, weeks))
        for n in range(count)
    }
