"""Shopify's products, inventory and sales report exports: each header they have had, each row accounted for."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from imported import counts, rejects, rows_of, table, take
from shop_files import INVENTORY_COLUMNS

pytestmark = pytest.mark.usefixtures("emptied")


PRODUCT_COLUMNS = [
    "Handle", "Title", "Body (HTML)", "Vendor", "Type", "Option1 Name", "Option1 Value", "Variant SKU", "Variant Price",
    "Image Src", "Cost per item", "Status",
]  # fmt: skip


def variant(handle: str, option: str, sku: str, price: str, **more: str) -> dict[str, str]:
    said = {name.replace("_", " "): value for name, value in more.items()}
    return {"Handle": handle, "Option1 Value": option, "Variant SKU": sku, "Variant Price": price} | said


def test_a_row_of_the_products_export_is_a_variant_or_one_more_picture(tmp_path: Path) -> None:
    rows = [
        variant("shirt", "S", "SH-S", "20.00", Title="Shirt", Vendor="Acme", Cost_per_item="8.00", Body_="x"),
        variant("shirt", "M", "SH-M", "20.00", Cost_per_item=""),
        {"Handle": "shirt", "Image Src": "https://example.com/2.jpg"},
        variant("cap", "Default Title", "CAP", "x", Title="Cap"),
        variant("sock", "One", "SAME", "5.00", Title="Sock", Cost_per_item="-1"),
        variant("belt", "S", "SAME", "15.00", Title="Belt"),
        variant("belt", "M", "SAME", "15.00"),
    ]
    rows[0]["Body (HTML)"] = "<p>two\nlines</p>"
    account = take(table(tmp_path / "products.csv", PRODUCT_COLUMNS, rows))
    assert counts(account) == {"rows": 7, "loaded": 4, "rejected": 2, "ignored": 1}
    assert rejects(account) == [
        (6, "Price", "x", "this is not a price"),
        (7, "Cost per item", "-1", "this is not a cost"),
    ]
    assert rows_of("select product_key, title, price from products order by 1") == [
        ("SH-M", "Shirt - M", Decimal("20.0000")),
        ("SH-S", "Shirt - S", Decimal("20.0000")),
        ("belt / M", "Belt - M", Decimal("15.0000")),
        ("belt / S", "Belt - S", Decimal("15.0000")),
    ]
    assert rows_of("select product_key, unit_cost, valid_from::text from product_costs") == [
        ("SH-S", Decimal("8.000000"), "2024-06-30")
    ]
    assert counts(take(tmp_path / "products.csv"))["unchanged"] == 4


def stock(sku: str, location: str, **numbers: str) -> dict[str, str]:
    said = {name.replace("_", " "): value for name, value in numbers.items()}
    return {
        "Handle": sku.lower(),
        "Title": sku,
        "Option1 Value": "Default Title",
        "SKU": sku,
        "Location": location,
    } | said


def levels() -> list[tuple[object, ...]]:
    return rows_of("select product_key, location, on_hand, available from inventory_levels order by 1, 2")


def test_stock_by_location_rows_in_both_headers(tmp_path: Path) -> None:
    new = [
        stock("A", "Berlin", **{"Available_(not_editable)": "-2", "On_hand_(current)": "3"}),
        stock("A", "Munich", **{"Available_(not_editable)": "not stocked", "On_hand_(current)": "not stocked"}),
        stock("B", "Berlin", **{"Available_(not_editable)": "many", "On_hand_(current)": "3"}),
    ]
    account = take(table(tmp_path / "new.csv", INVENTORY_COLUMNS, new))
    assert counts(account) == {"rows": 3, "loaded": 2, "rejected": 1}
    assert rejects(account) == [(4, "Available", "many", "this is not a quantity")]
    assert levels() == [("A", "Berlin", Decimal("3.0000"), Decimal("-2.0000")), ("A", "Munich", None, None)]
    columns = [name.partition(" (")[0] for name in INVENTORY_COLUMNS if name not in ("Bin name", "On hand (new)")]
    old = [
        stock("A", "Berlin", Available="-2", On_hand="4"),
        stock("A", "Munich", Available="not stocked", On_hand="not stocked"),
    ]
    account = take(table(tmp_path / "old.csv", columns, old))
    assert counts(account) == {"rows": 2, "updated": 1, "unchanged": 1}
    assert levels()[0] == ("A", "Berlin", Decimal("4.0000"), Decimal("-2.0000"))


def test_stock_with_a_column_a_location(tmp_path: Path) -> None:
    columns = [*INVENTORY_COLUMNS[:11], "Berlin", "Old town"]
    rows = [stock("A", "", Berlin="5", Old_town="not stocked"), stock("B", "", Berlin="", Old_town="7"), {}]
    account = take(table(tmp_path / "wide.csv", columns, rows))
    assert counts(account) == {"rows": 3, "loaded": 2, "ignored": 1}
    assert [(sku, place, available) for sku, place, _, available in levels() if available is not None] == [
        ("A", "Berlin", Decimal("5.0000")),
        ("B", "Old town", Decimal("7.0000")),
    ]


REPORT_COLUMNS = [
    "Day",
    "Orders",
    "Gross sales",
    "Discounts",
    "Returns",
    "Net sales",
    "Shipping charges",
    "Taxes",
    "Total sales",
]


def report(day: str, *amounts: str) -> dict[str, str]:
    return dict(zip(REPORT_COLUMNS, [day, *amounts], strict=True))


@pytest.mark.parametrize("name", ["Returns", "Sales reversals"])
def test_a_report_brings_control_totals_without_its_total_row(name: str, tmp_path: Path) -> None:
    rows = [
        report("2024-05-01", "2", "50.00", "-1.00", "-20.00", "29.00", "4.00", "5.30", "38.30"),
        report("2024-05-02", "1", "1,050.00", "0.00", "0.00", "1,050.00", "0.00", "0.00", "1,050.00"),
        report("2024-05-03", "1", "abc", "0.00", "0.00", "5.00", "0.00", "0.00", "5.00"),
        report("Total", "4", "1,105.00", "-1.00", "-20.00", "1,084.00", "4.00", "5.30", "1,093.30"),
    ]
    columns = [name if column == "Returns" else column for column in REPORT_COLUMNS]
    rows = [dict(zip(columns, row.values(), strict=True)) for row in rows]
    account = take(table(tmp_path / "report.csv", columns, rows), currency="EUR")
    assert counts(account) == {"rows": 4, "loaded": 2, "rejected": 1, "ignored": 1}
    assert rejects(account) == [(4, "Gross sales", "abc", "this is not an amount")]
    assert (account["start"], account["stop"], account["currency"]) == (date(2024, 5, 1), date(2024, 5, 3), "EUR")
    found = rows_of("select metric, amount from control_totals where day = '2024-05-01' order by 1")
    assert dict(found) == {
        "orders": 2, "gross_sales": 50, "discounts": 1, "reversals": 20, "net_sales": 29, "shipping": 4,
        "tax": Decimal("5.30"), "total_sales": Decimal("38.30"),
    }  # fmt: skip


def test_a_day_with_two_different_totals_is_set_aside(tmp_path: Path) -> None:
    same = report("2024-05-01", "2", "50.00", "-1.00", "-20.00", "29.00", "4.00", "5.30", "38.30")
    other = report("2024-05-02", "2", "50.00", "-1.00", "-20.00", "29.00", "4.00", "5.30", "38.30")
    rows = [same, same, other, other | {"Net sales": "28.00"}]
    account = take(table(tmp_path / "report.csv", REPORT_COLUMNS, rows))
    assert counts(account) == {"rows": 4, "loaded": 1, "duplicate": 1, "rejected": 2}
    assert rejects(account)[0] == (4, "Day", "2024-05-02", "two rows of this day say different things")
