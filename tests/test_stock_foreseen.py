"""Orders planned by forecasts: weeks by their days, safety stock by the quantiles of errors, and when there is none to plan by."""

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest

import stock_shop
from analytics import db
from analytics.scope import Scope
from analytics.stock import (
    arithmetic,
    foreseen,
    formulas,
    policies,
    projection,
    replenishment,
    settings,
    shortfall,
    what_if,
)
from analytics.stock.outlook import Outlook, even
from analytics.stock.planning import Change

D = Decimal
DAY = date(2026, 6, 1)
NOW = Scope(1, stop=DAY, currency="EUR")
LEVELS = shortfall.LEVELS


def test_a_week_counts_for_the_days_that_it_shares_with_those_asked_for() -> None:
    ahead = Outlook(D(1), DAY, (D(14), D(28), D(0)), DAY)  # Mondays 1, 8 and 15 June, then one a day
    # from Thursday four days of 14 and three of 28
    assert ahead.over(date(2026, 6, 4), D(7)) == 4 * 2 + 3 * 4
    assert ahead.parts(date(2026, 6, 4), D(7)) == [(4, 14), (3, 28)]
    assert ahead.parts(date(2026, 6, 4), D(7), D(3)) == [(1, 14), (6, 28)]
    assert ahead.over(date(2026, 6, 15), D(10)) == 3 and ahead.over(date(2026, 5, 30), D(4)) == 8
    assert ahead.over(DAY, D("3.5")) == 7
    assert even(D(3)).over(DAY, D("2.5")) == D("7.5")


def test_stock_lasts_as_many_days_as_its_units_are_asked_for_in() -> None:
    ahead = Outlook(D(1), DAY, (D(14), D(28), D(0)), DAY)
    assert ahead.lasts(date(2026, 6, 4), D(20)) == 7
    assert ahead.lasts(DAY, D(42)) == 14, "what is used up on Sunday the 14th does not last the week of none"
    assert ahead.lasts(DAY, D(43)) == 22
    assert ahead.lasts(date(2026, 6, 4), D(-2)) == -1
    assert Outlook(D(0), DAY, (D(7),)).lasts(DAY, D(8)) is None and even(D(0)).lasts(DAY, D(1)) is None
    assert even(D(2)).lasts(DAY, D(5)) == D("2.5")
    for units in range(1, 50, 6):
        assert ahead.over(DAY, ahead.lasts(DAY, D(units)) or D(0)) == pytest.approx(D(units))


def test_one_level_leaves_the_share_of_what_orders_bring_missing() -> None:
    # errors even from 0 to 10 beyond the middle: 20 × (p − ½), so that 10 × (1 − p)² are missing on average
    one = 20 * (np.array(LEVELS) - 0.5)
    errors = np.array([one, 2 * one])
    levels, short = shortfall.missing(errors)
    assert short[0] == pytest.approx(10 * (1 - levels) ** 2)
    # at 0.8 the two miss 0.4 and 0.8 pieces: three quarters of 5 % of 32
    for ordered in ([8.0, 24.0], [32.0, 0.0]):
        assert shortfall.level_of(errors, np.array(ordered), 0.95) == pytest.approx(0.8)
    assert shortfall.at_level(errors, 0.875) == pytest.approx([7.5, 15])
    assert shortfall.level_of(errors, np.array([900.0, 0]), 0.9) == 0.5, "where half is enough, nothing is kept"


def test_lead_times_that_are_not_sure_widen_errors_around_their_middle() -> None:
    errors = np.array([[1.0] * 5 + [4.0] * 5])
    found = shortfall.with_lead_time(errors, np.array([4 / formulas.z_of(0.9)]))
    assert found[0, LEVELS.index(0.9)] == pytest.approx(1 + 5) and found[0, 0] == 1


def test_stock_falls_below_its_reorder_point_by_half_of_a_usual_sale() -> None:
    sold = np.array([[2.0, 2, 0, 0], [10, 0, 0, 0], [0, 0, 0, 0]])
    assert list(shortfall.at_once(sold)) == [1, 5, 0]


