"""Amazon's All Orders report: what was sold with tax inside or on top of prices, cancelled, not priced yet, seen twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from amazon_files import ORDERS, accounted, converted, facts, written
from analytics import db, sales
from analytics.scope import Scope
from imported import counts, everything, money, rejects, rows_of, take, totals, unreconciled

pytestmark = pytest.mark.usefixtures("emptied")


def line(order: str = "111-0000001-0000001", **cells: str) -> dict[str, str]:
    """A row of the report: 1 mug for 20.00 USD with 1.60 tax, shipped, unless a cell says otherwise."""
    row = {
        "amazon-order-id": order,
        "purchase-date": "2026-05-01T10:00:00+00:00",
        "last-updated-date": "2026-05-03T08:00:00+00:00",
        "order-status": "Shipped",
        "fulfillment-channel": "Amazon",
        "sales-channel": "Amazon.com",
        "product-name": "Mug",
        "sku": "MUG",
        "asin": "B000000001",
        "item-status": "Shipped",
        "quantity": "1",
        "currency": "USD",
        "item-price": "20.00",
        "item-tax": "1.60",
        "ship-city": "Springfield",
        "ship-state": "IL",
        "ship-postal-code": "62701",
        "ship-country": "US",
        "is-business-order": "false",
    }
    return row | {name.replace("_", "-"): value for name, value in cells.items()}


GERMAN = {"sales_channel": "Amazon.de", "currency": "EUR", "ship_country": "DE", "ship_state": "Berlin"}


def report(folder: Path, *rows: dict[str, str], columns: list[str] = ORDERS, name: str = "orders.txt") -> Path:
    return written(folder / name, columns, list(rows))


def test_the_item_price_is_the_total_of_the_line_and_its_tax_comes_on_top(tmp_path: Path) -> None:
    account = take(
        report(
            tmp_path,
            # 3 mugs for 60.00, 6.00 off; shipping 5.00, 2.00 off; wrapped for 3.00; tax 4.32 + 0.24 + 0.24
            line(
                quantity="3", item_price="60.00", item_tax="4.32", item_promotion_discount="6.00", shipping_price="5.00",
                shipping_tax="0.24", ship_promotion_discount="2.00", gift_wrap_price="3.00", gift_wrap_tax="0.24",
                promotion_ids="PAWS-1", is_business_order="true",
            ),
            line("111-0000002-0000002", fulfillment_channel="Merchant"),
        )
    )  # fmt: skip
    assert counts(account) == {"rows": 2, "loaded": 2}
    assert money("gross_sales", "discounts", "net_sales", "shipping", "fees", "tax") == [
        "80.00", "6.00", "74.00", "3.00", "3.00", "6.40",
    ]  # fmt: skip
    assert (totals()["total_sales"], totals()["units"], totals()["orders"]) == (Decimal("86.40"), 4, 2)
    assert rows_of("select unit_price from order_items where units = 3") == [(20,)]
    assert rows_of(
        "select order_name, document_total, prices_include_tax, discount_codes, tags, country, region, channel"
        " from orders order by 1"
    ) == [
        ("111-0000001-0000001", Decimal("64.80"), False, "PAWS-1", "FBA, business", "US", "IL", "Amazon.com"),
        ("111-0000002-0000002", Decimal("21.60"), False, None, "FBM", "US", "IL", "Amazon.com"),
    ]
    assert unreconciled() == []


def test_in_europe_the_tax_is_inside_the_prices_and_is_taken_out_to_the_cent(tmp_path: Path) -> None:
    # 119.00 less 11.90 is 107.10, of it 17.10 tax: 90.00 = 100.00 less 10.00. Shipping 5.95 with 0.95, wrap 2.38 with 0.38
    account = take(
        report(
            tmp_path,
            line(
                "302-1", quantity="2", item_price="119.00", item_tax="17.10", item_promotion_discount="11.90",
                shipping_price="5.95", shipping_tax="0.95", gift_wrap_price="2.38", gift_wrap_tax="0.38", **GERMAN,
            ),
            # 16.95 with 2.71: 14.24
            line("302-2", item_price="16.95", item_tax="2.71", **GERMAN),
        )
    )  # fmt: skip
    assert counts(account) == {"rows": 2, "loaded": 2}
    assert money("gross_sales", "discounts", "net_sales", "shipping", "fees", "tax", "collected") == [
        "114.24", "10.00", "104.24", "5.00", "2.00", "21.14", "132.38",
    ]  # fmt: skip
    # what buyers paid: 107.10 + 5.95 + 2.38, and 16.95
    assert rows_of("select document_total, prices_include_tax from orders order by order_key") == [
        (Decimal("115.43"), True),
        (Decimal("16.95"), True),
    ]


def test_the_same_row_means_another_amount_where_the_tax_comes_on_top(tmp_path: Path) -> None:
    for shop, channel, gross in (
        ("A", "Amazon.de", "100.00"),
        ("B", "Amazon.com", "119.00"),
        ("C", "Amazon.co.jp", "100.00"),
    ):
        path = report(tmp_path, line(item_price="119.00", item_tax="19.00", sales_channel=channel), name=f"{shop}.txt")
        take(path, store=shop)
        assert rows_of(
            "select amount from order_items join stores using (store_id) where name = %(shop)s", shop=shop
        ) == [(Decimal(gross),)]


def test_goods_given_away_hold_no_tax_even_where_the_report_prints_some(tmp_path: Path) -> None:
    take(report(tmp_path, line(item_price="20.00", item_tax="3.19", item_promotion_discount="20.00", **GERMAN)))
    assert money("gross_sales", "discounts", "net_sales", "tax", "collected") == [
        "20.00",
        "20.00",
        "0.00",
        "0.00",
        "0.00",
    ]
    assert [reason for _, reason, _ in unreconciled()] == [
        "A promotion or a tax is larger than what was paid for its line"
    ]


def test_cancelled_orders_and_lines_are_kept_and_are_no_sales(tmp_path: Path) -> None:
    account = take(
        report(
            tmp_path,
            line("111-1"),
            line("111-1", sku="CUP", product_name="Cup", item_status="Cancelled", quantity="0", item_price=""),
            line("111-1", sku="JUG", product_name="Jug", item_status="Cancelled", item_price="9.00", shipping_price="4.00"),
            line("111-2", order_status="Cancelled", item_status="Cancelled", item_price="30.00"),
            line("111-3", order_status="Cancelled", item_status="", quantity="0", item_price="", currency=""),
        )
    )  # fmt: skip
    assert counts(account) == {"rows": 5, "loaded": 5}
    assert money("gross_sales", "shipping", "tax", "collected", "orders", "units") == [
        "20.00", "0.00", "1.60", "21.60", "1.00", "1.00",
    ]  # fmt: skip
    assert rows_of(
        "select order_key, kind, units, unit_price, amount from order_items order by order_key, line_no"
    ) == [
        ("111-1", "product", 1, 20, 20),
        ("111-1", "cancelled", 0, 0, 0),
        ("111-1", "cancelled", 1, 9, 0),
        ("111-2", "product", 1, 30, 30),
        ("111-3", "cancelled", 0, 0, 0),
    ]
    assert rows_of("select order_key, is_counted, financial_status, cancelled_on, currency from orders order by 1") == [
        ("111-1", True, "paid", None, "USD"),
        ("111-2", False, "cancelled", date(2026, 5, 3), "USD"),
        ("111-3", False, "cancelled", date(2026, 5, 3), "USD"),
    ]


def test_a_pending_order_counts_and_its_missing_price_is_named_and_not_0(tmp_path: Path) -> None:
    unpriced = GERMAN | {"currency": ""}
    account = take(
        report(
            tmp_path,
            line("302-1", **unpriced, order_status="Pending", item_price="", item_tax="", quantity="2"),
            line("302-2", item_price="11.90", item_tax="1.90", **GERMAN),
        )
    )
    assert counts(account) == {"rows": 2, "loaded": 2}
    # the currency is the marketplace's; the units that have no price are no sale of 0.00
    assert money("gross_sales", "units", "orders", "average_order_value_nonzero") == ["10.00", "1.00", "2.00", "10.00"]
    assert unreconciled() == [("302-1", "Amazon has not given a price yet for a line (pending)", 0)]
    assert rows_of("select kind, units from order_items where order_key = '302-1'") == [("unpriced", 2)]


def test_when_the_price_comes_the_order_is_replaced(tmp_path: Path) -> None:
    take(
        report(tmp_path, line(order_status="Pending", item_price="", item_tax=""), name="first.txt"),
        as_of=date(2026, 5, 1),
    )
    account = take(report(tmp_path, line(), name="second.txt"), as_of=date(2026, 5, 4))
    assert counts(account) == {"rows": 1, "updated": 1}
    assert money("gross_sales", "orders") == ["20.00", "1.00"]
    assert unreconciled() == []


def test_identical_rows_are_lines_of_their_own_and_the_same_file_again_changes_nothing(tmp_path: Path) -> None:
    rows = (line("111-1"), line("111-2"), line("111-1"), line("111-1", quantity="2", item_price="40.00"))
    account = take(report(tmp_path, *rows))
    assert counts(account) == {"rows": 4, "loaded": 4}
    assert any(notice.startswith("1 lines repeat another line of their order") for notice in account["notices"])
    assert money("gross_sales", "orders", "units") == ["100.00", "2.00", "5.00"]
    assert rows_of("select line_no from order_items where order_key = '111-1' order by 1") == [(1,), (2,), (3,)]
    again = take(report(tmp_path, *reversed(rows), name="again.txt"))
    assert counts(again) == {"rows": 4, "unchanged": 4}


def test_the_day_of_the_last_update_is_what_an_order_is_known_as_of(tmp_path: Path) -> None:
    path = report(
        tmp_path,
        line("111-1", last_updated_date="2026-05-03T08:00:00+00:00"),
        line("111-1", last_updated_date="2026-05-09T08:00:00+00:00", sku="CUP"),
        line("111-2", last_updated_date=""),
    )
    with converted(path) as stage:
        assert facts(stage, "select order_key, as_of from orders_new order by 1") == [
            ("111-1", date(2026, 5, 9)),
            ("111-2", None),
        ]


def test_the_latest_update_of_an_order_wins_whenever_its_report_is_imported(tmp_path: Path) -> None:
    newer = line(quantity="2", item_price="40.00", item_tax="3.20", last_updated_date="2026-05-09T08:00:00+00:00")
    take(report(tmp_path, newer, name="newer.txt"), as_of=date(2026, 5, 10))
    account = take(report(tmp_path, line(), line("111-2"), name="older.txt"), as_of=date(2026, 6, 1))
    assert counts(account) == {"rows": 2, "loaded": 1, "unchanged": 1}
    assert "1 rows are older than what is known and changed nothing." in account["notices"]
    assert money("gross_sales") == ["60.00"]


def test_the_day_is_the_shops_own_where_its_zone_is_known(tmp_path: Path) -> None:
    path = report(tmp_path, line(purchase_date="2026-05-01T03:30:00+00:00"))
    with converted(path) as stage:
        assert facts(stage, "select ordered_on from orders_new") == [(date(2026, 5, 1),)]
        stage.duck.execute("set variable time_zone = 'America/Los_Angeles'")
        stage.duck.execute(db.script("ingest/amazon_orders.sql"))
        assert facts(stage, "select ordered_on from orders_new") == [(date(2026, 4, 30),)]


def test_what_amazon_only_sends_for_another_shop_is_no_sale(tmp_path: Path) -> None:
    take(
        report(
            tmp_path,
            line("111-1"),
            line("S01-1", sales_channel="Non-Amazon US", item_price="", item_tax="", currency=""),
        )
    )
    assert money("gross_sales", "orders", "units") == ["20.00", "1.00", "1.00"]
    assert rows_of("select is_counted, financial_status from orders where order_key = 'S01-1'") == [
        (False, "sold elsewhere")
    ]
    assert unreconciled() == []


def test_a_raw_inch_mark_in_a_name_is_a_letter_like_any_other(tmp_path: Path) -> None:
    names = ['TV 24" black', '"Best" mug', '24" and 32" mounts', '"', 'Mug "']
    account = take(report(tmp_path, *(line(f"111-{at}", product_name=name) for at, name in enumerate(names))))
    assert counts(account) == {"rows": 5, "loaded": 5}
    assert rows_of('select title from product_aliases order by title collate "C"') == [
        (name,) for name in sorted(names)
    ]


def test_a_saved_copy_of_the_report_from_a_spreadsheet_is_read_with_its_quotes(tmp_path: Path) -> None:
    path = tmp_path / "copy.csv"
    cells = line(product_name='"TV 24"" black, large"')
    path.write_text(",".join(ORDERS) + "\n" + ",".join(cells.get(name, "") for name in ORDERS) + "\n")
    assert counts(take(path)) == {"rows": 1, "loaded": 1}
    assert rows_of("select title from product_aliases") == [('TV 24" black, large',)]


def test_every_bad_row_is_named_and_the_others_load(tmp_path: Path) -> None:
    account = take(
        report(
            tmp_path,
            line(""),
            line("1.11E+17"),
            line("111-3", purchase_date="2026-02-30T10:00:00+00:00"),
            line("111-4", quantity="-1"),
            line("111-5", item_price="20,00,1"),
            line("111-6", shipping_price="free"),
            line("111-7", currency="Dollar"),
            line("111-8", sku="", product_name="", asin=""),
            {},
            line("111-9"),
        )
    )
    assert counts(account) == {"rows": 10, "loaded": 1, "rejected": 8, "ignored": 1}
    assert rejects(account) == [
        (2, "amazon-order-id", None, "the order number is missing"),
        (
            3,
            "amazon-order-id",
            "1.11E+17",
            "a spreadsheet has rounded this order number, so it is no key; export it again",
        ),
        (4, "purchase-date", "2026-02-30T10:00:00+00:00", "this is not a date"),
        (5, "quantity", "-1", "this is not a quantity"),
        (6, "item-price", "20,00,1", "this is not an amount"),
        (7, "shipping-price", "free", "this is not an amount"),
        (8, "currency", "Dollar", "this is not a three-letter currency"),
        (9, "sku", None, "the line has neither a SKU nor a name"),
    ]


def test_nobody_is_known_by_an_order_of_amazon_and_no_address_is_kept(tmp_path: Path, emptied: str) -> None:
    take(report(tmp_path, line(ship_city="Springfieldtown", ship_postal_code="62701-1234")))
    assert rows_of("select customer_key from orders") == [(None,)]
    kept = everything(emptied)
    assert "Springfieldtown" not in kept and "62701" not in kept


def test_older_reports_of_29_columns_and_newer_ones_with_more_are_the_same_format(tmp_path: Path) -> None:
    older = [name for name in ORDERS if name not in ("url", "purchase-order-number", "price-designation")]
    newer = [*ORDERS, "signature-confirmation-recommended"]
    for at, columns in enumerate((older, newer)):
        assert len(columns) in (29, 33)
        path = report(tmp_path, line(f"111-{at}"), columns=columns, name=f"{at}.txt")
        account = take(path)
        assert (account["format"], counts(account)) == ("amazon_orders", {"rows": 1, "loaded": 1})


def test_every_record_of_the_report_has_one_state(tmp_path: Path) -> None:
    with converted(report(tmp_path, line("1"), {}, line(""), line("1"))) as stage:
        assert accounted(stage) == {"fact": 2, "ignored": 1, "rejected": 1}


def test_marketplaces_of_one_seller_are_channels_and_their_currencies_stay_apart(tmp_path: Path) -> None:
    take(report(tmp_path, line("1"), line("2", item_price="11.90", item_tax="1.90", **GERMAN)))
    found = sales.by_dimension(Scope(), "channel")
    assert sorted(found[["value", "currency", "net_sales"]].itertuples(index=False, name=None)) == [
        ("Amazon.com", "USD", 20),
        ("Amazon.de", "EUR", 10),
    ]
