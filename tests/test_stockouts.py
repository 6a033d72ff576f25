"""Stock on every day of a shop that can be followed by hand, its stockouts, and the demand that is corrected for them."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import followed_shop
from analytics import db, events
from analytics.stock import demand, history, stockouts
from followed_shop import ALL, APRIL, MARCH
from screens import STOCK_HISTORY, STOCKOUTS, cards, come_in, open_page, words


@pytest.fixture(scope="module")
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The shop, loaded once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        followed_shop.bring(tmp_path_factory.mktemp("stock"))
        yield
        db.forget()


def by_day(frame: Any, *names: str) -> dict[str, Any]:
    """What the columns say of each day, known by month and day."""
    return {
        f"{row['day']:%m-%d}": row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        for row in frame.to_dict("records")
    }


@pytest.mark.usefixtures("shop")
def test_a_product_is_counted_or_walked_by_sales_returns_and_receipts_and_the_rest_is_unexplained() -> None:
    mugs = history.daily(APRIL, "MUG")
    stock = by_day(mugs, "available")
    assert [stock[day] for day in ("04-01", "04-02", "04-07", "04-10", "04-15", "04-20", "04-29")] == [
        10,
        9,
        4,
        7,
        8,
        6,
        6,
    ]
    last = mugs.iloc[-1]
    assert (last["counted"], last["unexplained"], last["is_counted"], last["basis"]) == (4, -2, True, "counted")
    assert mugs["basis"].iloc[1] == "between counts" and mugs["counted"].iloc[1] is None
    # two are missing since a day that nobody knows
    assert by_day(mugs, "lowest", "highest")["04-10"] == (5, 7)
    assert [int(mugs[name].sum()) for name in ("sold", "restocked", "received")] == [8, 1, 3]


@pytest.mark.usefixtures("shop")
def test_a_location_that_is_not_counted_has_what_it_had_and_the_day_is_not_a_count_of_the_product() -> None:
    vases = by_day(history.daily(APRIL, "VASE"), "available", "is_counted")
    assert [vases[day] for day in ("04-05", "04-10", "04-19", "04-20")] == [
        (5, True),
        (8, False),
        (8, False),
        (7, True),
    ]


@pytest.mark.usefixtures("shop")
def test_all_products_together_are_the_sum_of_each() -> None:
    whole = history.daily(APRIL)
    each = [history.daily(APRIL, key) for key in ("LAMP", "CHAIR", "MUG", "VASE")]
    for name in ("available", "lowest", "sold"):
        assert whole[name].tolist() == [sum(day) for day in zip(*(frame[name] for frame in each), strict=True)]
    assert set(whole["products"]) == {4} and not whole["is_counted"].any()


@pytest.mark.usefixtures("shop")
def test_a_stockout_lasts_from_the_first_day_out_until_a_sale_proves_that_it_is_back() -> None:
    lamps = by_day(history.daily(MARCH, "LAMP"), "state")
    out = [day for day, state in lamps.items() if state == "out of stock"]
    # after the count of 0 on the 15th more may have come on any day; the sale of the 18th proves it
    assert out == [f"03-{day:02}" for day in range(8, 16)]
    assert [day for day, state in lamps.items() if state == "not known"] == ["03-16", "03-17"]
    found = stockouts.of(MARCH)
    assert found["product_key"].tolist() == ["LAMP"]
    row = found.iloc[0]
    assert (row["first_day"], row["last_day"], row["back_on"]) == (
        date(2026, 3, 8),
        date(2026, 3, 15),
        date(2026, 3, 18),
    )
    assert (row["days"], row["days_at_most"], row["is_open"], row["basis"]) == (8, 10, False, "counted")
    # 2 a day on days in stock; 30.00 each, 12.00 of them cost
    assert row["velocity"] == 2 and row["velocity_basis"].endswith("days in stock")
    assert (row["lost_units"], row["lost_revenue"], row["lost_margin"]) == (16, 480, 288)


@pytest.mark.usefixtures("shop")
def test_demand_is_corrected_for_days_out_of_stock() -> None:
    lamp = demand.by_product(APRIL).set_index("product_key").loc["LAMP"]
    # 90 days to the end of April: 8 of them out, 2 not known; those after the last count are known while some are left
    assert (lamp["window_days"], lamp["days_known"], lamp["days_in_stock"]) == (90, 88, 80)
    assert (lamp["velocity"], lamp["deviation"], lamp["units"]) == (2, 0, 160)
    chair = demand.by_product(APRIL).set_index("product_key").loc["CHAIR"]
    assert (chair["velocity_basis"], chair["velocity"]) == ("90 calendar days", Decimal("0.5"))
    mug = demand.by_product(APRIL).set_index("product_key").loc["MUG"]
    # known from 1 April, when the first count saw it, although the first sale was on the 2nd
    assert (mug["units"], mug["window_days"], mug["days_in_stock"]) == (8, 30, 30)


@pytest.mark.usefixtures("shop")
def test_variants_that_are_silent_together_for_too_long_to_be_chance_are_one_stockout() -> None:
    found = stockouts.of(APRIL)
    row = found[found["title"] == "Sofa"].iloc[0]
    assert (row["first_day"], row["last_day"], row["back_on"]) == (*followed_shop.SILENT, date(2026, 4, 19))
    assert (row["days"], row["variants"], row["basis"]) == (9, 2, "told from sales alone")
    # 81 of 90 days with 1 and with 2 sold; nobody counts them, so it is calendar days
    assert row["lost_units"] == Decimal("24.30") and row["lost_margin"] == Decimal("4860.00")


@pytest.mark.usefixtures("shop")
def test_a_period_has_its_own_days_of_a_stockout_and_is_open_at_its_end() -> None:
    days = ALL.over(date(2026, 3, 10), date(2026, 3, 13))
    row = stockouts.of(days).iloc[0]
    assert (row["first_day"], row["days_of_period"], row["lost_days"], row["is_open"]) == (date(2026, 3, 8), 3, 3, True)
    assert stockouts.summary(stockouts.of(days), days).iloc[0]["products_out"] == 1
    assert stockouts.of(ALL.over(date(2026, 2, 1), date(2026, 3, 1))).empty


@pytest.mark.usefixtures("shop")
def test_the_summary_is_the_sum_of_its_rows_and_products_rank_by_margin_with_unknown_ones_last() -> None:
    found = stockouts.of(ALL)
    summed = stockouts.summary(found, ALL).iloc[0]
    assert summed["lost_margin"] == found["lost_margin"].dropna().sum()
    assert summed["lost_revenue"] == found["lost_revenue"].sum()
    ranked = stockouts.by_product(found, ALL)
    assert ranked["title"].tolist() == ["Sofa", "Lamp"] and ranked["days"].tolist() == [9, 8]
    unknown = found.assign(lost_margin=[None, found["lost_margin"].iloc[1]])
    assert stockouts.by_product(unknown, ALL)["title"].tolist() == ["Lamp", "Sofa"]


@pytest.mark.usefixtures("shop")
def test_two_currencies_are_never_added() -> None:
    found = stockouts.of(ALL)
    both = found.assign(currency=["EUR", "USD"])
    told = stockouts.summary(both, ALL).set_index("currency")
    for name in ("lost_revenue", "lost_margin"):
        assert told[name].to_dict() == dict(zip(both["currency"], both[name], strict=True))
    # two stores' stockouts of one product, too
    same = both.assign(product="X", title="X")
    assert sorted(stockouts.by_product(same, ALL)["lost_margin"]) == sorted(both["lost_margin"])


@pytest.mark.usefixtures("shop")
def test_the_calendar_marks_the_same_stockouts() -> None:
    told = events.found(ALL)
    marked = told[told["kind"] == "stockout"][["starts_on", "title", "note"]].values.tolist()
    assert sorted(marked) == [
        [date(2026, 3, 8), "Lamp out of stock", "back on Wed 18 Mar 2026"],
        [date(2026, 4, 10), "Sofa out of stock", "back on Sun 19 Apr 2026"],
    ]


@pytest.fixture
def screen_at(shop: None, monkeypatch: pytest.MonkeyPatch, shared_database: str) -> dict[str, Any]:
    """What an address of the shop's April asks for."""
    monkeypatch.setenv("DATABASE_URL", shared_database)
    come_in(monkeypatch)
    return {"store": "Furniture", "days": ["2026-04-01", "2026-04-30"]}