def _row(weeks: tuple[int, ...], **other: Any) -> dict[str, Any]:
    rule = policies.Rule("reorder point", "fill rate", D("0.95"), D(14), None, None, "the store's settings")
    ahead = Outlook(D(8), DAY + timedelta(days=1), tuple(D(each) for each in weeks), DAY)
    return {
        "sku": "CUP", "title": "Cup", "location": "", "available": D(40), "incoming": D(0), "arrivals": (), "velocity": D(1),
        "deviation": D(1), "z": D("1.28"), "lead_time_days": D(7), "lead_time_deviation": D(0), "cover_days": D(14),
        "minimum_order": None, "pack_size": None, "landed_cost": D(5), "price": D(12), "currency": "EUR", "as_of": DAY,
        "_rule": rule, "rule": rule.said, "service_level": D("0.95"), "service_kind": "fill rate", "_back": None,
        "_outlook": ahead, "error_level": D("0.9"), "error_middle": D(0), "error_at": D(3), "at_once": D(2),
    } | other  # fmt: skip


def test_under_a_rising_forecast_the_order_is_due_before_its_weeks_are_asked_for() -> None:
    # 7, 14, 28 and 56 a week: the 35 above the safety stock of 5 last 14 days and half of seven at 4 a day
    row = replenishment.suggestion(_row((7, 14, 28, 56)), DAY)
    assert (row["lead_demand"], row["cover_demand"]) == (7, 14 + 28)
    assert (row["safety_stock"], row["reorder_point"]) == (5, 12)
    assert (row["order_by"], row["order_by_basis"]) == (date(2026, 6, 11), replenishment.AS_FORECAST)
    assert (row["suggested_order"], row["status"]) == (7 + 42 + 5 - 40, replenishment.LATER)
    # 40 last 14 days and 19 ÷ 4 more
    assert row["cover"] == D("18.8")
    # one a day for 28 days, then eight a day
    level = replenishment.suggestion(_row((7, 7, 7, 7)), DAY)
    assert level["order_by"] == DAY + timedelta(days=28 - 7)
    assert replenishment.suggestion(_row((7, 0, 0, 0), available=D(100)), DAY)["status"] == replenishment.ENOUGH


def test_days_short_cost_what_is_asked_for_on_them() -> None:
    # 9 last the week of 7 and one day of 14; an order of today comes on day 9: a day without its 2, 7 of margin each
    row = replenishment.suggestion(_row((7, 14, 28), available=D(9), lead_time_days=D(9)), DAY)
    assert (row["stockout_on"], row["days_short"], row["units_short"]) == (DAY + timedelta(days=8), 1, 2)
    assert (row["margin_at_risk"], row["status"]) == (14, replenishment.NOW)


def _write(as_of: date, weeks: dict[str, list[float]], **other: Any) -> None:
    """A run as the job keeps it: smooth demand, errors of 20 × √weeks × the normal factor, in pieces half of it."""
    normal = [formulas.z_of(level) for level in LEVELS]
    with db.transaction(1) as cursor:
        cursor.execute("delete from forecast_runs")
        cursor.execute(
            "insert into forecast_runs (store_id, as_of, status, is_backcast) values (1, %s, %s, %s) returning run_id",
            (as_of, other.get("status", "done"), other.get("is_backcast", False)),
        )
        (run,) = cursor.fetchone() or (0,)
        total = np.sum(list(weeks.values()), axis=0).tolist()
        series = [("product", key, units) for key, units in weeks.items()]
        for level, key, units in (*series, ("category", "", total), ("store", "", total)):
            cursor.execute(
                "insert into forecasts (store_id, run_id, measure, level, grain, series_key, kind, models, first_day, forecast, "
                "lo_80, hi_80, lo_95, hi_95, sum_lo_80, sum_hi_80, sum_lo_95, sum_hi_95, naive, base, scale, fingerprint) "
                "select 1, %s, 'units', %s, 'week', %s, 'smooth', 'SES', %s, a, a, a, a, a, a, a, a, a, a, a, 0.5, '' "
                "from (select %s::double precision[] as a) as f",
                (run, level, key, as_of + timedelta(days=1), units),
            )
        for model, wape in (("Ensemble", other.get("ours", 0.3)), ("WindowAverage", 0.4)):
            cursor.execute(
                "insert into forecast_scores (store_id, run_id, measure, level, grain, kind, model, step, series, wape, weight) "
                "values (1, %s, 'units', 'product', 'week', 'smooth', %s, 0, 3, %s, 1)",
                (run, model, wape),
            )
        for step in range(1, 27):
            cursor.execute(
                "insert into forecast_quantiles values (1, %s, 'units', 'product', 'week', 'smooth', %s, true, %s)",
                (run, step, [20 * step**0.5 * each for each in normal]),
            )


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    stock_shop.bring(tmp_path_factory.mktemp("shop"))
    with db.transaction(1) as cursor:
        cursor.execute("update suppliers set lead_time_days = 20, minimum_order = 30, pack_size = 12 where sku = 'MUG'")


