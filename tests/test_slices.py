"""Channels, countries, categories, brands and hours of one loaded shop: parts add up to the whole, on both clocks."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import ledger_shop
from analytics import change, comparisons, db, hours, places, products, sales, slices, stores
from analytics.scope import BASES, Scope
from imported import take
from test_ledger import FILES

JANUARY, FEBRUARY, MARCH, APRIL = (date(2026, month, 1) for month in (1, 2, 3, 4))
PERIODS = ((None, None), (JANUARY, FEBRUARY), (FEBRUARY, MARCH), (MARCH, APRIL))
ABROAD = """Order,Date,SKU,Title,Quantity,Price,Currency,Country,Region
R-1,2026-03-02 10:00,MUG,Mug,1,10.00,EUR,US,CA
R-2,2026-03-03 10:00,MUG,Mug,2,10.00,EUR,US,California
R-3,2026-03-04 10:00,MUG,Mug,1,25.00,EUR,US,NY
R-3,2026-03-09 10:00,MUG,Mug,-1,25.00,EUR,US,NY
R-4,2026-03-05 10:00,MUG,Mug,1,5.00,EUR,US,
R-5,2026-03-05 10:00,MUG,Mug,1,7.00,EUR,CH,ZH
"""
TIMED = """Order,Date,SKU,Title,Category,Quantity,Price,Currency,Customer
H-1,2026-01-05 09:15,MUG,Mug,Cups,1,10.00,EUR,1
H-1,2026-01-05 09:15,BOWL,Bowl,Bowls,1,5.00,EUR,1
H-2,2026-01-05 09:59,MUG,Mug,Cups,2,10.00,EUR,2
H-4,2026-01-06 00:00,BOWL,Bowl,Bowls,1,5.00,EUR,4
H-3,2026-01-12 23:30,MUG,Mug,Cups,1,11.00,EUR,3
H-2,2026-02-01 13:00,MUG,Mug,Cups,-1,10.00,EUR,2
C-9,2026-02-02 16:00,MUG,Mug,Cups,-1,11.00,EUR,3
"""
DAYS_ONLY = """Order,Date,SKU,Title,Category,Quantity,Price,Currency,Customer
D-1,2026-01-07,MUG,Mug,Cups,1,10.00,EUR,5
D-2,2026-01-08,MUG,Mug,Cups,3,10.00,EUR,6
D-2,2026-01-20,MUG,Mug,Cups,-1,10.00,EUR,6
"""


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop written by hand, one that sells abroad, and one whose files print times or not."""
    folder = tmp_path_factory.mktemp("books")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        for name, text, as_of in FILES:
            bring(folder, "Hand", (name, text), as_of)
        bring(folder, "Abroad", ("abroad.csv", ABROAD))
        bring(folder, "Clock", ("timed.csv", TIMED))
        bring(folder, "Clock", ("days.csv", DAYS_ONLY))
        yield
        db.forget()


def bring(folder: Path, store: str, file: tuple[str, str], as_of: date = date(2026, 4, 1)) -> None:
    take(ledger_shop.write(folder, *file), store=store, as_of=as_of, currency="EUR")


def scope(store: str = "Hand", start: date | None = None, stop: date | None = None, **more: Any) -> Scope:
    return Scope(**{"store": stores.find(store), "start": start, "stop": stop, "currency": "EUR"} | more)


def summary(asked: Scope) -> dict[str, Any]:
    return sales.summary(asked).iloc[0].to_dict()


@pytest.mark.parametrize(("basis", "dimension"), list(product(BASES, slices.DIMENSIONS)))
def test_the_slices_add_up_to_the_whole(basis: str, dimension: str) -> None:
    for start, stop in PERIODS:
        asked = scope(start=start, stop=stop, basis=basis)
        rows = slices.compared(asked, None, dimension)
        whole, parts = summary(asked), rows[~rows["is_total"].astype(bool)]
        for name in ("net_sales", "gross_sales", "discounts", "reversals", "units"):
            assert sum(parts[name]) == rows[name].iloc[0] == whole[name], (name, start)
        assert rows["orders"].iloc[0] == whole["orders"]
        for name in ("gross_profit", "gross_margin", "covered_share"):
            assert rows[name].iloc[0] == pytest.approx(whole[name]), (name, start)


@pytest.mark.parametrize(("basis", "dimension"), list(product(BASES, slices.DIMENSIONS)))
def test_a_trend_adds_up_to_its_slice_and_has_no_gaps(basis: str, dimension: str) -> None:
    asked = scope(start=JANUARY, stop=APRIL, basis=basis)
    rows = sales.by_dimension(asked, dimension)
    values = [value or "" for value in rows["value"]]
    for grain, points in (("day", 90), ("week", 14), ("month", 3)):
        found = slices.over_time(asked, dimension, grain, values)
        assert set(found.groupby("value").size()) == {points}
        sums = found.groupby("value")["net_sales"].sum().to_dict()
        assert sums == dict(zip(values, rows["net_sales"], strict=True))


