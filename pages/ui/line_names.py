"""The names of lines at their ends, clear of the lines, of their bands and of each other, however narrow the chart is."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

# The share of a chart's width that a name takes on a phone, and of its height that one line of text takes.
REACH, LINE = 0.32, 0.075


def layer(shown: pd.DataFrame, x: str, names: Sequence[tuple[str, str]], drawn: Sequence[str]) -> dict[str, Any]:
    """The names, each with its colour, in the right corner of a chart of `drawn` columns over x (days or numbers).

    The first stands over all that is drawn at the end, the second under it where there is room, what is left over the first.
    """
    values, at = shown[list(drawn)].to_numpy(dtype=float), shown[x]
    ends = values[(at >= at.max() - (at.max() - at.min()) * REACH).to_numpy()]
    ends = ends if np.isfinite(ends).any() else values
    top, floor = max(float(np.nanmax(values)), 0.0), min(float(np.nanmin(values)), 0.0)
    line = max(top - floor, 1e-9) * LINE
    over, under = float(np.nanmax(ends)) + 0.8 * line, float(np.nanmin(ends)) - 0.8 * line
    rows: list[dict[str, Any]] = []
    for number, (words, colour) in enumerate(names):
        is_under = number == 1 and under - 0.5 * line >= floor
        rows.append({"words": words, "colour": colour, "at": under if is_under else over})
        over += 0.0 if is_under else line
    # an empty name keeps the axis high enough for all of them
    rows.append({"words": "", "colour": "", "at": max(top, over - 0.5 * line)})
    end = at.max()
    place = f"{end:%Y-%m-%d}" if isinstance(end, pd.Timestamp) else float(end)
    return {
        "data": {"values": [row | {"end": place} for row in rows]},
        "mark": {"type": "text", "align": "right", "baseline": "middle", "fontSize": 11},
        "encoding": {
            "x": {"field": "end", "type": "temporal" if isinstance(end, pd.Timestamp) else "quantitative"},
            "y": {"field": "at", "type": "quantitative"},
            "text": {"field": "words", "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None},
        },
    }