RISING = [float(each) for each in range(10, 36)]


@pytest.fixture
def said(shop: None) -> dict[str, str]:
    """A run of the last day: mugs rise from 10 a week by one each, cards are asked for evenly, of shirts nothing is said."""
    keys = dict(replenishment.suggestions(NOW)[["sku", "product_key"]].itertuples(index=False))
    _write(date(2026, 5, 31), {keys["MUG"]: RISING, keys["CARD"]: [5.0] * 26, keys["SHIRT-L"]: [0.0] * 26})
    return keys


def _of(sku: str, frame: pd.DataFrame) -> dict[str, Any]:
    return frame[frame["sku"] == sku].iloc[0].to_dict()


def test_a_product_that_is_forecast_is_planned_by_that_and_others_as_before(said: dict[str, str]) -> None:
    found = replenishment.suggestions(NOW)
    mug = _of("MUG", found)
    assert mug["demand_basis"] == "forecast of Sun 31 May 2026"
    # the 20 days of lead time take 10, 11 and six days of 12; the 30 after them a day of 12, 13, 14, 15, 16 and a day of 17
    assert mug["lead_demand"] == (D(21) + D(72) / 7).quantize(D("0.001"))
    assert mug["cover_demand"] == (D(12 + 17) / 7 + 58).quantize(D("0.001"))
    assert mug["safety_stock"] > mug["at_once"] > 0 and mug["error_middle"] == 0
    # half of 20 × √2 or √3 weeks, 20 days being between them
    at_ninety = (2**0.5 + (20 / 7 - 2) * (3**0.5 - 2**0.5)) * 10 * formulas.z_of(0.9)
    assert float(mug["deviation"]) * 20**0.5 * 1.281552 == pytest.approx(at_ninety, abs=1e-3)
    shirt = _of("SHIRT-L", found)
    assert shirt["demand_basis"] == shirt["velocity_basis"] and shirt["error_level"] is None
    assert _of("CARD", found)["error_level"] == mug["error_level"], "one level for all of one target"


def _again(said: str) -> Decimal:
    """What anyone types into a calculator."""
    for sign, code in (("×", "*"), ("÷", "/"), ("−", "-"), ("²", "**2"), ("√(", "sqrt(")):
        said = said.replace(sign, code)
    written = re.sub(r"(?<![\d*])\d+(\.\d+)?", lambda found: f"D('{found[0]}')", said)
    return eval(written, {"D": D, "sqrt": Decimal.sqrt})


def test_every_number_of_every_suggestion_is_what_its_arithmetic_comes_to(said: dict[str, str]) -> None:
    told = 0
    for row in replenishment.planned(NOW):
        for step in arithmetic.of_row(row):
            numbers, value = step["with_numbers"], step["value"]
            if not numbers or value is None or "unknown" in numbers or step["number"] == "order_by":
                continue
            again = _again(numbers.split(";")[0])
            if step["number"] == "suggested_order":
                again = D(0) if not again > 0 else formulas.rounded_up(again, row["minimum_order"], row["pack_size"])
                again = value if row["velocity"] <= 0 and row["error_level"] is None else again
            assert again.quantize(value) == value, (row["sku"], step)
            told += 1
    assert told > 40
    names = set(arithmetic.of(NOW, "MUG")["number"])
    assert names >= {
        "lead_demand",
        "cover_demand",
        "error_level",
        "error_at",
        "at_once",
        "safety_stock",
        "reorder_point",
    }


def test_orders_leave_as_much_missing_as_the_target_allows(said: dict[str, str]) -> None:
    found = replenishment.suggestions(NOW)
    rows = found[found["error_level"].notna()]
    level = float(rows["error_level"].iloc[0])
    brought = sum(rows["cover_demand"] + rows["at_once"])
    # errors of a normal distribution: what lies beyond a level, counted out
    draws = np.array([formulas.z_of(each) for each in (np.arange(20_000) + 0.5) / 20_000])
    spread = [float(each) / formulas.z_of(level) for each in rows["error_at"]]
    short = sum(
        np.maximum(each * draws - float(at), 0).mean() for each, at in zip(spread, rows["error_at"], strict=True)
    )
    assert short / float(brought) == pytest.approx(0.75 * 0.05, abs=0.006)


