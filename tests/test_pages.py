"""Every page, with data and without: it runs, it says what it should, its numbers are the file's."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import shop_files
from analytics import faults, stores
from analytics.ingest.load import Options, load
from screens import (
    AGREEMENT,
    CLOCKS,
    DISCOUNTS,
    HISTORY,
    IMPORT,
    ORDERS,
    OVERVIEW,
    PAGES,
    PRESETS,
    RETURNED_PRODUCTS,
    RETURNS,
    SALES,
    STOCK,
    UNSHIPPED,
    cards,
    come_in,
    open_page,
    words,
)

LAST_DAY = date(2026, 3, 20)
WHOLE = {"store": "Pottery", "days": ["2026-03-01", "2026-03-20"]}


@pytest.fixture
def empty(emptied: str, monkeypatch: pytest.MonkeyPatch) -> None:
    come_in(monkeypatch)


def bring(folder: Path) -> None:
    """The four orders and the stock, imported."""
    load(shop_files.orders(folder / "orders.csv", LAST_DAY), Options(store="Pottery"))
    load(shop_files.inventory(folder / "inventory.csv"), Options(store="Pottery", as_of=LAST_DAY))


@pytest.fixture(scope="module")
def imported(second_database: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a database with the shop in it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", second_database)
        bring(tmp_path_factory.mktemp("pottery"))
    return second_database


@pytest.fixture
def pottery(imported: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shop, only to be read."""
    monkeypatch.setenv("DATABASE_URL", imported)
    come_in(monkeypatch)


@cache
def opened(page: str) -> AppTest:
    """A page of that shop as it opens, the same for all tests that only look at it."""
    return open_page(page)


PAGES_OF_SALES = [
    OVERVIEW,
    SALES,
    CLOCKS,
    PRESETS,
    DISCOUNTS,
    ORDERS,
    UNSHIPPED,
    STOCK,
    HISTORY,
    AGREEMENT,
    RETURNS,
    RETURNED_PRODUCTS,
]


@pytest.mark.parametrize("page", PAGES_OF_SALES)
def test_a_page_without_data_names_the_file_that_fills_it(empty: None, page: str) -> None:
    said = words(open_page(page))
    assert "It is filled by" in said and "In Shopify:" in said


@pytest.mark.parametrize("page", PAGES)
def test_a_page_runs_with_data(pottery: None, page: str) -> None:
    assert opened(page).title


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_how_far_the_data_reach(pottery: None, page: str) -> None:
    old = f"{(date.today() - LAST_DAY).days} days old"
    assert f"rders and inventory {old}" in words(opened(page))


