"""Classes of products on a small shop worked out by hand (stock_shop): by net sales, and by how evenly they sell."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

import stock_shop
from analytics import db
from analytics.stock import classes, settings
from analytics.stock.settings import StockSettings
from stock_shop import NOW


@pytest.fixture(scope="module", autouse=True)
def shop(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DATABASE_URL", shared_database)
        db.forget()
        stock_shop.bring(tmp_path_factory.mktemp("shop"))
        yield


def told(scope: Any = NOW) -> dict[str, tuple[Any, ...]]:
    """By product: its classes, net sales, coefficient to two places, and what the latter rests on."""
    names = ["product_key", "abc", "xyz", "net_sales", "coefficient", "xyz_basis"]
    return {
        key: (abc, xyz, net, None if spread is None else round(spread, 2), basis)
        for key, abc, xyz, net, spread, basis in classes.of(scope)[names].itertuples(index=False)
    }


def test_products_are_classed_by_net_sales_and_by_how_evenly_they_sell() -> None:
    assert told() == {
        "SHIRT-M": ("A", "X", 3000, Decimal("0.50"), "10 weeks"),
        "MUG": ("A", "X", 2000, Decimal("0.00"), "10 weeks"),
        "LAMP": ("A", "Y", 1000, Decimal("1.00"), "10 weeks"),
        "SHIRT-L": ("B", "X", 600, Decimal("0.00"), "10 weeks"),
        "SHIRT-S": ("B", "X", 300, Decimal("0.00"), "10 weeks"),
        # six a week, all of them in boxes, which are no product of their own then
        "SOAP": ("B", "X", 300, Decimal("0.00"), "10 weeks"),
        "CARD": ("C", None, 40, None, "on sale for 4 whole weeks of 8"),
        "VASE": ("C", None, 0, None, "not sold in 20 weeks"),
        "TEA": ("C", "Z", 36, Decimal("3.00"), "10 weeks"),
        "PEN": ("C", "Z", 1, Decimal("7.14"), "52 weeks"),
        "BOWL": ("C", None, 0, None, "never sold"),
        "BOX": ("C", None, 0, None, "never sold"),
        "SHIRT-XL": ("C", None, 0, None, "never sold"),
    }


def test_borders_are_the_stores_own() -> None:
    settings.save(1, replace(StockSettings(), a_until=Decimal("0.4"), x_until=Decimal("0.4"), y_until=Decimal("3")))
    try:
        found = told()
    finally:
        settings.save(1, StockSettings())
    assert [key for key, (abc, *_) in found.items() if abc == "A"] == ["SHIRT-M"]
    assert found["SHIRT-M"][1] == "Y" and found["TEA"][1] == "Y"


def test_a_filter_on_the_page_does_not_change_what_a_product_is_to_the_shop() -> None:
    assert told(replace(NOW, categories=("Kitchen",), channels=("nowhere",))) == told()


def test_weeks_before_the_first_sale_and_parts_of_weeks_are_no_weeks_without_sales() -> None:
    # up to a Wednesday: weeks begin on Wednesdays, and that of the first sale on a Monday is no whole one
    found = told(NOW.over(None, date(2026, 5, 27)))
    assert found["MUG"] == ("A", "X", 2000, Decimal("0.00"), "9 weeks")
    assert found["CARD"][4] == "on sale for 3 whole weeks of 8"


def test_what_sold_before_the_days_asked_for_counts_all_their_weeks() -> None:
    # nine weeks from 30 March: tea was sold the week before, so it is not new, and nobody bought it since
    found = told(NOW.over(date(2026, 3, 30), date(2026, 6, 1)))
    assert found["TEA"] == ("C", None, 0, None, "not sold in 9 weeks")
    assert found["LAMP"] == ("A", "Z", 800, Decimal("1.12"), "9 weeks")


def test_before_the_first_order_nothing_is_told() -> None:
    found = told(NOW.over(None, date(2025, 1, 1)))
    assert {row[:3] for row in found.values()} == {("C", None, 0)}