def shown(rows: pd.DataFrame, *names: str) -> list[tuple[Any, ...]]:
    """Rows as a test can read them: numbers to the cent, shares to the thousandth."""
    return [tuple(_round(row[name]) for name in names) for row in rows.to_dict("records")]


def _round(value: Any) -> Any:
    return f"{value:.3f}" if isinstance(value, Decimal) else value


def test_channels_stand_beside_the_days_they_are_compared_with() -> None:
    # January: #2001 40 + #2002 57.50 − 7.73 = 89.77 online, W-1 60 − 6 − 18 = 36 by phone. March: #2011 8 online,
    # W-2's new shirt 32 + W-5 16 = 48 by phone, #2012 20 at the till.
    march, january = scope(start=MARCH, stop=APRIL), scope(start=JANUARY, stop=FEBRUARY)
    names = ("name", "net_sales", "before", "change", "share", "share_change")
    assert shown(slices.compared(march, january, "channel"), *names) == [
        ("Total", "76.000", "125.770", "-0.396", "1.000", None),
        ("Phone", "48.000", "36.000", "0.333", "0.632", "34.534"),
        ("Point of sale", "20.000", "0.000", None, "0.263", "26.316"),
        ("Online store", "8.000", "89.770", "-0.911", "0.105", "-60.850"),
    ]
    gone = slices.compared(january, march, "channel").iloc[-1]
    assert (gone["name"], gone["net_sales"], gone["before"], gone["change"]) == ("Point of sale", 0, 20, -1)


def test_days_without_sales_have_no_slices() -> None:
    nothing = scope(start=date(2020, 1, 1), stop=date(2020, 2, 1))
    assert slices.compared(nothing, nothing, "vendor").empty
    assert slices.over_time(nothing, "vendor", "week", ("Hand",)).empty
    assert list(hours.grid(nothing).columns) == list(hours.COLUMNS)


def test_regions_are_those_of_the_country_named_once_and_add_up_to_it() -> None:
    asked = scope("Abroad")
    found = slices.compared(asked, None, "region", "US")
    assert shown(found, "name", "value", "net_sales", "orders") == [
        ("Total", None, "35.000", 4),
        ("California", "CA", "30.000", 2),
        ("unknown", None, "5.000", 1),
        ("New York", "NY", "0.000", 1),
    ]
    country = slices.compared(asked, None, "country").set_index("value").loc["US"]
    for name in ("net_sales", "gross_sales", "discounts", "reversals", "orders", "units"):
        assert found[name].iloc[0] == country[name]
    first, later = scope("Abroad", MARCH, date(2026, 3, 3)), scope("Abroad", date(2026, 3, 3), date(2026, 3, 4))
    assert shown(slices.compared(later, first, "region", "US"), "name", "net_sales", "before") == [
        ("Total", "20.000", "10.000"), ("California", "20.000", "10.000"),
    ]  # fmt: skip
    dated = slices.compared(
        scope("Abroad", date(2026, 3, 9), date(2026, 3, 10), basis="refund_date"), None, "region", "US"
    )
    assert shown(dated, "name", "net_sales") == [("Total", "-25.000"), ("New York", "-25.000")]
    assert slices.regions(asked, "FR").empty


def test_places_have_names_and_what_is_no_code_stays() -> None:
    assert [places.country(code) for code in ("DE", "us", "United Kingdom", "ZZ", "", None)] == [
        "Germany", "United States", "United Kingdom", "ZZ", "unknown", "unknown",
    ]  # fmt: skip
    assert [places.region("US", code) for code in ("CA", "Bavaria", None)] == ["California", "Bavaria", "unknown"]


def hour(grid: pd.DataFrame, weekday: str, at: int | None) -> tuple[Any, ...]:
    rows = grid[(grid["weekday_name"] == weekday) & ([each == at for each in grid["hour"]])]
    return shown(rows, "days", "orders", "net_sales", "units")[0]


