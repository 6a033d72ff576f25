"""What was said some weeks ago against what came: week by week of one series, and added up for every series of a level."""

from typing import Any

import pandas as pd

from analytics import grains, settings, wording
from analytics.forecasts import stored
from analytics.forecasts.course import Look, amount, number, total
from analytics.product_rows import framed
from analytics.scope import Scope

WEEKS = ("day", "period", "said", "came", "lo_80", "hi_80", "lo_95", "hi_95", "naive", "model", "is_inside")
SERIES = (
    "series_key", "name", "wape", "said", "came", "bias", "naive_wape", "inside", "weeks", "made", "as_of",
)  # fmt: skip
THEN, AFTERWARDS = "then", "afterwards, from what was known then"
Row = dict[str, Any]


def weeks(scope: Scope, look: Look, weeks_ago: int) -> pd.DataFrame:
    """One row a week that is over, of one series: what was said so many weeks ago (with what people said by then), its intervals, last
    year's guess and what came; `model` is what the models alone said where people said otherwise. Columns: WEEKS."""
    chosen, rows = settings.of(scope.stores), []
    for row in _said(scope, look, weeks_ago, look.key):
        names = ("came", "lo_80", "hi_80", "lo_95", "hi_95", "naive")
        rows.append(
            {name: number(row[name]) for name in names}
            | {"day": row["day"], "period": grains.name(row["day"], "week", chosen), "said": number(row["forecast"])}
            | {"model": number(row["model_forecast"]) if row["override"] else None, "is_inside": _is_inside(row)}
        )
    return framed(rows, WEEKS)


def series(scope: Scope, look: Look, weeks_ago: int) -> pd.DataFrame:
    """One row a series of the level, the largest miss in its own units first: what was said and what came over all weeks that are over,
    the errors of ours and of last year's guess over the weeks, the share of weeks inside the 80 % band. Columns: SERIES."""
    named = stored.series(scope, look.measure, look.level, "week")
    names = dict(zip(named["series_key"], named["name"], strict=True))
    groups: dict[str, list[Row]] = {}
    for row in _said(scope, look, weeks_ago, None):
        groups.setdefault(row["series_key"], []).append(row)
    rows = [_summed(key, names.get(key) or key, group, look.measure) for key, group in groups.items()]
    rows.sort(key=lambda row: -row["missed"])
    return framed(rows, SERIES)


def _said(scope: Scope, look: Look, weeks_ago: int, key: str | None) -> list[Row]:
    found = stored.said(scope, look.measure, look.level, weeks_ago, key)
    return found.to_dict("records")


def _is_inside(row: Row) -> bool:
    return bool(row["lo_80"] <= row["came"] <= row["hi_80"])


def _summed(key: str, name: str, rows: list[Row], measure: str) -> Row:
    said, came = (sum(float(row[each]) for row in rows) for each in ("forecast", "came"))
    size = sum(abs(float(row["came"])) for row in rows)
    missed, naive = (sum(abs(float(row[each]) - float(row["came"])) for row in rows) for each in ("forecast", "naive"))
    return {
        "series_key": key, "name": name, "said": total(said, measure), "came": total(came, measure), "missed": missed,
        "wape": missed / size if size else None, "naive_wape": naive / size if size else None,
        "bias": (said - came) / size if size else None, "inside": sum(_is_inside(row) for row in rows) / len(rows),
        "weeks": len(rows), "made": AFTERWARDS if rows[0]["is_backcast"] else THEN, "as_of": rows[0]["as_of"],
    }  # fmt: skip


def in_words(row: Row, look: Look, currency: str) -> str:
    """What was said and what came of one series, from a row of `series`, in a sentence."""
    said, came = (amount(row[name], look, currency) for name in ("said", "came"))
    inside = f"{round(row['inside'] * row['weeks'])} of {wording.count(row['weeks'], 'week')} inside the 80 % band"
    return f"Said {said}, came {came}: missed by {wording.percent(row['wape'])} over the weeks, {inside}"


def beside_last_year(row: Row) -> str:
    """How guessing last year's did in the same weeks, in a sentence; where it was better, that is said."""
    if row["wape"] is None or row["naive_wape"] is None:
        return "Nothing came in these weeks, so no error can be told."
    guess = f"guessing last year's weeks missed by {wording.percent(row['naive_wape'])}"
    if row["naive_wape"] < row["wape"]:
        return f"Here {guess}: that would have been better."
    return f"In the same weeks {guess}."
