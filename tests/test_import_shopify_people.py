"""Shopify's customers and discounts: who is known by which key, nothing personal kept, codes with their value and days."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from converted import Converted, converted
from imported import table

_ADDRESS = [
    "Company",
    "Address1",
    "Address2",
    "City",
    "Province",
    "Province Code",
    "Country",
    "Country Code",
    "Zip",
    "Phone",
]
_TAIL = ["Total Spent", "Total Orders", "Tags", "Note", "Tax Exempt"]
OLD = ["First Name", "Last Name", "Email", *_ADDRESS, "Accepts Marketing", *_TAIL]
OF_2023 = ["First Name", "Last Name", "Email", "Accepts Email Marketing", *_ADDRESS, "Accepts SMS Marketing", *_TAIL]
WITH_ID = ["Customer ID", *OF_2023]
_DEFAULT = ["Company", "Address1", "Address2", "City", "Province Code", "Country Code", "Zip", "Phone"]
OF_TODAY = [
    "Customer ID", "First Name", "Last Name", "Email", "Accepts Email Marketing",
    *(f"Default Address {name}" for name in _DEFAULT),
    "Phone", "Accepts SMS Marketing", "Total Spent", "Total Orders", "Note", "Tax Exempt", "Tags",
]  # fmt: skip
CODES = [
    "Name", "Value", "Value Type", "Type", "Discount Class", "Minimum Purchase Requirements",
    "Combines with Order Discounts", "Combines with Product Discounts", "Combines with Shipping Discounts",
    "Customer Selection", "Context", "Times Used In Total", "Applies Once Per Customer", "Usage Limit Per Code",
    "Status", "Start", "End",
]  # fmt: skip


def customer(email: str, **more: str) -> dict[str, str]:
    """A customer in every header's words; those a header lacks are dropped when the file is written."""
    usual = {"Customer ID": "'6123456789012", "First Name": "Anna", "Last Name": "Secretova", "Email": email}
    usual |= {"Accepts Email Marketing": "yes", "Accepts Marketing": "yes", "Address1": "Hidden Lane 7", "City": "Kiel"}
    usual |= {"Province Code": "SH", "Country": "Germany", "Country Code": "DE", "Phone": "+49 170 5550199"}
    usual |= {
        "Default Address Country Code": "DE",
        "Default Address Province Code": "SH",
        "Default Address City": "Kiel",
    }
    usual |= {"Total Spent": "119.50", "Total Orders": "3", "Tags": "VIP, newsletter", "Note": "rings at Secretova"}
    return usual | {name.replace("_", " "): value for name, value in more.items()}


def customers(folder: Path, *rows: dict[str, str], columns: list[str] = WITH_ID, **how: str) -> Converted:
    return converted(table(folder / "customers.csv", columns, list(rows), **how), "customers")


def code(name: str, value: str, **more: str) -> dict[str, str]:
    usual = {"Name": name, "Value": value, "Value Type": "percentage", "Type": "Amount Off", "Discount Class": "order"}
    usual |= {"Times Used In Total": "12", "Status": "Active", "Start": "2024-05-01 00:00:00 +0200"}
    return usual | {name.replace("_", " "): value for name, value in more.items()}


def codes(folder: Path, *rows: dict[str, str], **how: str) -> Converted:
    return converted(table(folder / "discounts.csv", CODES, list(rows), **how), "discounts")


@pytest.mark.parametrize("columns", [OLD, OF_2023, WITH_ID, OF_TODAY], ids=len)
def test_every_header_of_the_customers_export_brings_the_same_customer(columns: list[str], tmp_path: Path) -> None:
    found = customers(tmp_path, customer("anna@example.com"), columns=columns)
    assert (found.format, found.states) == ("shopify_customers", {"fact": 1})
    assert found.column("country", "region", "orders", "total_spent", "currency", "accepts_marketing", "tags") == [
        ("DE", "SH", 3, Decimal("119.5"), "USD", True, "VIP, newsletter")
    ]
    has_id = "Customer ID" in columns
    assert found.column("platform_id") == ["6123456789012" if has_id else None]


def test_a_customer_is_known_by_e_mail_else_by_id(tmp_path: Path) -> None:
    found = customers(tmp_path, customer("Anna@Example.com "), customer("", Customer_ID="'77"))
    keys = found.column("customer_key")
    assert keys[0] == "c:77" and keys[1].startswith("h:") and len(keys[1]) == 34
    assert found.notices == [
        "1 customers have no e-mail: they are known by their id, and orders name them only by e-mail."
    ]


def test_one_e_mail_in_two_spellings_is_one_customer_as_it_stands_last(tmp_path: Path) -> None:
    found = customers(tmp_path, customer("anna@example.com"), customer("ANNA@example.com", Total_Orders="4"))
    assert (found.states, found.column("orders")) == ({"fact": 1, "duplicate": 1}, [4])


