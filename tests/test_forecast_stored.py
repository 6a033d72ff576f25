"""Forecasts as they are read: with what people said in them, summed to the month's end, over lead times, against what came."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import forecast_shop
from analytics import db, stores, targets
from analytics.errors import Refused
from analytics.forecasts import ahead, job, overrides, projection, stored
from analytics.forecasts.ahead import Ahead
from analytics.forecasts.intervals import LEVELS
from analytics.scope import Scope
from forecast_shop import LAST, STORE, bring_lines, engine, line, scope

NEXT = LAST + timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The shop with one run, and one as if made four weeks earlier."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        engine(patch, [])
        patch.setattr(job, "LOOK_BACK", (4,))
        store = forecast_shop.bring(tmp_path_factory.mktemp("clay"))
        job.run(store)
        yield store


def first_weeks(measure: str, level: str, key: str = "", weeks: int = 3) -> list[float]:
    return list(stored.steps(scope(), measure, level, "week", key)["forecast"].iloc[:weeks])


def say(store: int, **row: Any) -> int:
    usual = {"first_day": NEXT, "last_day": NEXT + timedelta(days=13), "reason": "a fair", "made_by": "Ada"}
    return overrides.save(store, usual | row)


def test_what_is_said_of_the_shop_spreads_over_its_products_and_what_is_said_of_one_moves_the_shop(shop: int) -> None:
    before = {key: first_weeks("units", "product", key) for key in ("CUP", "BOWL", "VASE", "HOOK")}
    store = first_weeks("units", "store")
    version = job.state(shop)
    assert version["is_current"]
    one = say(shop, measure="units", level="store", kind="percent", value=10)
    assert first_weeks("units", "store") == pytest.approx([1.1 * store[0], 1.1 * store[1], store[2]], abs=3e-4)
    for key, was in before.items():
        assert first_weeks("units", "product", key) == pytest.approx([1.1 * was[0], 1.1 * was[1], was[2]], abs=2e-4)
    two = say(shop, measure="units", level="product", series_key="CUP", kind="amount", value=100)
    assert first_weeks("units", "product", "CUP")[:2] == [100, 100]
    assert first_weeks("units", "product", "BOWL")[0] == pytest.approx(1.1 * before["BOWL"][0], abs=2e-4)
    more = 100 - 1.1 * before["CUP"][0]
    assert first_weeks("units", "store")[0] == pytest.approx(1.1 * store[0] + more, abs=4e-4)
    steps = {level: stored.steps(scope(), "units", level) for level in ("store", "category", "product")}
    sums = {level: each.groupby("day")["forecast"].sum().round(4) for level, each in steps.items()}
    assert list(sums["store"]) == list(sums["category"]) == list(sums["product"]), "to the last digit"
    own = steps["store"].iloc[0]
    assert own["override"] and own["model_forecast"] == store[0]
    assert own["hi_80"] - own["forecast"] == pytest.approx(own["forecast"] - own["lo_80"], abs=3e-4), (
        "the interval went with it"
    )
    days = stored.steps(scope(), "units", "store", "day")
    assert days["forecast"].iloc[:7].sum() == pytest.approx(own["forecast"], abs=1e-3)
    assert not days["override"].iloc[14:].any()
    lead = ahead.lead_time(shop, ["CUP", "NOBODY"], [7, 7])
    assert lead["mean"].iloc[0] == 100 and np.isnan(lead["mean"].iloc[1])
    assert job.state(shop)["is_current"], "the forecasts are still of the data"
    for number in (one, two):
        overrides.withdraw(shop, number)
    assert first_weeks("units", "store") == store and list(overrides.of(scope())["withdrawn_at"].isna()) == [
        False,
        False,
    ]
    with pytest.raises(Refused, match="taken back before"):
        overrides.withdraw(shop, one)


def test_what_is_said_of_a_channel_moves_the_shop_and_its_categories_share_it(shop: int) -> None:
    web, store = first_weeks("net_sales", "channel", "web")[0], first_weeks("net_sales", "store")[0]
    table = first_weeks("net_sales", "category", "Table")[0]
    one = say(shop, measure="net_sales", level="channel", series_key="web", currency="EUR", kind="percent", value=-50)
    now = first_weeks("net_sales", "store")[0]
    assert now == pytest.approx(store - web / 2, abs=1e-3)
    assert first_weeks("net_sales", "category", "Table")[0] == pytest.approx(table * now / store, abs=1e-3)
    assert first_weeks("net_sales", "channel", "shop")[0] == pytest.approx(store - web, abs=1e-3)
    # said after it, a category's amount holds as it is, and moves the shop from where it had been moved to
    two = say(
        shop, measure="net_sales", level="category", series_key="Table", currency="EUR", kind="amount", value=2000
    )
    assert first_weeks("net_sales", "category", "Table")[0] == 2000
    assert first_weeks("net_sales", "store")[0] == pytest.approx(now + 2000 - table * now / store, abs=1e-3)
    for number in (one, two):
        overrides.withdraw(shop, number)


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ({"reason": " "}, "Write why"),
        ({"kind": "percent", "value": -101}, "from -100"),
        ({"kind": "amount", "value": -1}, "0 or more"),
        ({"level": "product"}, "Which product"),
        ({"level": "channel"}, "Nothing can be said of units by channel"),
        ({"last_day": NEXT - WEEK}, "before it begins"),
        ({"last_day": NEXT + 30 * WEEK}, "At most 26 weeks"),
        ({"value": None}, "How much"),
    ],
)
def test_what_cannot_be_said_is_refused_with_its_reason(shop: int, row: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        say(shop, **({"measure": "units", "level": "store", "kind": "percent", "value": 10} | row))


def test_an_override_counts_in_whole_weeks(shop: int) -> None:
    one = say(
        shop,
        measure="units",
        level="store",
        kind="amount",
        value=70,
        first_day=NEXT + timedelta(days=9),
        last_day=NEXT + timedelta(days=9),
    )
    said = overrides.of(scope()).iloc[-1]
    assert (said["first_day"], said["last_day"]) == (NEXT + WEEK, NEXT + timedelta(days=13))
    assert first_weeks("units", "store")[1] == 70
    overrides.withdraw(shop, one)


def test_people_are_held_against_what_came_beside_the_models(shop: int) -> None:
    then = LAST - 4 * WEEK
    with db.transaction() as cursor:
        # as if the shop had forecast then, and somebody had said 40 cups a week on that Monday
        cursor.execute(
            "update forecast_runs set is_backcast = false, finished_at = as_of + 1 where as_of = %s", (then,)
        )
        cursor.execute(
            "insert into forecast_overrides (store_id, measure, level, series_key, first_day, last_day, kind, value, reason, made_at)"
            " values (%s, 'units', 'product', 'CUP', %s, %s, 'amount', 40, 'a fair', %s)",
            (shop, then + timedelta(days=1), LAST, then + timedelta(days=1)),
        )
    rows = stored.scores(scope()).set_index("model")
    # came 35, 36, 35, 36 = 142; 40 was said, off by 5 + 4 + 5 + 4; the models said 35.5, off by 4 times a half
    assert rows.loc["Override", "wape"] == pytest.approx(18 / 142) and rows.loc["Override", "bias"] == pytest.approx(
        18 / 142
    )
    assert rows.loc["Ensemble without the override", "wape"] == pytest.approx(2 / 142)
    with db.transaction() as cursor:
        cursor.execute("update forecast_overrides set made_at = made_at + interval '23 hours' where value = 40")
    said = stored.said(scope(), "units", "product", 4, "CUP")
    assert list(said["forecast"]) == [40] * 4 and list(said["model_forecast"]) == [35.5] * 4 and said["override"].all()
    with db.transaction() as cursor:
        cursor.execute("update forecast_overrides set made_at = made_at + interval '2 days' where value = 40")
    assert list(stored.said(scope(), "units", "product", 4, "CUP")["forecast"]) == [35.5] * 4, (
        "nobody had said it by then"
    )
    late = stored.scores(scope()).set_index("model")
    # the week that was under way is told too late: 36, 35, 36 = 107 came
    assert late.loc["Override", "wape"] == pytest.approx(13 / 107)
    with db.transaction() as cursor:
        cursor.execute("delete from forecast_overrides where made_at < now() - interval '1 day'")
        cursor.execute("update forecast_runs set is_backcast = true where as_of = %s", (then,))


def test_a_months_end_is_what_came_and_the_forecast_of_the_days_left(shop: int) -> None:
    targets.save(shop, [{"month": date(2026, 8, 1), "metric": "net_sales", "currency": "EUR", "amount": Decimal(7000)}])
    days = stored.steps(scope(), "net_sales", "store", "day")
    row = projection.month_end(scope()).iloc[0]
    # 23 days of 210, and two Mondays with 100 more; 8 days left, as sure as 8 days are: 20 % of a day's 222.50, times √8
    assert (row["month"], row["through"], row["so_far"]) == (date(2026, 8, 1), LAST, Decimal("5030"))
    rest = round(Decimal(repr(float(days["forecast"].iloc[:8].sum()))), 2)
    assert row["rest"] == rest and row["projected"] == 5030 + rest
    assert float(row["projected"] - row["lo_80"]) == pytest.approx(44.5 * 8**0.5, abs=0.011)
    assert float(row["hi_80"] - row["projected"]) == pytest.approx(44.5 * 8**0.5, abs=0.011)
    assert row["target"] == 7000 and row["why"] is None and row["said_on"] == LAST
    web = projection.month_end(Scope(shop, channels=("web",))).iloc[0]
    shop_too = projection.month_end(Scope(shop, channels=("web", "shop"))).iloc[0]
    assert web["rest"] < rest and abs(shop_too["rest"] - rest) <= Decimal("0.01")
    assert projection.month_end(Scope(shop, countries=("DE",))).iloc[0]["projected"] is None


def test_days_that_came_since_count_as_they_came(shop: int, tmp_path: Path) -> None:
    days = stored.steps(scope(), "net_sales", "store", "day")
    rows = [forecast_shop.HEADER, *(line(f"new-{at}", NEXT + timedelta(days=at), "CUP", 100) for at in range(2))]
    bring_lines(tmp_path / "new.csv", rows)
    row = projection.month_end(scope()).iloc[0]
    assert row["so_far"] == 7030 and row["through"] == NEXT + timedelta(days=1) and row["said_on"] == LAST
    assert float(row["rest"]) == pytest.approx(days["forecast"].iloc[2:8].sum(), abs=0.006)
    assert float(row["hi_80"] - row["projected"]) == pytest.approx(44.5 * 6**0.5, abs=0.011)
    with db.transaction() as cursor:
        cursor.execute("update forecast_runs set as_of = as_of - 30")
    assert "too old" in projection.month_end(scope()).iloc[0]["why"]
    with db.transaction() as cursor:
        cursor.execute("update forecast_runs set as_of = as_of + 30")


def test_demand_over_a_lead_time_is_in_parts_of_weeks_and_its_error_grows_with_them() -> None:
    sums = np.tile(np.array([1.0, 2.0, 3.0]), (len(LEVELS), 1)) * np.arange(len(LEVELS))[:, None]
    found = Ahead(
        1,
        LAST,
        NEXT,
        {"CUP": 0},
        np.array([[7.0, 14.0, 21.0]]),
        np.array([2.0]),
        np.array(["smooth"]),
        {"smooth": sums},
        np.array([False]),
        pd.DataFrame(),
    )
    rows = np.zeros(4, dtype=int)
    days = np.array([7.0, 10.0, 21.0, 28.0])
    # a week, and three days of 14; beyond the last week it goes on as in the weeks before: 14 a week
    assert found.mean(rows, NEXT, days) == pytest.approx([7, 13, 42, 56])
    assert found.mean(rows[:1], NEXT + WEEK, np.array([7.0])) == pytest.approx([14])
    at = LEVELS.index(0.9)
    assert found.errors(rows[:2], np.array([7.0, 14.0]), 0.9) == pytest.approx([2 * at, 2 * 2 * at])
    assert found.errors(rows[:1], np.array([7 / 4]), 0.9) == pytest.approx([2 * at / 2]), (
        "a quarter of a week: half as far off"
    )
    assert 2 * at < found.errors(rows[:1], np.array([7.0]), 0.92)[0] < 2 * (at + 1), "between two levels"
    with pytest.raises(ValueError, match="a level is from"):
        found.errors(rows[:1], np.array([7.0]), 0.4)


def test_a_shop_that_is_not_forecast_says_so(shop: int) -> None:
    with db.transaction() as cursor:
        stores.claim(cursor, "Quiet")
    assert projection.month_end(Scope(stores.find("Quiet"))).empty
    assert stored.latest(Scope(stores.find("Quiet")))["status"].iloc[0] == "none"
    assert stored.steps(Scope(stores.find("Quiet"))).empty and isinstance(stored.components(scope()), pd.DataFrame)
    with pytest.raises(Refused, match="no forecasts of units by channel"):
        stored.series(Scope(stores.find(STORE)), "units", "channel")
