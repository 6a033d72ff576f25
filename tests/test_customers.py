"""New and returning customers: who bought before, who is not known, and when a first order cannot be told."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import ledger_answers as answers
import ledger_books
import ledger_shop as shop
import shop_files
from analytics import customers, stores
from analytics.scope import Scope
from imported import table, take
from test_import_shopify_people import WITH_ID, customer

DAY = date(2026, 3, 10)


@pytest.fixture(scope="module", autouse=True)
def books(shared_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with ledger_books.opened(shared_database, tmp_path_factory.mktemp("books")):
        yield


def of(store: str, start: date | None, stop: date | None, **more: Any) -> dict[str, Any]:
    frame = customers.of_period(Scope(stores.find(store), start, stop, **more))
    assert list(frame.columns) == list(customers.COLUMNS) and len(frame) == 1
    return frame.iloc[0].to_dict()


COUNTS = (
    "customers",
    "new_customers",
    "returning_customers",
    "customers_of_several",
    "repeat_customers",
    "unknown_orders",
)


@pytest.mark.parametrize(
    ("start", "stop", "known"),
    [
        # ann, ben, 1 of January come back, eight are new; ann, ben, cat and 1 ordered more than once ever; nobody twice here
        (answers.FEBRUARY, answers.MARCH, [11, 8, 3, 4, 0, 0]),
        # cat; W-5 and the till have no customer
        (answers.MARCH, answers.APRIL, [1, 0, 1, 1, 0, 2]),
        # over all time everybody's first order is inside: ann, ben, cat and 1 ordered twice in EUR
        (None, None, [11, 11, 0, 4, 4, 2]),
    ],
)
def test_customers_are_told_apart_as_worked_out_by_hand(start: date, stop: date, known: list[int]) -> None:
    found = of(shop.STORE, start, stop, currency="EUR")
    assert [found[name] for name in COUNTS] == known
    assert found["returning_customer_rate"] == Decimal(known[3]) / Decimal(known[0])
    assert found["repeat_purchase_rate"] == Decimal(known[4]) / Decimal(known[0])
    assert found["new_customers"] + found["returning_customers"] == found["customers"]


def test_a_filter_narrows_the_orders_and_not_the_history() -> None:
    # fay, eva and 3 of Austria bought nothing before; ann bought before in another currency and country
    assert of(shop.STORE, answers.FEBRUARY, answers.MARCH, currency="EUR", countries=("AT",))["new_customers"] == 3
    found = of(shop.STORE, answers.FEBRUARY, answers.MARCH, currency="USD")
    assert (found["new_customers"], found["returning_customers"], found["customers_of_several"]) == (0, 1, 1)


def test_with_less_than_a_year_of_history_a_first_order_is_doubtful() -> None:
    frame = customers.of_period(Scope(stores.find(shop.STORE), answers.FEBRUARY, answers.MARCH, currency="EUR"))
    said = customers.caution(frame.iloc[0])
    assert said is not None and said.startswith("History starts on Sat 10 Jan 2026, less than 12 months before")


@pytest.mark.parametrize(("days", "is_trusted"), [(365, True), (364, False)])
def test_twelve_months_of_history_settle_who_is_new(tmp_path: Path, days: int, is_trusted: bool) -> None:
    name = f"Years {days}"
    orders = [buy(1, DAY - timedelta(days=days), "old@example.com"), buy(2, DAY, "new@example.com")]
    take(shop_files.write(tmp_path / "orders.csv", shop_files.ORDER_COLUMNS, orders), store=name)
    found = customers.of_period(Scope(stores.find(name), DAY, DAY + timedelta(days=1))).iloc[0]
    assert bool(found["is_trusted"]) == is_trusted and (customers.caution(found) is None) == is_trusted


def buy(number: int, day: date, email: str, **more: str) -> dict[str, str]:
    return shop_files.order(
        number, day, 1, "10.00", "Mug", {"Subtotal": "10.00", "Total": "10.00", "Email": email} | more
    )


def test_a_customers_export_tells_of_orders_before_the_files(tmp_path: Path) -> None:
    orders = [buy(1, DAY, "often@example.com"), buy(2, DAY, "first@example.com")]
    take(shop_files.write(tmp_path / "orders.csv", shop_files.ORDER_COLUMNS, orders), store="Told")
    day = {"start": DAY, "stop": DAY + timedelta(days=1)}
    before = of("Told", **day)
    assert (before["new_customers"], before["is_trusted"]) == (2, False)
    rows = [
        customer("often@example.com", Customer_ID="'1", Total_Orders="3"),
        customer("first@example.com", Customer_ID="'2", Total_Orders="1"),
    ]
    take(table(tmp_path / "customers.csv", WITH_ID, rows), store="Told")
    found = of("Told", **day)
    assert [found[name] for name in COUNTS] == [2, 1, 1, 1, 0, 0]
    assert found["is_trusted"]


def test_a_customers_export_newer_than_the_orders_says_nothing_of_what_came_before(tmp_path: Path) -> None:
    take(shop_files.write(tmp_path / "o.csv", shop_files.ORDER_COLUMNS, [buy(1, DAY, "a@example.com")]), store="Later")
    rows = [customer("a@example.com", Total_Orders="3")]
    take(table(tmp_path / "c.csv", WITH_ID, rows), store="Later", as_of=date(2024, 7, 1))
    found = of("Later", DAY, DAY + timedelta(days=1))
    assert (found["new_customers"], found["is_trusted"]) == (1, False)


def test_an_order_that_does_not_count_makes_nobody_a_customer_before(tmp_path: Path) -> None:
    orders = [
        buy(1, DAY - timedelta(days=5), "a@example.com", **{"Financial Status": "voided"}),
        buy(2, DAY, "a@example.com"),
    ]
    take(shop_files.write(tmp_path / "orders.csv", shop_files.ORDER_COLUMNS, orders), store="Voided")
    assert of("Voided", DAY, DAY + timedelta(days=1))["new_customers"] == 1
