"""Amazon's returns: units that came back to its warehouses, and those that a merchant takes back himself."""

import runpy
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from amazon_files import FBA_RETURNS, MERCHANT_RETURNS, ORDERS, accounted, converted, facts, written
from analytics import db
from imported import counts, everything, money, rows_of, take

moment = datetime.fromisoformat


def unit(plate: str = "LPN1", **cells: str) -> dict[str, str]:
    """A row of the FBA report: a mug of order 111-1 that came back unwanted and can be sold again."""
    row = {
        "return-date": "2026-07-31T22:34:59+00:00",
        "order-id": "111-1",
        "sku": "MUG",
        "asin": "B000000001",
        "fnsku": "X000000001",
        "product-name": 'Mug 4" high',
        "quantity": "1",
        "fulfillment-center-id": "CHA1",
        "detailed-disposition": "SELLABLE",
        "reason": "UNWANTED_ITEM",
        "status": "Unit returned to inventory",
        "license-plate-number": plate,
        "customer-comments": "call me at 555-0100, Jane Doe",
    }
    return row | {name.replace("_", "-"): value for name, value in cells.items()}


def request(order: str = "203-1", **cells: str) -> dict[str, str]:
    """A row of the merchant's report: a mug returned and refunded with 12.50 EUR."""
    row = {
        "Order ID": order,
        "Order date": "10-Sep-2026",
        "Return request date": "23-Sep-2026",
        "Return request status": "Approved",
        "Amazon RMA ID": "RMA1",
        "Currency code": "EUR",
        "ASIN": "B000000001",
        "Merchant SKU": "MUG",
        "Item Name": "Mug",
        "Return quantity": "1",
        "Return Reason": "CR-DEFECTIVE",
        "Return type": "C-Returns",
        "Resolution": "StandardRefund",
        "Order Amount": "25.00",
        "Order quantity": "2",
        "Refunded Amount": "12.50",
    }
    return row | {name.replace("_", " "): value for name, value in cells.items()}


def test_a_row_is_a_unit_with_its_reason_and_condition_and_no_money(tmp_path: Path) -> None:
    damaged = unit("LPN2", detailed_disposition="CUSTOMER_DAMAGED", reason="DEFECTIVE", status="Reimbursed")
    path = written(tmp_path / "returns.txt", FBA_RETURNS, [unit(), damaged])
    with converted(path) as stage:
        assert stage.recognised.format.name == "amazon_fba_returns"
        assert facts(stage, "from returns_new order by return_key") == [
            (
                "amazon_fba_returns", "111-1|LPN1", "111-1", "MUG", 'Mug 4" high', 1, None, None,
                moment("2026-07-31 22:34:59"), "return", "UNWANTED_ITEM", "SELLABLE", True,
                "Unit returned to inventory", "call me at (phone), Jane Doe", 1,
            ),
            (
                "amazon_fba_returns", "111-1|LPN2", "111-1", "MUG", 'Mug 4" high', 1, None, None,
                moment("2026-07-31 22:34:59"), "return", "DEFECTIVE", "CUSTOMER_DAMAGED", False, "Reimbursed",
                "call me at (phone), Jane Doe", 1,
            ),
        ]  # fmt: skip
        assert facts(stage, "from file_notices") == []


def test_no_address_and_no_number_of_a_buyer_is_kept_anywhere(tmp_path: Path, emptied: str) -> None:
    rows = [
        unit("LPN1", customer_comments="Too small, ring 0171 3920045 or jane@shop.test"),
        unit(
            "LPN2",
            quantity="0171 3920045",
            customer_comments="Rather +49 30 23125 417, jane@shop.test",
            reason="jane@shop.test",
        ),
    ]
    account = take(written(tmp_path / "returns.txt", FBA_RETURNS, rows))
    assert counts(account) == {"rows": 2, "loaded": 1, "rejected": 1}
    assert rows_of("select comment from returns") == [("Too small, ring (phone) or (e-mail)",)]
    kept = everything(emptied)
    assert "Rather (phone), (e-mail)" in kept
    assert not [each for each in ("3920045", "23125", "jane@", "shop.test") if each in kept]


