"""What a range of days is compared with: other days, the mean of several, the same event."""

from datetime import date, timedelta
from decimal import Decimal

import pandas as pd
import pytest

from analytics import comparisons, means
from analytics.comparisons import Known
from analytics.errors import Refused
from analytics.scope import Scope

START, STOP = date(2026, 3, 2), date(2026, 3, 9)
ANY = Known()


def days(start: date, stop: date, comparison: str, known: Known = ANY) -> tuple[str, str]:
    """The compared days, first and last."""
    found = comparisons.of(start, stop, comparison, known)
    assert found is not None
    return str(found.start), str(found.stop - timedelta(days=1))


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        ("previous period", ("2026-02-23", "2026-03-01")),
        ("same dates last year", ("2025-03-02", "2025-03-08")),
        ("same weekdays last year", ("2025-03-03", "2025-03-09")),
        ("last four same weekdays", ("2026-02-23", "2026-03-01")),
    ],
)
def test_a_week_is_compared_with(comparison: str, expected: tuple[str, str]) -> None:
    assert days(START, STOP, comparison) == expected


def test_without_a_comparison_there_is_none() -> None:
    assert comparisons.of(START, STOP, "no comparison") is None


def test_a_comparison_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(ValueError, match="last week"):
        comparisons.of(START, STOP, "last week")


def test_the_29th_of_february_is_compared_with_the_28th() -> None:
    assert days(date(2024, 2, 29), date(2024, 3, 1), "same dates last year") == ("2023-02-28", "2023-02-28")


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        # the first three days of the other period, not the last three of it
        ("previous period", ("2026-02-23", "2026-02-25")),
        ("same weekdays last year", ("2025-03-03", "2025-03-05")),
        ("last four same weekdays", ("2026-02-23", "2026-02-25")),
    ],
)
def test_a_period_that_is_not_over_is_compared_with_the_same_part(comparison: str, expected: tuple[str, str]) -> None:
    assert days(START, STOP, comparison, Known(last_day=date(2026, 3, 4))) == expected


def test_the_last_four_same_weekdays_of_a_day_are_a_week_apart() -> None:
    found = comparisons.of(date(2026, 3, 6), date(2026, 3, 7), "last four same weekdays")
    assert found is not None
    ranges = found.scope(Scope(1)).ranges()
    assert [str(each.start) for each in ranges] == ["2026-02-27", "2026-02-20", "2026-02-13", "2026-02-06"]
    assert {each.stop - each.start for each in ranges if each.start and each.stop} == {timedelta(days=1)}


def test_ranges_longer_than_a_week_move_by_whole_weeks() -> None:
    found = comparisons.of(date(2026, 3, 2), date(2026, 3, 12), "last four same weekdays")  # ten days
    assert found is not None and (found.every, found.repeats) == (14, 4)
    assert found.start == date(2026, 2, 16)


def test_ranges_before_the_data_begin_are_left_out_of_the_mean() -> None:
    known = Known(first_day=date(2026, 2, 10))
    found = comparisons.of(START, STOP, "last four same weekdays", known)  # 23 and 16 February, not 9 and 2
    assert found is not None and found.repeats == 2


@pytest.mark.parametrize(
    ("start", "last", "words", "expected"),
    [
        ("2025-04-14", "2025-04-20", "Easter 2025-04-20 against Easter 2024-03-31", ("2024-03-25", "2024-03-31")),
        (
            "2025-11-24", "2025-11-30", "Black Friday 2025-11-28 against Black Friday 2024-11-29",
            ("2024-11-25", "2024-12-01"),
        ),
        ("2025-12-01", "2025-12-01", "Cyber Monday 2025-12-01 against Cyber Monday 2024-12-02", ("2024-12-02",) * 2),
        ("2025-10-18", "2025-10-20", "Diwali 2025-10-20 against Diwali 2024-10-31", ("2024-10-29", "2024-10-31")),
        ("2025-03-30", "2025-03-30", "Eid al-Fitr 2025-03-30 against Eid al-Fitr 2024-04-10", ("2024-04-10",) * 2),
        ("2025-06-06", "2025-06-06", "Eid al-Adha 2025-06-06 against Eid al-Adha 2024-06-16", ("2024-06-16",) * 2),
        (
            "2025-01-27", "2025-01-29", "Chinese New Year 2025-01-29 against Chinese New Year 2024-02-10",
            ("2024-02-08", "2024-02-10"),
        ),
        ("2025-11-11", "2025-11-11", "Singles' Day 2025-11-11 against Singles' Day 2024-11-11", ("2024-11-11",) * 2),
        ("2025-05-05", "2025-05-11", "Mother's Day 2025-05-11 against Mother's Day 2024-05-12", ("2024-05-06", "2024-05-12")),
        # seven days before Christmas is still near it; the days keep their distance from the event
        ("2025-12-18", "2025-12-18", "Christmas 2025-12-25 against Christmas 2024-12-25", ("2024-12-18",) * 2),
    ],
)  # fmt: skip
def test_an_event_is_compared_with_itself_a_year_earlier(
    start: str, last: str, words: str, expected: tuple[str, str]
) -> None:
    first, stop = date.fromisoformat(start), date.fromisoformat(last) + timedelta(days=1)
    found = comparisons.of(first, stop, "same event last year")
    assert found is not None and found.words == words
    assert days(first, stop, "same event last year") == expected


