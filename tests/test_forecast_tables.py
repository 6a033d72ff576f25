"""What becomes of a table before it is forecast: its stamps, its gaps, and what is refused."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.errors import Refused
from analytics.forecasts import stamps, table
from tests.forecast_series import table as series


def tidied(rows: list[tuple[str, object, object]], frequency: str | None = None) -> table.Table:
    """A table of some rows."""
    return table.tidied(pd.DataFrame(rows, columns=["unique_id", "ds", "y"]), frequency)


def following(rows: list[tuple[str, object, object]], frequency: str | None = None) -> list[str]:
    """The next two stamps of the first series."""
    found = tidied(rows, frequency)
    return list(map(str, stamps.written(found.panel.step, found.panel.last[0] + np.array([1, 2]), found.how)))


@pytest.mark.parametrize(
    ("days", "ahead"),
    [
        (["2024-02-27", "2024-02-28"], ["2024-02-29", "2024-03-01"]),
        (["2024-02-16", "2024-02-23"], ["2024-03-01", "2024-03-08"]),
        (["2024-01-08", "2024-01-22", "2024-02-05"], ["2024-02-19", "2024-03-04"]),
        (["2023-11-01", "2023-12-01"], ["2024-01-01", "2024-02-01"]),
        (["2023-11-30", "2023-12-31"], ["2024-01-31", "2024-02-29"]),
        (["2023-06-30", "2023-09-30", "2023-12-31"], ["2024-03-31", "2024-06-30"]),
        (["2022-01-01", "2023-01-01"], ["2024-01-01", "2025-01-01"]),
        (["24.12.2023", "31.12.2023"], ["2024-01-07", "2024-01-14"]),
        (["20240227", "20240228"], ["2024-02-29", "2024-03-01"]),
        (["1", "2"], ["3", "4"]),
        ([10, 20], ["30", "40"]),
        (["2024-03-01 00:00:00+00:00", "2024-03-02 00:00:00+00:00"], ["2024-03-03 00:00:00+00:00", "2024-03-04 00:00:00+00:00"]),
        # the days of Berlin in UTC, on both sides of the change of the clocks
        (["2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"], ["2024-04-01T23:00:00Z", "2024-04-02T23:00:00Z"]),
        (["2024-03-30T00:00+01:00", "2024-03-31T00:00+01:00", "2024-04-01T00:00+02:00"], ["2024-04-02T00:00:00", "2024-04-03T00:00:00"]),
        (["2024-03-01 22:00", "2024-03-01 23:00"], ["2024-03-02 00:00:00", "2024-03-02 01:00:00"]),
    ],
)  # fmt: skip
def test_the_frequency_is_found_and_stamps_go_on_as_they_were_written(days: list[object], ahead: list[str]) -> None:
    assert following([("a", day, n) for n, day in enumerate(days, 1)]) == ahead


def test_a_weekday_that_never_has_a_row_is_closed() -> None:
    days = [str(day.date()) for day in pd.date_range("2024-01-01", "2024-03-29", freq="B")]
    assert following([("a", day, n % 5 + 1) for n, day in enumerate(days)]) == ["2024-04-01", "2024-04-02"]
    assert tidied([("a", day, n % 5 + 1) for n, day in enumerate(days)]).panel.seasons == (5, 260)


def test_a_single_point_needs_a_frequency() -> None:
    with pytest.raises(Refused, match="Give --frequency"):
        following([("a", "2024-01-01", 1)])
    assert following([("a", "2024-01-31", 1)], "M") == ["2024-02-29", "2024-03-31"]


def test_counts_without_zeros_were_not_sold_where_a_row_is_missing() -> None:
    found = tidied([("a", "2024-01-01", 3), ("a", "2024-01-02", 5), ("a", "2024-01-04", 2)])
    assert found.panel.values.tolist() == [[3, 5, 0, 2]]
    assert found.notices == ("1 steps without a row count as 0: the table writes no zeros",)


def test_amounts_and_tables_that_write_zeros_are_drawn_through_their_gaps() -> None:
    found = tidied([("a", 1, 3.5), ("a", 2, 5.5), ("a", 3, None), ("a", 4, 6.5), ("a", 5, 7), ("a", 6, "NaN")])
    assert found.panel.values.tolist() == [[3.5, 5.5, 6.0, 6.5, 7.0]]
    found = tidied([("a", 1, 3), ("a", 3, 5), ("b", 1, 0)], "D")
    assert found.panel.values[0].tolist() == [3, 4, 5]


def test_unsorted_rows_and_series_of_other_ends_keep_their_own() -> None:
    found = tidied([("b", 3, 1), ("a", 2, 5), ("b", 2, 2), ("a", 1, 4)])
    assert found.panel.ids.tolist() == ["a", "b"]
    assert found.panel.values.tolist() == [[4, 5], [2, 1]] and found.panel.last.tolist() == [2, 3]


def test_a_series_without_a_value_is_named_and_left_out() -> None:
    found = tidied([("a", 1, 4), ("a", 2, 4), ("b", 1, None)])
    assert found.panel.ids.tolist() == ["a"]
    assert found.notices[0] == "1 series without any value are not forecast: b"


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([], "no rows"),
        ([("a", 1, 1), ("a", 1, 1)], "rows 0 and 1 are both of series a at 1"),
        ([("a", "2024-01-01", 1), ("a", "soon", 1)], r"row 1: ds \(soon\) is neither"),
        ([("a", None, 1)], "row 0: ds is empty"),
        ([("", 1, 1)], "row 0: unique_id is empty"),
        ([("a", 1, "much")], r"row 0: y \(much\) is not a number"),
        ([("a", 1, float("inf"))], "y is infinite"),
        ([("a", 1, None)], "No series has a value"),
        ([("a", "03/04/2024", 1), ("a", "03/05/2024", 1)], "month first or the day first"),
        ([("a", f"2024-01-{day}", 1) for day in ("01", "08", "15", "17")], "row 3: a has a point at 2024-01-17"),
        ([("a", f"2024-{day}", 1) for day in ("07-03", "08-03", "09-03", "09-30")], "rows 2 and 3 are both of series a within a month"),
    ],
)  # fmt: skip
def test_what_cannot_be_told_is_refused_with_its_row(rows: list[tuple[str, object, object]], why: str) -> None:
    with pytest.raises(Refused, match=why):
        tidied(rows)


def test_a_file_is_read_whatever_its_columns_order_delimiter_and_encoding(tmp_path: Path) -> None:
    file = tmp_path / "weeks.csv"
    file.write_bytes("y;Märkte;DS;unique_id\n1,5;x;2024-01-01;Müller\n2,5;x;2024-01-08;Müller\n".encode("cp1252"))
    found = table.tidied(table.read(file))
    assert found.panel.ids.tolist() == ["Müller"] and found.panel.values.tolist() == [[1.5, 2.5]]


def test_a_refusal_names_the_line_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "weeks.csv"
    file.write_text("unique_id,ds,y\na,2024-01-01,1\n\na,2024-01-08,x\n")
    with pytest.raises(Refused, match=r"line 4: y \(x\) is not a number"):
        table.tidied(table.read(file))
    file.write_text("unique_id,ds,y\na,2024-01-01,1\na,2024-01-08,1,5\n")
    with pytest.raises(Refused, match="line 3: it has more cells than the header"):
        table.read(file)
    file.write_text("sku,ds,y\na,2024-01-01,1\n")
    with pytest.raises(Refused, match="has no column unique_id; it has sku, ds, y"):
        table.read(file)


def test_typed_stamps_with_a_zone_keep_it() -> None:
    frame = series({"a": [1.0, 2.0, 3.0]}, "2024-03-29", "D").assign(
        ds=lambda each: each.ds.dt.tz_localize("Europe/Berlin")
    )
    found = table.tidied(frame)
    ahead = stamps.written(found.panel.step, found.panel.last[0] + np.array([1]), found.how)
    assert ahead.iloc[0] == pd.Timestamp("2024-04-01", tz="Europe/Berlin")


def test_each_series_keeps_its_own_day_of_the_week() -> None:
    found = tidied(
        [
            ("a", "2024-01-01", 1),
            ("a", "2024-01-08", 2),
            ("b", "2024-01-04", 1),
            ("b", "2024-01-11", 1),
            ("b", "2024-01-18", 3),
        ]
    )
    ahead = stamps.written(found.panel.step, found.panel.last + 1, found.how, found.panel.shift)
    assert list(ahead) == ["2024-01-15", "2024-01-25"]
    assert found.panel.values[1].tolist() == [1, 1, 3]


def test_months_are_told_apart_by_themselves_where_series_have_days_of_their_own() -> None:
    rows = [
        *(("first", f"2024-{month:02}-01", month) for month in (1, 2, 3)),
        *(("thirtieth", day, 5) for day in ("2023-12-30", "2024-01-30", "2024-02-29", "2024-03-30")),
        *(("last", day, 7) for day in ("2023-11-30", "2023-12-31", "2024-01-31")),
        *(("any", day, 9) for day in ("2024-01-03", "2024-02-05", "2024-03-04")),
    ]
    found = tidied(rows)
    assert found.panel.step.kind == "months" and found.panel.ids.tolist() == ["any", "first", "last", "thirtieth"]
    assert found.panel.last.tolist() == [found.panel.last[0]] * 2 + [found.panel.last[0] - 2, found.panel.last[0]]
    two = np.array([1, 2])
    ahead = [
        list(stamps.written(found.panel.step, last + two, found.how, shift))
        for last, shift in zip(found.panel.last, found.panel.shift, strict=True)
    ]
    assert ahead[1:] == [["2024-04-01", "2024-05-01"], ["2024-02-29", "2024-03-31"], ["2024-04-30", "2024-05-30"]]
    assert ahead[0] == ["2024-04-05", "2024-05-05"]


def test_every_four_weeks_is_not_every_month() -> None:
    found = tidied([("a", str(day.date()), 1) for day in pd.date_range("2024-01-03", periods=8, freq="28D")])
    assert (found.panel.step.kind, found.panel.step.every, found.panel.step.seasons) == ("weeks", 4, (13,))
