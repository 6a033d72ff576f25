"""A small shop's Shopify exports, written by hand, whose figures anyone can add up."""

import csv
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

ORDER_COLUMNS = [
    "Name",
    "Email",
    "Financial Status",
    "Paid at",
    "Fulfillment Status",
    "Fulfilled at",
    "Accepts Marketing",
    "Currency",
    "Subtotal",
    "Shipping",
    "Taxes",
    "Total",
    "Discount Code",
    "Discount Amount",
    "Shipping Method",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Lineitem compare at price",
    "Lineitem sku",
    "Lineitem requires shipping",
    "Lineitem taxable",
    "Lineitem fulfillment status",
    "Billing Name",
    "Billing Street",
    "Billing Address1",
    "Billing Address2",
    "Billing Company",
    "Billing City",
    "Billing Zip",
    "Billing Province",
    "Billing Country",
    "Billing Phone",
    "Shipping Name",
    "Shipping Street",
    "Shipping Address1",
    "Shipping Address2",
    "Shipping Company",
    "Shipping City",
    "Shipping Zip",
    "Shipping Province",
    "Shipping Country",
    "Shipping Phone",
    "Notes",
    "Note Attributes",
    "Cancelled at",
    "Payment Method",
    "Payment Reference",
    "Refunded Amount",
    "Vendor",
    "Outstanding Balance",
    "Employee",
    "Location",
    "Device ID",
    "Id",
    "Tags",
    "Risk Level",
    "Source",
    "Lineitem discount",
    "Tax 1 Name",
    "Tax 1 Value",
    "Tax 2 Name",
    "Tax 2 Value",
    "Tax 3 Name",
    "Tax 3 Value",
    "Tax 4 Name",
    "Tax 4 Value",
    "Tax 5 Name",
    "Tax 5 Value",
    "Phone",
    "Receipt Number",
    "Duties",
    "Billing Province Name",
    "Shipping Province Name",
    "Payment ID",
    "Payment Terms Name",
    "Next Payment Due At",
    "Payment References",
]
INVENTORY_COLUMNS = [
    "Handle",
    "Title",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Option3 Name",
    "Option3 Value",
    "SKU",
    "HS Code",
    "COO",
    "Location",
    "Bin name",
    "Incoming (not editable)",
    "Unavailable (not editable)",
    "Committed (not editable)",
    "Available (not editable)",
    "On hand (current)",
    "On hand (new)",
]

# 60.00 + (19.99 − 2.00) + (100.10 − 100.10 taken back) + 37.05
GROSS_SALES = Decimal("217.14")
DISCOUNTS = Decimal("2.00")
REVERSALS = Decimal("100.10")
NET_SALES = Decimal("115.04")
ORDERS = 4
# the last day alone: 60.00 + 17.99
NET_SALES_OF_LAST_DAY = Decimal("77.99")


def orders(path: Path, last_day: date) -> Path:
    """Four orders in USD: two on the last day, one refunded whole two days earlier, one at a till 19 days earlier."""
    rows = [
        order(
            1001,
            last_day,
            2,
            "30.00",
            "Mug",
            {"Shipping": "5.00", "Taxes": "3.00", "Subtotal": "60.00", "Total": "68.00"},
        ),
        order(
            1002,
            last_day,
            1,
            "19.99",
            "Bowl",
            {"Discount Amount": "2.00", "Taxes": "0.90", "Subtotal": "17.99", "Total": "18.89"},
        ),
        order(
            1003,
            last_day - timedelta(days=2),
            1,
            "100.10",
            "=Vase",
            {"Subtotal": "100.10", "Total": "100.10", "Refunded Amount": "100.10", "Financial Status": "refunded"},
        ),
        order(
            1004,
            last_day - timedelta(days=19),
            3,
            "12.35",
            "Mug",
            {"Subtotal": "37.05", "Total": "37.05", "Source": "pos", "Shipping Country": "CA"},
        ),
    ]
    return write(path, ORDER_COLUMNS, rows)


def order(number: int, day: date, quantity: int, price: str, title: str, more: Mapping[str, str]) -> dict[str, str]:
    """An order of one line, paid and sent on its day; `more` says what is different."""
    usual = {
        "Name": f"#{number}",
        "Email": f"buyer{number}@example.com",
        "Financial Status": "paid",
        "Paid at": f"{day} 10:00:00 +0000",
        "Fulfillment Status": "fulfilled",
        "Currency": "USD",
        "Shipping": "0.00",
        "Taxes": "0.00",
        "Discount Amount": "0.00",
        "Created at": f"{day} 10:00:00 +0000",
        "Lineitem quantity": str(quantity),
        "Lineitem name": title,
        "Lineitem price": price,
        "Lineitem sku": f"SKU-{title.strip('=')}",
        "Lineitem requires shipping": "true",
        "Lineitem taxable": "true",
        "Lineitem fulfillment status": "fulfilled",
        "Shipping Country": "US",
        "Refunded Amount": "0.00",
        "Id": str(5_000_000 + number),
        "Source": "web",
        "Lineitem discount": "0.00",
    }
    return usual | more


def inventory(path: Path) -> Path:
    """Two products at one location: 7 mugs and no bowl."""
    rows = [
        {"Handle": title.lower(), "Title": title, "SKU": f"SKU-{title}", "Location": "Shop", **_counts(number)}
        for title, number in (("Mug", 7), ("Bowl", 0))
    ]
    return write(path, INVENTORY_COLUMNS, rows)


def _counts(number: int) -> dict[str, str]:
    names = ("Incoming (not editable)", "Unavailable (not editable)", "Committed (not editable)")
    return dict.fromkeys(names, "0") | {"Available (not editable)": str(number), "On hand (current)": str(number)}


def write(path: Path, columns: list[str], rows: list[dict[str, str]]) -> Path:
    """A CSV file as Shopify writes it: every column, in order, blank where nothing is said."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path