def test_the_page_of_stockouts_shows_what_they_lost_as_estimates(screen_at: dict[str, Any]) -> None:
    screen = open_page(STOCKOUTS, screen_at)
    shown = cards(screen)
    assert (shown["Lost units (estimate)"], shown["Lost margin (estimate), EUR"]) == (Decimal("24.3"), 4860)
    assert "Sofa was out for 9 days and lost about 4,860 EUR of margin" in words(screen)
    assert "the first 30 days of a stockout at most" in words(screen)
    tables = [table.value for table in screen.dataframe]
    assert tables[0]["days"].sum() == shown["Days out"] and tables[0]["lost_margin"].sum() == 4860
    quiet = open_page(STOCKOUTS, screen_at | {"days": ["2026-02-01", "2026-02-10"]})
    assert "is known to have been out of stock" in words(quiet) and not quiet.metric


def test_the_page_of_history_shows_one_product_by_its_address_or_all_of_them(screen_at: dict[str, Any]) -> None:
    screen = open_page(STOCK_HISTORY, screen_at | {"product": "MUG"})
    shown = cards(screen)
    assert (shown["Available"], shown["Unexplained"], shown["Days with a count"]) == (4, -2, 2)
    assert "walked backwards" in words(screen)
    lamp = open_page(STOCK_HISTORY, screen_at | {"product": "LAMP", "days": ["2026-03-01", "2026-03-31"]})
    assert "Out of stock on 8 days of 31" in words(lamp)
    whole = cards(open_page(STOCK_HISTORY, screen_at))
    assert whole["Available"] == history.daily(APRIL)["available"].iloc[-1]
    wrong = open_page(STOCK_HISTORY, screen_at | {"product": "NONE"})
    assert "which is not there" in words(wrong) and not wrong.metric