def test_projection_and_what_if_follow_the_forecast(said: dict[str, str]) -> None:
    days = projection.of(NOW, "MUG")
    weekly = days.groupby(np.arange(len(days)) // 7)["demand"].sum()
    assert [round(each) for each in weekly] == [int(each) for each in RISING]
    assert len(set(projection.of(NOW, "CARD")["demand"])) == 1
    more = replenishment.suggestions(NOW, Change(demand=D("1.5")))
    assert _of("MUG", more)["lead_demand"] == (D("46.929")).quantize(D("0.001"))
    table = what_if.compared(NOW, Change(D("0.99"), D("1.5"), D("1.2"))).set_index("number")
    assert table.loc["safety_value", "difference"] > 0 and 0 < table.loc["kept_service", "changed"] < 1


@pytest.mark.parametrize(
    ("days_old", "other", "is_planned"),
    [
        (14, {}, True),
        (15, {}, False),
        (-1, {}, False),
        (0, {"is_backcast": True}, False),
        (0, {"status": "running"}, False),
    ],
)
def test_a_forecast_plans_for_14_days_and_only_what_was_known_then(
    said: dict[str, str], days_old: int, other: dict[str, Any], is_planned: bool
) -> None:
    _write(date(2026, 5, 31) - timedelta(days=days_old), {said["MUG"]: RISING}, **other)
    mug = _of("MUG", replenishment.suggestions(NOW))
    assert (mug["error_level"] is not None) == is_planned


def test_a_store_may_plan_without_forecasts_and_a_part_of_it_always_does(said: dict[str, str]) -> None:
    settings.save(1, settings.StockSettings(forecast_days=D(0)))
    try:
        assert _of("MUG", replenishment.suggestions(NOW))["error_level"] is None
    finally:
        settings.save(1, settings.StockSettings())
    assert _of("MUG", replenishment.suggestions(NOW))["error_level"] is not None
    channel = db.read("stores/choices", store_ids=[1]).query("what == 'channel'")["value"].iloc[0]
    part = Scope(1, stop=DAY, currency="EUR", channels=(channel,))
    assert _of("MUG", replenishment.suggestions(part))["demand_basis"].endswith("days in stock")


def test_forecasts_that_were_no_better_than_the_last_weeks_do_not_plan(said: dict[str, str]) -> None:
    _write(date(2026, 5, 31), {said["MUG"]: RISING}, ours=0.3921)
    mug = _of("MUG", replenishment.suggestions(NOW))
    assert (mug["error_level"], mug["demand_basis"]) == (None, mug["velocity_basis"] + foreseen.NO_BETTER)
    _write(date(2026, 5, 31), {said["MUG"]: RISING}, ours=0.3919)
    assert _of("MUG", replenishment.suggestions(NOW))["error_level"] is not None


def test_what_people_say_instead_is_planned_with_however_good_forecasts_were(said: dict[str, str]) -> None:
    _write(date(2026, 5, 31), {said["MUG"]: RISING, said["CARD"]: [5.0] * 26}, ours=0.5)
    with db.transaction(1) as cursor:
        cursor.execute(
            "insert into forecast_overrides (store_id, measure, level, series_key, first_day, last_day, kind, value, reason) "
            "values (1, 'units', 'product', %s, '2026-06-01', '2026-06-07', 'amount', 40, 'a fair')",
            (said["MUG"],),
        )
    try:
        found = replenishment.suggestions(NOW)
        mug = _of("MUG", found)
        assert _of("CARD", found)["error_level"] is None
        assert mug["lead_demand"] == (D(40 + 11) + D(72) / 7).quantize(D("0.001"))
    finally:
        with db.transaction(1) as cursor:
            cursor.execute("delete from forecast_overrides")


def test_forecasts_that_are_not_there_leave_every_row_as_it_was(shop: None) -> None:
    rows = [{"velocity": D(2), "velocity_basis": "90 days in stock"}]
    foreseen.plan(rows, None, None, D(1))
    assert rows[0]["_outlook"] == even(D(2)) and rows[0]["demand_basis"] == "90 days in stock"
    assert {rows[0][name] for name in foreseen.COLUMNS[1:]} == {None}
