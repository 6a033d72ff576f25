"""The day of a count that its file does not say: in its name, as it was answered last time, or the file's own."""

import os
import time
from datetime import date, timedelta
from pathlib import Path

import pytest

import shop_files
from analytics import imports
from analytics.ingest import counted_on
from analytics.ingest.counted_on import Habit, Proposal
from analytics.ingest.load import Options, load
from analytics.ingest.preview import preview
from imported import rows_of

NOV_1, NOV_12 = date(2025, 11, 1), date(2025, 11, 12)


@pytest.mark.parametrize(
    ("name", "days"),
    [
        ("inventory_2025-11-01.csv", [NOV_1]),
        ("20251101_stock.csv", [NOV_1]),
        ("stock20251101093000.csv", [NOV_1]),
        ("stock_20251101_0930.csv", [NOV_1]),
        ("2025_11_01 stock.xlsx", [NOV_1]),
        ("stock 01.11.2025.csv", [NOV_1]),
        ("stock 13-11-2025.csv", [date(2025, 11, 13)]),
        ("stock 11-13-2025.csv", [date(2025, 11, 13)]),
        ("stock 11-11-2025.csv", [date(2025, 11, 11)]),
        ("stock 01-11-2025.csv", [NOV_1, date(2025, 1, 11)]),
        ("inventory_export_1 Nov 2025.csv", [NOV_1]),
        ("inventory_export_1-november-2025.csv", [NOV_1]),
        ("Lager 1. Oktober 2025.csv", [date(2025, 10, 1)]),
        ("stock 1 août 2025.csv", [date(2025, 8, 1)]),
        ("stock Nov 1st, 2025.csv", [NOV_1]),
        ("stock_2025-11-01_2025-11-12.csv", [NOV_12]),
        ("2025-11-01_set_aside_stock_2025-11-12.csv", [NOV_1]),
        # no days: a number of a download, a year, a month, and days that are not or are still to come
        ("inventory_export_1 (2).csv", []),
        ("stock 2025.csv", []),
        ("stock Nov 2025.csv", []),
        ("stock_2025-13-45.csv", []),
        ("stock_2099-01-01.csv", []),
        ("SKU 120251101999.csv", []),
    ],
)
def test_the_day_in_a_files_name(name: str, days: list[date]) -> None:
    assert list(counted_on.in_name(name)) == days


def a_file(folder: Path, name: str, written: date = NOV_12) -> Path:
    path = shop_files.inventory(folder / name)
    at = time.mktime((*written.timetuple()[:3], 12, 0, 0, 0, 0, -1))
    os.utime(path, (at, at))
    return path


def test_a_name_that_can_be_read_both_ways_decides_nothing_until_it_was_answered_once(tmp_path: Path) -> None:
    path = a_file(tmp_path, "stock 01-11-2025.csv")
    open_ = counted_on.propose(path, path.name)
    assert (open_.day, open_.source) == (NOV_12, "written")
    assert "can mean Sat 1 Nov 2025 and Sat 11 Jan 2025" in open_.words
    assert counted_on.propose(path, path.name, Habit(day_first=True)).day == NOV_1
    assert counted_on.propose(path, path.name, Habit(day_first=False)).day == date(2025, 1, 11)


def counted(store: str = "Shop") -> list[date]:
    return [day for (day,) in rows_of("select distinct as_of from inventory_levels order by 1")]


def notice(account: dict) -> str:
    return next(each for each in account["notices"] if each.startswith("Counted as of"))


def test_an_import_takes_the_day_of_the_name_and_says_so(emptied: str, tmp_path: Path) -> None:
    account = load(a_file(tmp_path, "inventory_export_1 Nov 2025.csv"), Options(store="Shop"))
    assert counted() == [NOV_1]
    assert notice(account) == (
        "Counted as of 01 Nov 2025, as the file's name says: the export itself does not say its day."
    )
    account = load(a_file(tmp_path, "stock.csv"), Options(store="Shop"))
    assert "12 Nov 2025, the day the file was last written" in notice(account)


def test_an_answer_is_remembered_for_the_next_file_of_its_kind(emptied: str, tmp_path: Path) -> None:
    # written on the morning after: the count is of the evening before
    load(a_file(tmp_path, "stock.csv"), Options(store="Shop", as_of=NOV_12 - timedelta(days=1)))
    later = a_file(tmp_path, "stock2.csv", date(2025, 11, 20))
    account = load(later, Options(store="Shop"))
    assert "19 Nov 2025, the day before the file was last written, as last time" in notice(account)
    assert counted() == [date(2025, 11, 11), date(2025, 11, 19)]
    assert "20 Nov 2025" in notice(load(later, Options(store="Another shop")))
    # the order in names, from one answer; and the page proposes it
    load(a_file(tmp_path, "stock 01-11-2025.csv"), Options(store="Shop", as_of=NOV_1))
    named = a_file(tmp_path, "stock 02-10-2025.csv")
    said = "as the file's name says, the day first as last time"
    readings = (date(2025, 10, 2), date(2025, 2, 10))
    found = preview(named, Options(store="Shop"))
    assert found.questions == ["as_of"] and found.counted_on == Proposal(readings[0], "name", said, readings)


def test_an_answer_far_from_the_files_own_day_is_about_that_file_alone(emptied: str, tmp_path: Path) -> None:
    load(a_file(tmp_path, "stock.csv"), Options(store="Shop", as_of=date(2025, 1, 1)))
    assert "20 Nov 2025, the day the file was last written" in notice(
        load(a_file(tmp_path, "stock2.csv", date(2025, 11, 20)), Options(store="Shop"))
    )


def test_what_was_only_looked_at_teaches_nothing(emptied: str, tmp_path: Path) -> None:
    path = a_file(tmp_path, "stock.csv")
    preview(path, Options(store="Shop", as_of=NOV_12 - timedelta(days=1)))
    assert preview(path, Options(store="Shop")).counted_on.day == NOV_12
    assert imports.history().empty