def test_an_event_in_the_days_comes_before_one_beside_them() -> None:
    # Black Friday, 28 November, weighs more and lies three days before
    assert comparisons.event_of(date(2025, 12, 1), date(2025, 12, 2)) == ("Cyber Monday", date(2025, 12, 1))


def test_of_events_beside_the_days_the_nearest_is_meant() -> None:
    assert comparisons.event_of(date(2025, 11, 17), date(2025, 11, 18)) == ("Singles' Day", date(2025, 11, 11))


def test_mothering_sunday_is_an_event_of_two_countries() -> None:
    day = date(2026, 3, 9)  # Mothering Sunday is the 15th, Eid the 20th
    assert comparisons.event_of(day, day + timedelta(days=1), ("GB",)) == ("Mothering Sunday", date(2026, 3, 15))
    assert comparisons.event_of(day, day + timedelta(days=1), ("DE",)) is None


def test_days_without_an_event_are_refused_in_words() -> None:
    with pytest.raises(Refused, match="No event lies in these days or within 7 days of them"):
        comparisons.of(date(2026, 8, 3), date(2026, 8, 10), "same event last year")


def test_a_mean_divides_sums_and_takes_ratios_of_sums() -> None:
    latest = pd.DataFrame(
        {
            "value": ["web", "pos"], "currency": ["EUR", "EUR"], "gross_sales": [Decimal(60), Decimal(10)],
            "discounts": [Decimal(0), Decimal(0)], "orders": [2, 1], "average_order_value": [Decimal(30), Decimal(10)],
            "gross_profit": [Decimal(5), None],
        }
    )  # fmt: skip
    earlier = latest.iloc[:1].assign(gross_sales=[Decimal(40)], orders=[8], average_order_value=[Decimal(5)])
    found = means.of([latest, earlier], 7).set_index("value")
    assert found.loc["web", "gross_sales"] == 50 and found.loc["web", "orders"] == 5
    assert found.loc["web", "average_order_value"] == 10  # 100 ÷ 10, not (30 + 5) ÷ 2
    assert found.loc["pos", "gross_sales"] == 5  # not sold in the other range: 0 there
    assert found.loc["pos", "gross_profit"] is None


def test_days_of_several_ranges_meet_on_the_latest() -> None:
    frames = [pd.DataFrame({"day": [day], "units": [units]}) for day, units in ((START, 4), (date(2026, 2, 23), 2))]
    found = means.of(frames, 7)
    assert found.to_dict("records") == [{"day": START, "units": 3}]


def test_a_mean_of_ranges_asks_for_each_and_a_single_range_once() -> None:
    asked: list[Scope] = []

    def sold(scope: Scope) -> pd.DataFrame:
        asked.append(scope)
        return pd.DataFrame({"currency": ["EUR"], "units": [len(asked)]})

    four = Scope(1).repeated(START, STOP, 4, 7)
    assert comparisons.answer(sold, four)["units"].tolist() == [Decimal("2.5")]
    assert [str(each.start) for each in asked] == ["2026-03-02", "2026-02-23", "2026-02-16", "2026-02-09"]
    assert comparisons.answer(sold, Scope(1, START, STOP))["units"].tolist() == [5]


def test_several_ranges_reach_no_query_and_no_other_shape_of_answer() -> None:
    four = Scope(1).repeated(START, STOP, 4, 7)
    with pytest.raises(Refused, match="mean of several ranges"):
        four.params()
    with pytest.raises(Refused, match="mean of several ranges"):
        comparisons.answer(lambda scope: 1, four)
