"""Cohorts of orders: what is known of them by age, what is projected, and how often that is right."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import returns_shop
import steady_shop
from analytics import db
from analytics.returns import cohorts, development
from analytics.returns.development import HORIZON, Triangle
from analytics.scope import Scope
from returns_shop import MONEY, PIECES, march
from tests.bench.returns import backtest

MONDAY = date(2026, 1, 5)


@pytest.fixture(scope="module", autouse=True)
def shops(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The hand-built shops and the steady one, only read by the tests."""
    folder = tmp_path_factory.mktemp("cohorts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        returns_shop.bring(folder)
        steady_shop.bring(folder)
        yield
        db.forget()


def rates_of(scope: Scope, grain: str = "week", measure: str = "orders") -> dict[tuple[str, int], dict[str, Any]]:
    rows = cohorts.of(scope, grain, measure).to_dict("records")
    return {(row["period"], row["age"]): row for row in rows}


# --- what is known


def test_a_cohort_has_what_came_back_by_each_age_of_its_orders() -> None:
    found = rates_of(march(PIECES))
    # L1 back after 10 days, L2 after 5, L3 after 6 and 42 (an order counts once), L4 cancelled: 3 of 4
    assert [(age, row["returned"], row["sold"]) for (week, age), row in found.items() if week == "week of 2 Mar 2026"] == [
        (7, 2, 4), (14, 3, 4), (30, 3, 4), (60, 3, 4), (90, 3, 4),
    ]  # fmt: skip
    value = rates_of(march(PIECES), "month", "value")
    assert [value["Mar 2026", age]["returned"] for age in cohorts.AGES] == [55, 85, 85, 110, 110]
    assert {row["sold"] for row in value.values()} == {260}
    units = rates_of(march(PIECES), "month", "units")
    assert [units["Mar 2026", age]["rate"] for age in (7, 60)] == [Decimal(2) / 13, Decimal(4) / 13]


def test_a_cell_is_known_once_the_last_order_is_old_enough() -> None:
    # the last day is 20 May: 31 March is 50 days old; 20 March, of the week that ends on the 22nd, 59
    found = rates_of(march(PIECES), "month")
    assert [found["Mar 2026", age]["is_known"] for age in cohorts.AGES] == [True, True, True, False, False]
    week = rates_of(march(PIECES))
    assert [week["week of 16 Mar 2026", age]["is_known"] for age in (30, 60)] == [True, False]
    # up to the 21st alone it is 60 days, up to the 22nd 59
    for stop, is_known in ((date(2026, 3, 22), True), (date(2026, 3, 23), False)):
        cut = rates_of(replace(march(PIECES), stop=stop))["week of 16 Mar 2026", 60]
        assert (cut["is_known"], cut["is_partial"]) == (is_known, is_known)


def test_too_few_mature_weeks_are_refused_in_words() -> None:
    found = rates_of(march(PIECES))
    assert {row["projected"] for row in found.values()} == {None}
    assert cohorts.refusal(march(PIECES)) == (
        "How returns develop is learnt from orders that are 90 days old, in 10 cohorts of a week each: for that orders of 166 days "
        "are needed, and those of 90 are there. Import older orders with their refunds, or wait."
    )
    assert "No file names the units" in cohorts.refusal(march(MONEY), "week", "units")
    assert cohorts.of(march(MONEY), "week", "units").empty


def test_a_refund_without_a_day_of_its_own_is_in_no_age() -> None:
    # of 88.00 the 50.00 of #1 have a day, 9 and 20 days later
    back = development.read(march(MONEY), date(2026, 3, 31))
    assert development.dated_share(back) == Decimal(50) / 88
    assert sorted(back["age"].dropna()) == [9, 20]
    # but the last day of data is that of the last order, 8 March: nothing of it is known by then
    assert {row["returned"] for row in rates_of(march(MONEY), "month", "value").values()} == {0}
    assert "Only 0.0 % of what came back has a day of its own" in cohorts.refusal(march(MONEY))


def test_another_grain_or_measure_is_named() -> None:
    for grain, measure in (("quarter", "orders"), ("week", "profit")):
        with pytest.raises(ValueError, match=r"quarter|profit"):
            cohorts.of(march(PIECES), grain, measure)


# --- what is projected


def test_young_cohorts_of_a_steady_shop_are_projected_exactly() -> None:
    found = rates_of(steady_shop.scope(date(2026, 8, 31)))
    young = found["week of 31 Aug 2026", 30]
    # its seven shoes are back, its shirts are not; 1 of 5 will be 2 of 5
    assert (young["returned"], young["sold"], young["rate"], young["is_known"]) == (7, 35, Decimal("0.2"), False)
    assert [young[name] for name in ("projected", "lower", "upper")] == [Decimal("0.4")] * 3
    # 252 days: cohorts of whole weeks from 5 January to 8 June are 90 days old
    assert young["learnt_from"] == 23
    assert found["week of 31 Aug 2026", 7]["is_known"] and found["week of 31 Aug 2026", 7]["projected"] is None
    value = rates_of(steady_shop.scope(date(2026, 9, 1)), "month", "value")["Sep 2026", 90]
    # 13 days of September: shoes of eight are back; 30 + 10 of 100 will be
    assert (value["returned"], value["sold"], value["is_partial"]) == (240, 1300, True)
    assert (value["projected"], value["lower"], value["upper"]) == (Decimal("0.4"), Decimal("0.4"), Decimal("0.4"))
    assert cohorts.refusal(steady_shop.scope()) == cohorts.refusal(steady_shop.scope(), "month", "value") == ""


def made(weeks: int, share: Any, chance: np.random.Generator | None = None) -> Triangle:
    """Weeks of 400 orders, a part of which comes back evenly over 40 days; as it was, or drawn by chance."""
    days = weeks * 7
    sold, returned = np.full(days, 400 / 7), np.zeros((days, HORIZON + 1))
    for day in range(days):
        expected = 400 / 7 * share(day // 7) / 40
        returned[day, :40] = expected if chance is None else chance.poisson(expected, 40)
    return Triangle(MONDAY, sold, returned).until(days - 1)


def test_a_cohort_that_has_more_back_than_usual_is_expected_to_have_more_to_come() -> None:
    # every other week comes back three times as often: what a week shows so far says which it is
    known = made(52, lambda week: 0.3 if week % 2 else 0.1)
    for first, share in ((49 * 7, 0.3), (48 * 7, 0.1)):
        told = development.project(known, first, 7)
        assert told is not None
        assert told.returned / 400 < share * 0.7
        assert told.expected / 400 == pytest.approx(share, rel=0.15)


def test_the_interval_holds_four_of_five_and_is_no_wider_than_it_must() -> None:
    chance = np.random.default_rng(5)
    levels = chance.gamma(50, 0.1 / 50, 130)  # weeks differ by a seventh of their rate
    known = made(130, lambda week: levels[week], chance)
    for weeks, least_width in ((1, 0.02), (3, 0.012)):
        found = backtest(known, weeks)
        assert found["cohorts"] > 90
        assert 0.75 <= found["covered"] <= 0.93
        # chance alone: 1.28 deviations to each side of what is to come of 40, of which weeks × 7 / 40 came
        assert least_width < found["width"] < 2.2 * least_width / 0.75
        assert found["error"] < found["last_error"] and found["error"] < found["so_far_error"]


def test_one_of_two_weeks_without_returns_leaves_room_for_nothing_more() -> None:
    chance = np.random.default_rng(3)
    sold, returned = np.full(70 * 7, 10.0), np.zeros((70 * 7, HORIZON + 1))
    returned[np.arange(70) * 7 + chance.integers(0, 7, 70), 50] = chance.integers(0, 2, 70)
    sold[66 * 7 : 67 * 7] = 40.0  # four times as much: two are expected, and there may be none
    told = development.project(Triangle(MONDAY, sold, returned).until(70 * 7 - 1), 66 * 7, 7)
    assert told is not None
    assert told.lower == told.returned == 0 and told.expected > 1.5 and told.upper > 2.5


def test_what_nothing_teaches_is_not_projected() -> None:
    known = made(52, lambda week: 0.2)
    assert development.project(known.until(7 * 23 - 3), 7 * 21, 7) is None
    assert development.project(known.until(7 * 24), 7 * 22, 7) is not None


def test_several_stores_are_known_as_far_as_each_of_them_is() -> None:
    # Steady ends on 13 September, Pieces on 20 May, so long before that it holds nothing up
    assert development.as_of(()) == steady_shop.LAST
    assert development.as_of(march(PIECES).stores) == date(2026, 5, 20)
    assert development.as_of(march(PIECES).stores + march(MONEY).stores) == date(2026, 3, 8)