def test_what_was_sold_and_taken_back_stands_under_the_hour_of_the_sale() -> None:
    """Mondays at nine: H-1 15.00 and H-2 20.00, of which 10.00 came back in February; at 23, H-3, cancelled by C-9."""
    grid = hours.grid(scope("Clock", date(2026, 1, 5), date(2026, 2, 1)))
    assert len(hours.timed(grid)) == 7 * 24
    counted = {(row["weekday_name"], row["hour"]): shown(pd.DataFrame([row]), "orders", "net_sales", "units")[0]
               for row in grid.to_dict("records") if row["orders"] or row["net_sales"]}  # fmt: skip
    assert counted == {
        ("Monday", 9): (2, "25.000", "4.000"),
        ("Monday", 23): (1, "0.000", "1.000"),
        ("Tuesday", 0): (1, "5.000", "1.000"),
        ("Wednesday", None): (1, "10.000", "1.000"),
        ("Thursday", None): (1, "20.000", "3.000"),
    }


def test_orders_of_files_without_times_are_counted_apart_and_make_no_midnight() -> None:
    grid = hours.grid(scope("Clock"))
    without = hours.untimed(grid)
    assert (without["orders"], without["net_sales"], without["share"]) == (2, 30, Decimal(2) / Decimal(6))
    midnight = hours.by(grid, "hour", "orders", "total").set_index("hour")["value"]
    assert midnight[0] == 1  # H-4, whose file does print times
    days_only = scope("Clock", date(2026, 1, 7), date(2026, 1, 9))
    assert hours.peak(hours.valued(hours.timed(hours.grid(days_only)), "orders", "total")) is None


@pytest.mark.parametrize("more", [{}, {"categories": ("Cups",)}, {"categories": ("Bowls",)}])
@pytest.mark.parametrize("store", ["Hand", "Clock"])
def test_the_hours_add_up_to_the_whole(store: str, more: dict[str, Any]) -> None:
    asked = scope(store, **more)
    if sales.summary(asked).empty:
        return
    grid, whole = hours.grid(asked), summary(asked)
    for name in hours.MEASURES:
        assert sum(grid[name]) == whole[name], name


def test_an_average_is_over_the_weekdays_that_have_data() -> None:
    """5 to 31 January hold four Mondays, but the data end on the 12th: two of them."""
    grid = hours.grid(scope("Clock", date(2026, 1, 5), date(2026, 2, 1)))
    assert [grid[grid["weekday"] == weekday]["days"].iloc[0] for weekday in range(1, 8)] == [2, 1, 1, 1, 1, 1, 1]
    averages = hours.valued(hours.timed(grid), "net_sales", "average").set_index(["weekday", "hour"])["value"]
    assert averages[(1, 9)] == Decimal("12.5")
    by_hour = hours.by(grid, "hour", "orders", "average").set_index("hour")["value"]
    assert by_hour[9] == Decimal(2) / 8
    assert hours.by(grid, "weekday", "orders", "average")["value"].tolist() == [Decimal(3) / 2, 1, 0, 0, 0, 0, 0]
    with pytest.raises(ValueError, match="measure is"):
        hours.valued(grid, "margin", "average")


def test_a_week_begins_where_the_store_says() -> None:
    store = stores.find("Clock")
    assert hours.week(store) == (1, 2, 3, 4, 5, 6, 7)
    with db.transaction() as cursor:
        cursor.execute("update stores set week_start = 7 where store_id = %s", (store,))
    assert hours.week(store) == (7, 1, 2, 3, 4, 5, 6)
    grid = hours.valued(hours.timed(hours.grid(scope("Clock"))), "orders", "total")
    table = hours.wide(grid, hours.week(store))
    assert list(table.columns)[:3] == ["time", "Sunday", "Monday"]
    assert table.iloc[9].tolist()[:3] == ["09:00", 0, 2]


def test_slices_movers_and_the_bridge_of_a_change_compare_with_the_mean_of_several_ranges() -> None:
    now = Scope(stores.find("Hand"), date(2026, 3, 2), date(2026, 3, 30), currency="EUR")
    before = now.repeated(date(2026, 2, 2), MARCH + timedelta(days=1), 2, 28)
    mean = sum((sales.summary(each)["net_sales"].iloc[0] for each in before.ranges()), start=Decimal(0)) / 2
    net = sales.summary(now)["net_sales"].iloc[0]
    for dimension in ("channel", "country", "category", "vendor"):
        assert slices.compared(now, before, dimension)["before"].iloc[0] == mean, dimension
    assert sum(products.movers(now, before)["change"]) == net - mean
    found = change.explained(now, before)
    amounts = found.steps.set_index("step")["amount"]
    assert (amounts["net_sales_before"], amounts["net_sales"]) == (mean, net)
    assert amounts["net_sales_before"] + sum(amounts.iloc[1:-1]) == net
    assert "the mean of 2 ranges of the same weekdays in 5 Jan" in found.answer
    grid = comparisons.answer(hours.grid, before)
    assert len(grid) >= 7 * 24 and sum(grid["orders"]) * 2 == sum(
        sum(hours.grid(each)["orders"]) for each in before.ranges()
    )