def test_no_name_address_phone_or_e_mail_becomes_a_fact(tmp_path: Path) -> None:
    tagged = customer("anna.secret@example.com", Tags="VIP, anna.secret@example.com, +49 170 5550199, since 2021")
    bad = customer("anna.secret at example.com", Customer_ID="", Total_Orders="x")
    found = customers(tmp_path, tagged, bad)
    assert found.column("tags") == ["VIP, (e-mail), (number), since 2021"]
    text = f"{found.facts} {found.rejects} {found.notices}".lower()
    for secret in ("anna", "secretova", "hidden lane", "5550199", "kiel"):
        assert secret not in text, secret


def test_a_rounded_customer_id_is_no_key(tmp_path: Path) -> None:
    rounded = "6.12346E+12"
    found = customers(tmp_path, customer("anna@example.com", Customer_ID=rounded), customer("", Customer_ID=rounded))
    assert (found.states, found.column("platform_id")) == ({"fact": 1, "rejected": 1}, [None])
    assert found.rejects == [
        (3, "Customer ID", rounded, "a spreadsheet has rounded this id, so it is no key; export it again")
    ]
    assert found.notices[0].startswith("A spreadsheet has rounded the customer ids")


def test_customers_saved_by_a_spreadsheet(tmp_path: Path) -> None:
    rows = [customer("a@example.com", Total_Spent="1.119,50", Accepts_Email_Marketing="WAHR"), {}]
    found = customers(tmp_path, *rows, delimiter=";", encoding="cp1252", lines="\r\n")
    assert found.states == {"fact": 1, "ignored": 1}
    assert found.column("total_spent", "accepts_marketing") == [(Decimal("1119.5"), True)]


def test_a_bad_customer_is_named_by_line_column_value_and_reason(tmp_path: Path) -> None:
    found = customers(
        tmp_path,
        customer("", Customer_ID=""),
        customer("a@example.com", Total_Orders="many"),
        customer("b@example.com", Total_Spent="lots"),
        customer("c@example.com", Total_Orders="", Total_Spent="", Accepts_Email_Marketing="", Country_Code=""),
    )
    assert found.rejects == [
        (2, "Email", None, "the customer has neither an e-mail nor an id"),
        (3, "Total Orders", "many", "this is not a number of orders"),
        (4, "Total Spent", "lots", "this is not an amount"),
    ]
    # what the file does not say is unknown, not 0
    assert found.column("orders", "total_spent", "accepts_marketing", "country") == [(None, None, None, None)]


def test_a_code_brings_its_value_its_days_and_its_uses(tmp_path: Path) -> None:
    found = codes(
        tmp_path,
        code("WELCOME10", "-10.0", End="2024-06-30 23:59:59 +0200"),
        code("MINUS5", "-5.00", Value_Type="fixed_amount", Minimum_Purchase_Requirements="€40.00", Status="Expired"),
        code(
            "FREESHIP",
            "",
            Type="Free Shipping",
            Discount_Class="shipping",
            Minimum_Purchase_Requirements="2 items or more",
        ),
        {},
    )
    assert (found.format, found.states, found.rejects) == ("shopify_discounts", {"fact": 3, "ignored": 1}, [])
    names = ("code", "kind", "value", "value_kind", "minimum", "starts_on", "ends_on", "used", "status")
    assert found.column(*names) == [
        ("FREESHIP", "shipping", None, "percentage", None, date(2024, 5, 1), None, 12, "active"),
        ("MINUS5", "order", Decimal(5), "fixed_amount", Decimal(40), date(2024, 5, 1), None, 12, "expired"),
        ("WELCOME10", "order", Decimal(10), "percentage", None, date(2024, 5, 1), date(2024, 6, 30), 12, "active"),
    ]


def test_a_code_in_other_capitals_is_the_same_code(tmp_path: Path) -> None:
    found = codes(tmp_path, code("welcome10", "-10.0"), code("WELCOME10", "-15.0"))
    assert (found.states, found.column("code", "value")) == ({"fact": 1, "duplicate": 1}, [("WELCOME10", Decimal(15))])


def test_a_bad_code_is_named_by_line_column_value_and_reason(tmp_path: Path) -> None:
    found = codes(
        tmp_path,
        code("", "-10.0"),
        code("A", "ten"),
        code("B", "-110.0"),
        code("C", "-10.0", Times_Used_In_Total="often"),
        code("D", "-10.0", Start="soon"),
        code("E", "-10.0", End="later"),
    )
    assert found.states == {"rejected": 6}
    assert found.rejects == [
        (2, "Name", None, "the code is missing"),
        (3, "Value", "ten", "this is not a value"),
        (4, "Value", "-110.0", "more than 100 per cent cannot be taken off"),
        (5, "Times Used In Total", "often", "this is not a number of uses"),
        (6, "Start", "soon", "this is not a date"),
        (7, "End", "later", "this is not a date"),
    ]
