"""The curve of what spend brings: a known one is found inside its interval, and where nothing can be told it is refused."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from analytics.ads import diminishing, saturation
from analytics.ads.diminishing import _Days, in_words, refused
from analytics.ads.saturation import Vector
from tests.bench import advertising

FIRST = date(2025, 6, 2)


def days(spend: Vector, periods: str = "0") -> _Days:
    """Days of spend with sales that do not matter."""
    return _Days(FIRST, spend, np.full(len(spend), 500.0), saturation.controls(len(spend), 0), Decimal(periods))


def test_a_known_curve_is_inside_its_80_percent_interval_in_three_of_four_shops() -> None:
    found = advertising.measured(60)
    assert found["brought_in_interval"] >= 0.75 and found["next_in_interval"] >= 0.75
    # an interval that holds everything would hold the truth, too
    assert found["brought_width"] < 1.5 and found["next_width"] < 0.8 and abs(found["next_off"]) < 0.15


def test_ads_that_do_nothing_are_not_told_to_bring_something() -> None:
    chance = np.random.default_rng(7)
    held, inside = saturation.controls(400, 0), 0
    for _ in range(30):
        spend = chance.lognormal(3, 0.5, 400)
        fitted = saturation.fit(spend, 1000 + chance.normal(0, 100, 400), held)
        _, low, high = saturation.interval(fitted.brought(np.array([30.0])))
        inside += bool(low[0] <= 0 <= high[0])
    assert inside >= 21


def test_spend_that_hardly_varied_is_refused_in_words() -> None:
    at = np.arange(300)
    by_weekday = 100 + 20 * (at % 7 == 0) + 0.1 * at
    said = refused("Meta Ads", days(by_weekday))
    assert said is not None and said.startswith("Spend on Meta Ads hardly varied")
    chance = np.random.default_rng(3)
    assert refused("Meta Ads", days(by_weekday * chance.lognormal(0, 0.3, 300))) is None


def test_too_few_days_and_reports_of_longer_periods_are_refused() -> None:
    spend = np.random.default_rng(3).lognormal(3, 0.5, 300)
    assert "is told of 60 days" in str(refused("Google Ads", days(spend[:60])))
    assert "20 of them with spend" in str(refused("Google Ads", days(np.append(np.zeros(100), spend[:20]))))
    assert "A curve needs spend by day" in str(refused("Google Ads", days(spend, "0.4")))


def test_spend_carried_over_keeps_its_sum_and_comes_later() -> None:
    spend = np.zeros(60)
    spend[20] = 100.0
    carried = saturation.carried_over(spend, 0.5)
    assert carried[:20].sum() == pytest.approx(0) and carried[20] == 50 and carried[21] == 25
    assert carried.sum() == pytest.approx(100)


def test_whether_the_next_100_pay_is_said_only_if_the_interval_says_it() -> None:
    row = {
        "platform_name": "Meta Ads", "currency": "EUR", "refused": None, "next_brings": Decimal(300), "next_lower": Decimal(250),
        "next_upper": Decimal(350), "contribution_margin": Decimal("0.5"),
    }  # fmt: skip
    assert in_words(row).endswith("they leave 150 EUR: it pays.")
    assert in_words(row | {"next_lower": Decimal(100)}).endswith("whether it pays is open.")
    assert in_words(
        row | {"next_upper": Decimal(190), "next_brings": Decimal(150), "next_lower": Decimal(90)}
    ).endswith("it does not pay.")
    assert in_words(row | {"next_lower": Decimal(-5)}).endswith("that cannot be told from nothing.")
    assert diminishing.NEXT == 100
