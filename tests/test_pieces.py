"""A range of days is the periods that lie nearest to it and the days by which they miss it: the same days, each once."""

from collections import Counter
from datetime import date, timedelta

import pytest

from analytics import periods, pieces
from analytics.pieces import Piece

FIRST = date(2024, 1, 1)


def days_of(piece: Piece) -> list[date]:
    """The days of the periods whose first day lies in a piece."""
    every = [piece.start + timedelta(days=number) for number in range((piece.stop - piece.start).days)]
    months = pieces.MONTHS_IN.get(piece.grain)
    if months is None:
        return every
    starts = [day for day in every if day.day == 1 and (day.month - 1) % months == 0]
    return [
        day + timedelta(days=number)
        for day in starts
        for number in range((periods.month_start(day, months) - day).days)
    ]


@pytest.mark.parametrize("lengths", [(), ("month",), ("month", "year"), ("quarter", "year")])
def test_the_pieces_of_a_range_are_its_days(lengths: tuple[str, ...]) -> None:
    for first in range(0, 400, 37):
        for length in (1, 9, 14, 15, 16, 31, 46, 90, 364, 366, 500):
            start = FIRST + timedelta(days=first)
            stop = start + timedelta(days=length)
            counted: Counter[date] = Counter()
            for piece in pieces.of(start, stop, lengths):
                for day in days_of(piece):
                    counted[day] += piece.sign
            asked = {start + timedelta(days=number): 1 for number in range(length)}
            assert {day: count for day, count in counted.items() if count} == asked, (start, stop)


def test_no_end_is_more_than_half_a_month_from_its_border() -> None:
    found = pieces.of(date(2024, 1, 17), date(2025, 3, 12), ("month", "year"))
    assert found == [
        Piece("day", date(2024, 1, 17), date(2024, 2, 1)),
        Piece("day", date(2025, 3, 1), date(2025, 3, 12)),
        Piece("month", date(2024, 1, 1), date(2024, 2, 1), -1),
        Piece("month", date(2025, 1, 1), date(2025, 3, 1)),
        Piece("year", date(2024, 1, 1), date(2025, 1, 1)),
    ]


def test_an_open_end_has_no_days_beside_its_periods() -> None:
    assert pieces.of(date.min, date.max, ("month", "year")) == [Piece("year", date.min, date.max)]
    assert pieces.of(date(2024, 1, 1), date.max, ("month",)) == [Piece("month", date(2024, 1, 1), date.max)]
