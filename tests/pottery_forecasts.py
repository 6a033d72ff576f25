"""Forecasts by hand for the pottery of price_shop, whose orders end on Friday 17 July 2026: a run of that day, and one as if of 19 June.

The run of 17 July, 26 weeks from Monday 13 July on, says each week of
  units       store 100, Cups 60 (all of it MUG), Cloth 40 (TOWEL)
  by location MUG 45 in the Hall and 15 in the Yard, TOWEL 40 in the Yard
  net sales   store 2,000, Cups 1,500, Cloth 500 EUR
In four of five cases a week is 80 to 120 % and a sum 90 to 115 % of that; last year's guess is 95 %.
Prophet sees, in the weeks of 6 and 13 July, PARTS in the store's net sales.
Held against the past, smooth series of the store were missed by 18 % in units (last year's guess by 31 %) and by 25 % in net
sales, where last year's guess was better: 20 %. People have said nothing.
The run of 19 June was made afterwards; what it says of the store's units is told by whoever fills it.
"""

from datetime import date
from typing import Any

from analytics import db

AS_OF, FIRST = date(2026, 7, 17), date(2026, 7, 13)
THEN, NEXT = date(2026, 6, 19), date(2026, 6, 15)
WEEKS = 26
UNITS = {
    ("store", ""): 100.0,
    ("category", "Cups"): 60.0,
    ("category", "Cloth"): 40.0,
    ("product", "MUG"): 60.0,
    ("product", "TOWEL"): 40.0,
}
LOCATIONS = {("MUG", "Hall"): 45.0, ("MUG", "Yard"): 15.0, ("TOWEL", "Yard"): 40.0}
SALES = {("store", ""): 2000.0, ("category", "Cups"): 1500.0, ("category", "Cloth"): 500.0}
SHARES = {"lo_80": 0.8, "hi_80": 1.2, "lo_95": 0.7, "hi_95": 1.3}
SUMS = {"lo_80": 0.9, "hi_80": 1.15, "lo_95": 0.8, "hi_95": 1.25}
PARTS = {
    "trend": [1900.0, 2000.0],
    "holiday: Fair": [0.0, 250.0],
    "holiday: Strike": [-400.0, 0.0],
    "at least 0": [0.0, 0.0],
}
PART = """
insert into forecast_components (
    store_id, run_id, measure, level, grain, series_key, currency, component, first_day, amounts
) values (1, %s, 'net_sales', 'store', 'week', '', 'EUR', %s, %s, %s)
"""
RUN = """
insert into forecast_runs (store_id, as_of, status, done_share, is_backcast, read_version, seen_version, finished_at)
select store_id, %s, 'done', 1, %s, data_version, data_version, now() from stores where store_id = 1
returning run_id
"""
SERIES = """
insert into forecasts (
    store_id, run_id, measure, level, grain, series_key, currency, kind, models, category, first_day, forecast, base, lo_80, hi_80,
    lo_95, hi_95, sum_lo_80, sum_hi_80, sum_lo_95, sum_hi_95, naive, scale, fingerprint, location_key
) values (1, %s, %s, %s, %s, %s, %s, 'smooth', '0.60 MSTL + 0.40 CES', %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 1, 'x', %s)
"""
SCORE = """
insert into forecast_scores (
    store_id, run_id, measure, level, grain, kind, model, step, series, wape, bias, coverage_80, coverage_95, weight
) values (1, %s, %s, %s, 'week', %s, %s, %s, %s, %s, %s, %s, %s, %s)
"""


def fill(said: list[float]) -> None:
    """Write both runs into the database that stands; `said` is what the earlier one says of the store's units, a number a week."""
    with db.transaction() as cursor:
        run = _run(cursor, AS_OF, False)
        for measure, known in (("units", UNITS), ("net_sales", SALES)):
            for (level, key), each in known.items():
                _series(cursor, (run, measure, level, key), [each] * WEEKS, FIRST)
        for (key, place), each in LOCATIONS.items():
            _series(cursor, (run, "units", "location", key), [each] * WEEKS, FIRST, place)
        for measure, ours, naive in (("units", 0.18, 0.31), ("net_sales", 0.25, 0.20)):
            for step, more in ((0, 1.0), (1, 0.5), (13, 1.5)):
                _score(
                    cursor, (run, measure, "store", "smooth", "Ensemble", step), (1, ours * more, 0.02, 0.79, 0.94, 1.0)
                )
                _score(
                    cursor,
                    (run, measure, "store", "smooth", "SeasonalNaive", step),
                    (1, naive * more, -0.1, None, None, 0.0),
                )
        _score(cursor, (run, "units", "store", "smooth", "MSTL", 0), (1, 0.2, 0.01, None, None, 0.6))
        for component, amounts in PARTS.items():
            cursor.execute(PART, (run, component, date(2026, 7, 6), amounts))
        earlier = _run(cursor, THEN, True)
        _series(cursor, (earlier, "units", "store", ""), said + [100.0] * (WEEKS - len(said)), NEXT)


def _run(cursor: Any, as_of: date, is_backcast: bool) -> int:
    cursor.execute(RUN, (as_of, is_backcast))
    return int(cursor.fetchone()[0])


def _series(cursor: Any, about: tuple[int, str, str, str], weeks: list[float], first: date, place: str = "") -> None:
    run, measure, level, key = about
    whole = [sum(weeks[: at + 1]) for at in range(len(weeks))]
    bounds = [[share * each for each in weeks] for share in SHARES.values()]
    bounds += [[share * each for each in whole] for share in SUMS.values()]
    currency = "EUR" if measure == "net_sales" else ""
    category = {"MUG": "Cups", "TOWEL": "Cloth"}.get(key)
    identity = (run, measure, level, "week", key, currency, category, first)
    cursor.execute(SERIES, (*identity, weeks, weeks, *bounds, [0.95 * each for each in weeks], place))


def _score(cursor: Any, about: tuple[Any, ...], values: tuple[Any, ...]) -> None:
    cursor.execute(SCORE, (*about, *values))