def test_a_visitor_from_elsewhere_sees_no_number(pottery: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.ui.gate.visitor", lambda: ("192.168.1.9", {"Host": "localhost:8501"}))
    screen = open_page(OVERVIEW)
    assert screen.title[0].value == "This page is private"
    assert not screen.metric and not screen.get("navigation")


def test_a_fault_of_ours_is_told_in_words_and_kept_in_the_log(
    pottery: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*asked: object) -> None:
        raise ZeroDivisionError("one over none")

    monkeypatch.setattr("pages.ui.states.keep_fault", faults.keep)
    monkeypatch.setattr("analytics.embedded.home", lambda: tmp_path)
    monkeypatch.setattr("pages.ui.reads.of", broken)
    screen = open_page(SALES)
    assert "Storeledger has a fault" in screen.error[0].value and "one over none" not in screen.error[0].value
    assert "ZeroDivisionError: one over none" in (tmp_path / "errors.log").read_text(encoding="utf-8")


def test_sales_are_those_of_the_file_to_the_cent(pottery: None) -> None:
    shown = cards(open_page(SALES, WHOLE))
    assert shown["Net sales, USD"] == shop_files.NET_SALES
    assert shown["Gross sales, USD"] == shop_files.GROSS_SALES
    assert shown["Discounts, USD"] == shop_files.DISCOUNTS
    assert shown["Reversals, USD"] == shop_files.REVERSALS
    assert shown["Orders"] == shop_files.ORDERS


def test_both_ends_of_the_days_are_included(pottery: None) -> None:
    shown = cards(open_page(SALES, WHOLE | {"days": ["2026-03-20", "2026-03-20"]}))
    assert shown["Net sales, USD"] == shop_files.NET_SALES_OF_LAST_DAY


def test_the_rows_behind_a_number_add_up_to_it(pottery: None) -> None:
    screen = open_page(SALES, WHOLE)
    next(button for button in screen.button if button.key and button.key.startswith("how_net_sales")).click()
    screen.run()
    assert f"add up to **{shop_files.NET_SALES} USD**" in words(screen)
    assert "gross sales − discounts − reversals" in words(screen)
    lines = next(
        table.value for table in screen.dataframe if "amount" in table.value.columns and "entry" in table.value
    )
    assert round(lines["amount"].sum(), 2) == float(shop_files.NET_SALES)


def test_the_overview_looks_at_the_last_day_of_data_when_that_is_long_ago(pottery: None) -> None:
    screen = open_page(OVERVIEW, {"store": "Pottery"})
    assert cards(screen)["Net sales, USD"] == shop_files.NET_SALES_OF_LAST_DAY
    assert "Fri 20 Mar 2026" in words(screen)


def test_a_card_that_nothing_fills_yet_names_what_does(pottery: None) -> None:
    screen = open_page(OVERVIEW, {"store": "Pottery"})
    assert cards(screen)["Ad spend, USD"] is None
    assert "Filled by a Google Ads or Meta Ads report" in words(screen)


def test_old_data_are_the_first_finding(pottery: None) -> None:
    assert "The newest orders are of Fri 20 Mar 2026" in words(open_page(OVERVIEW, {"store": "Pottery"}))


def test_stock_says_what_it_assumes(pottery: None) -> None:
    screen = open_page(STOCK, {"store": "Pottery"})
    assert cards(screen)["On hand"] == 7
    assert "delivery takes 14 days" in words(screen)


def test_history_tells_of_every_import(pottery: None) -> None:
    shown = [table.value for table in open_page(HISTORY, {"store": "Pottery"}).dataframe if "file" in table.value]
    assert set(shown[0]["file"]) == {"orders.csv", "inventory.csv"}
    assert shown[0].set_index("file").loc["orders.csv", "rows"] == shop_files.ORDERS


def test_import_offers_the_sample_shop(empty: None) -> None:
    screen = open_page(IMPORT)
    assert screen.title[0].value == "Import"
    assert "Load the sample shop" in [button.label for button in screen.button]


def test_new_customers_stand_on_the_sales_page_with_what_makes_them_doubtful(pottery: None) -> None:
    screen = open_page(SALES, WHOLE)
    assert cards(screen)["New customers"] == shop_files.ORDERS
    assert "History starts on Sun 1 Mar 2026" in words(screen)


def test_the_clocks_stand_side_by_side_and_are_equal_over_all_time(pottery: None) -> None:
    screen = open_page(CLOCKS, WHOLE)
    assert f"Over all time both clocks are equal: net sales {shop_files.NET_SALES} USD" in words(screen)


def test_a_preset_in_the_address_opens_it_and_one_that_is_not_there_shows_no_number(pottery: None) -> None:
    screen = open_page(PRESETS, WHOLE | {"preset": "metorik"})
    assert "Metorik: gross sales " in words(screen) and screen.dataframe
    screen = open_page(PRESETS, WHOLE | {"preset": "etsy"})
    assert "asks for agree with “etsy”, which is not there" in words(screen) and not screen.dataframe


def test_cancelled_orders_are_left_out_and_counted_again_by_a_button(empty: None, tmp_path: Path) -> None:
    bring(tmp_path)
    screen = open_page(PRESETS, WHOLE)
    next(button for button in screen.button if button.label == "Leave cancelled orders out").click().run()
    assert bool(stores.all_stores()["leaves_cancelled_out"].iloc[0])
    next(button for button in screen.button if button.label == "Count cancelled orders again").click().run()
    assert not stores.all_stores()["leaves_cancelled_out"].iloc[0]
