"""Shopify's files together: refunds get their days from transactions and payouts, customers their lifetime, codes their uses."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from analytics import sales
from analytics.scope import Scope
from imported import counts, everything, money, rows_of, table, take
from order_rows import one
from shop_files import ORDER_COLUMNS
from test_import_shopify_money import HISTORY, PAYOUTS, moved, paid
from test_import_shopify_people import CODES, WITH_ID, code, customer

pytestmark = pytest.mark.usefixtures("emptied")
REFUNDED = one(
    1001, "100.00 100.00 0.00 19.00 119.00 0.00", Refunded_Amount="59.50", Financial_Status="partially_refunded"
)
KEPT = one(1002, "50.00 50.00 0.00 0.00 50.00 0.00")


def loaded(folder: Path, name: str, columns: list[str], *rows: dict[str, str]) -> dict[str, int]:
    return counts(take(table(folder / name, columns, [row | {"Currency": "USD"} for row in rows])))


def reversals_by_day() -> dict[date, Decimal]:
    """What was taken back of goods on each day it was booked."""
    frame = sales.daily(Scope(basis="refund_date"))
    return {day: amount for day, amount in zip(frame["day"], frame["reversals"], strict=True) if amount}


@pytest.mark.parametrize("orders_first", [True, False])
def test_a_transaction_history_gives_a_refund_its_day(orders_first: bool, tmp_path: Path) -> None:
    steps = [
        lambda: loaded(tmp_path, "orders.csv", ORDER_COLUMNS, REFUNDED, KEPT),
        lambda: loaded(
            tmp_path,
            "history.csv",
            HISTORY,
            moved("sale", "119.00"),
            moved("refund", "59.50", "2024-05-20 11:00:00 +0200"),
        ),
    ]
    for step in steps if orders_first else reversed(steps):
        assert step() == {"rows": 2, "loaded": 2}
    assert reversals_by_day() == {date(2024, 5, 20): Decimal(50)}
    assert money("reversals", "tax", "collected") == ["50.00", "9.50", "109.50"]


def test_payouts_and_transactions_of_one_refund_count_it_once(tmp_path: Path) -> None:
    loaded(tmp_path, "orders.csv", ORDER_COLUMNS, REFUNDED)
    again = paid("charge", "119.00 3.70 115.30"), paid("refund", "-59.50 0.00 -59.50", "2024-05-21 00:30:00 +0200")
    assert loaded(tmp_path, "payouts.csv", PAYOUTS, *again) == {"rows": 2, "loaded": 2}
    assert reversals_by_day() == {date(2024, 5, 21): Decimal(50)}
    loaded(tmp_path, "history.csv", HISTORY, moved("refund", "59.50", "2024-05-20 11:00:00 +0200"))
    assert reversals_by_day() == {date(2024, 5, 20): Decimal(50)}
    assert rows_of("select sum(fee) from transactions") == [(Decimal("3.7000"),)]


def test_january_to_march_after_january_to_february_brings_only_march(tmp_path: Path) -> None:
    rows = [moved("sale", "10.00", f"2024-0{month}-05 10:00:00 +0100", Name=f"#{month}") for month in (1, 2, 3)]
    assert loaded(tmp_path, "two.csv", HISTORY, *rows[:2]) == {"rows": 2, "loaded": 2}
    assert loaded(tmp_path, "three.csv", HISTORY, *rows) == {"rows": 3, "loaded": 1, "unchanged": 2}
    assert loaded(tmp_path, "three.csv", HISTORY, *rows) == {"rows": 3, "unchanged": 3}


def test_a_pending_payout_is_updated_when_it_is_paid(tmp_path: Path) -> None:
    row = paid("charge", "10.00 0.50 9.50")
    waiting = row | {"Payout Status": "pending", "Payout Date": ""}
    assert loaded(tmp_path, "before.csv", PAYOUTS, waiting) == {"rows": 1, "loaded": 1}
    assert loaded(tmp_path, "after.csv", PAYOUTS, row) == {"rows": 1, "updated": 1}
    assert rows_of("select status, paid_out_on from transactions") == [("paid", date(2024, 5, 6))]


def test_customers_and_codes_load_and_leave_no_person_behind(emptied: str, tmp_path: Path) -> None:
    loaded(tmp_path, "orders.csv", ORDER_COLUMNS, KEPT | {"Email": "Anna.Secret@example.com"})
    known = customer("anna.secret@example.com", Tags="VIP, +49 170 5550199")
    bad = customer("anna.secret at example.com", Customer_ID="", Total_Orders="x", Tags="+49 170 5550199")
    assert loaded(tmp_path, "customers.csv", WITH_ID, known, bad) == {"rows": 2, "loaded": 1, "rejected": 1}
    assert loaded(tmp_path, "codes.csv", CODES, code("WELCOME10", "-10.0"), code("ten", "x")) == {
        "rows": 2,
        "loaded": 1,
        "rejected": 1,
    }
    # the customer of the orders and the one of the export are the same person
    assert rows_of("select c.orders from customers as c inner join orders as o using (store_id, customer_key)") == [
        (3,)
    ]
    assert rows_of("select code, value, used from discount_codes") == [("WELCOME10", Decimal("10.0000"), 12)]
    text = everything(emptied).lower()
    for secret in ("anna", "secretova", "hidden lane", "5550199", "kiel"):
        assert secret not in text, secret