def test_a_unit_is_known_by_its_plate_and_order_and_the_last_row_of_it_stands(tmp_path: Path) -> None:
    rows = [
        unit("LPN1", status="Pending repackaging"),
        unit("LPN1", status="Repackaged Successfully"),
        unit("LPN1", order_id="111-2"),  # sold again, and back again
    ]
    with converted(written(tmp_path / "returns.txt", FBA_RETURNS, rows)) as stage:
        assert accounted(stage) == {"fact": 2, "duplicate": 1}
        assert facts(stage, "select return_key, resolution from returns_new order by 1") == [
            ("111-1|LPN1", "Repackaged Successfully"),
            ("111-2|LPN1", "Unit returned to inventory"),
        ]


def test_units_without_a_plate_that_are_alike_are_units_of_their_own(tmp_path: Path) -> None:
    with converted(
        written(tmp_path / "returns.txt", FBA_RETURNS, [unit(""), unit(""), unit("", reason="DEFECTIVE")])
    ) as stage:
        assert accounted(stage) == {"fact": 3}
        assert facts(stage, "select count(distinct return_key), sum(units) from returns_new") == [(3, 3)]
        assert facts(stage, "from file_notices") == [
            ("3 units came back without a licence plate; each row counts as a unit of its own.", 3)
        ]


def test_a_bad_row_of_returned_units_is_named(tmp_path: Path) -> None:
    rows = [unit("1", order_id=""), unit("2", return_date="31 April"), unit("3", quantity="two"), {}, unit("4")]
    rows += [unit("5", order_id="1.1E+16"), unit("6", sku="", product_name="", asin="")]
    with converted(written(tmp_path / "returns.txt", FBA_RETURNS, rows)) as stage:
        assert accounted(stage) == {"rejected": 5, "ignored": 1, "fact": 1}
        assert facts(stage, "select record, column_name, value, reason from rejects order by record") == [
            (1, "order-id", None, "the order number is missing"),
            (2, "return-date", "31 April", "this is not a date"),
            (3, "quantity", "two", "this is not a quantity"),
            (6, "order-id", "1.1E+16", "a spreadsheet has rounded this order number, so it is no key; export it again"),
            (7, "sku", None, "the row has neither a SKU nor a name"),
        ]


def test_a_merchants_return_brings_money_reason_and_resolution(tmp_path: Path) -> None:
    rows = [request(), request("203-2", Resolution="Exchange", Refunded_Amount="")]
    with converted(written(tmp_path / "returns.txt", MERCHANT_RETURNS, rows)) as stage:
        assert stage.recognised.format.name == "amazon_merchant_returns"
        assert facts(stage, "from returns_new order by order_name") == [
            (
                "amazon_merchant_returns", "203-1|RMA1||MUG", "203-1", "MUG", "Mug", 1, Decimal("12.50"), "EUR",
                moment("2026-09-23"), "return", "CR-DEFECTIVE", None, None, "StandardRefund", None, 1,
            ),
            (
                "amazon_merchant_returns", "203-2|RMA1||MUG", "203-2", "MUG", "Mug", 1, None, "EUR",
                moment("2026-09-23"), "exchange", "CR-DEFECTIVE", None, None, "Exchange", None, 1,
            ),
        ]  # fmt: skip


def test_a_request_that_was_denied_is_no_return_unless_money_was_given_back(tmp_path: Path) -> None:
    rows = [
        request("203-1"),
        request("203-2", Return_request_status="Denied", Refunded_Amount=""),
        request("203-3", Return_request_status="Pending", Refunded_Amount="0.00"),
        request("203-4", Return_request_status="Denied", Refunded_Amount="5.00"),
    ]
    with converted(written(tmp_path / "returns.txt", MERCHANT_RETURNS, rows)) as stage:
        assert accounted(stage) == {"fact": 2, "ignored": 2}
        assert facts(stage, "select order_name, amount from returns_new order by 1") == [
            ("203-1", Decimal("12.50")),
            ("203-4", Decimal("5.00")),
        ]
        assert facts(stage, "from file_notices") == [
            ("2 requests were denied, cancelled or are still pending, with nothing refunded: they are no returns.", 2)
        ]


