"""Days: what is compared with what, and what is over."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pandas as pd

from analytics import periods

START, STOP = date(2026, 3, 2), date(2026, 3, 9)


def test_an_unfinished_period_is_compared_with_as_much_of_the_other() -> None:
    assert periods.same_part(START, STOP, date(2026, 3, 5)) == date(2026, 3, 6)
    assert periods.same_part(START, STOP, date(2026, 3, 30)) == STOP
    assert periods.same_part(START, STOP, date(2026, 1, 1)) == STOP


def test_the_last_complete_day_is_yesterday_or_where_the_data_end() -> None:
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    assert periods.last_complete_day("UTC", None) == yesterday
    assert periods.last_complete_day("UTC", yesterday + timedelta(days=1)) == yesterday
    assert periods.last_complete_day("UTC", date(2024, 5, 29)) == date(2024, 5, 29)


def test_a_zone_that_nobody_knows_is_taken_for_utc() -> None:
    assert periods.yesterday("Atlantis/Capital") == periods.yesterday("UTC")


def test_the_default_is_28_days_and_none_before_the_data_begin() -> None:
    assert periods.default_days(date(2026, 3, 28), None) == (date(2026, 3, 1), date(2026, 3, 28))
    assert periods.default_days(date(2026, 3, 28), date(2026, 3, 20)) == (date(2026, 3, 20), date(2026, 3, 28))


def test_a_change_from_nothing_or_from_the_unknown_is_unknown() -> None:
    assert periods.change(Decimal(5), Decimal(0)) is None
    assert periods.change(None, Decimal(5)) is None
    assert periods.change(Decimal(6), Decimal(5)) == Decimal("0.2")
    assert periods.change(Decimal(-4), Decimal(-5)) == Decimal("0.2")


def test_a_series_stands_beside_the_compared_one_place_by_place() -> None:
    now = pd.DataFrame({"day": [START, START + timedelta(days=1)], "net_sales": [Decimal(6), Decimal(7)]})
    before = pd.DataFrame({"day": [date(2025, 3, 3)], "net_sales": [Decimal(5)]})
    found = periods.beside(now, before, "net_sales")
    assert found["before"].tolist() == [Decimal(5), None]
    assert found["before_day"].tolist() == [date(2025, 3, 3), None]
    assert found["change"].tolist() == [Decimal("0.2"), None]