def test_the_last_row_of_a_merchants_return_stands_and_other_lines_of_the_order_are_their_own(tmp_path: Path) -> None:
    rows = [request(Refunded_Amount=""), request(), request(Merchant_SKU="CUP"), request(Amazon_RMA_ID="RMA2")]
    with converted(written(tmp_path / "returns.txt", MERCHANT_RETURNS, rows)) as stage:
        assert accounted(stage) == {"fact": 3, "duplicate": 1}
        assert facts(stage, "select sum(amount) from returns_new") == [(Decimal("37.50"),)]


def test_a_comma_in_a_refund_is_a_decimal_mark_where_the_file_says_so(tmp_path: Path) -> None:
    rows = [request("203-1", Refunded_Amount="12,50"), request("203-2", Refunded_Amount="1.012,50")]
    with converted(written(tmp_path / "returns.txt", MERCHANT_RETURNS, rows)) as stage:
        assert facts(stage, "select sum(amount) from returns_new") == [(Decimal("1025.00"),)]


def test_a_bad_row_of_a_merchants_returns_is_named(tmp_path: Path) -> None:
    rows = [
        request(""),
        request("1", Return_request_date=""),
        request("2", Return_quantity="0"),
        request("3", Refunded_Amount="all"),
        request("4", Currency_code="Euro"),
    ]
    with converted(written(tmp_path / "returns.txt", MERCHANT_RETURNS, rows)) as stage:
        assert accounted(stage) == {"rejected": 5}
        assert facts(stage, "select column_name, value, reason from rejects order by record") == [
            ("Order ID", None, "the order number is missing"),
            ("Return request date", None, "the date is missing"),
            ("Return quantity", "0", "this is not a quantity"),
            ("Refunded Amount", "all", "this is not an amount"),
            ("Currency code", "Euro", "this is not a three-letter currency"),
        ]


@pytest.mark.usefixtures("emptied")
def test_returned_units_reach_the_line_of_their_order(tmp_path: Path) -> None:
    order = {
        "amazon-order-id": "111-1", "purchase-date": "2026-07-01T10:00:00+00:00", "order-status": "Shipped",
        "last-updated-date": "2026-07-02T10:00:00+00:00", "sales-channel": "Amazon.com", "product-name": "Mug", "sku": "MUG",
        "quantity": "2", "currency": "USD", "item-price": "40.00",
    }  # fmt: skip
    take(written(tmp_path / "orders.txt", ORDERS, [order]))
    account = take(written(tmp_path / "returns.txt", FBA_RETURNS, [unit(), unit("", order_id="")]))
    assert counts(account) == {"rows": 2, "loaded": 1, "rejected": 1}
    assert rows_of(
        "select kind, units, reason, condition, is_restocked, cast(booked_at as date)::text from reversals where not is_superseded"
    ) == [("return", 1, "UNWANTED_ITEM", "SELLABLE", True, "2026-07-31")]
    assert money("gross_sales", "units", "units_returned", "net_units") == ["40.00", "2.00", "1.00", "1.00"]
    assert counts(take(written(tmp_path / "again.txt", FBA_RETURNS, [unit(), unit("LPN2")]))) == {
        "rows": 2,
        "loaded": 1,
        "unchanged": 1,
    }


def test_a_return_imported_before_comments_were_kept_is_still_the_same(tmp_path: Path, emptied: str) -> None:
    version = db.SQL / "migrations" / "versions" / "0011_return_words.py"
    written_in = runpy.run_path(str(version))
    take(written(tmp_path / "returns.txt", FBA_RETURNS, [unit(customer_comments="")]))
    with db.transaction() as cursor:
        cursor.execute(
            "alter table returns drop column comment;"
            "update import_images set image = image - 'comment', fingerprint = md5(cast(image - 'comment' as text));"
        )
        cursor.execute(written_in["COMMENTS"])
    again = take(written(tmp_path / "more.txt", FBA_RETURNS, [unit(customer_comments=""), unit("LPN2")]))
    assert counts(again) == {"rows": 2, "loaded": 1, "unchanged": 1}
