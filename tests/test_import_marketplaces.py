"""Etsy's order items, Square's items detail and eBay's orders report: what is the shop's money, and what is not."""

from decimal import Decimal
from pathlib import Path

import pytest

from analytics import bridge
from analytics.errors import Refused
from analytics.scope import Scope
from imported import counts, everything, money, rejects, rows_of, table, take, totals, unreconciled

pytestmark = pytest.mark.usefixtures("emptied")

ETSY_COLUMNS = [
    "Sale Date", "Item Name", "Buyer", "Quantity", "Price", "Coupon Code", "Coupon Details", "Discount Amount",
    "Shipping Discount", "Order Shipping", "Order Sales Tax", "Item Total", "Currency", "Transaction ID", "Listing ID",
    "Date Paid", "Date Shipped", "Ship Name", "Ship Address1", "Ship City", "Ship State", "Ship Country", "Order ID",
    "Variations", "Order Type", "Listings Type", "Payment Type", "InPerson Discount", "VAT Paid by Buyer", "SKU",
]  # fmt: skip


def etsy(order: str, transaction: str, day: str, line: str, **more: str) -> dict[str, str]:
    """A row of Etsy's order items: `line` is SKU, name, quantity, price, Item Total; `more` with _ for a blank."""
    sku, name, quantity, price, total = line.split("|")
    usual = {
        "Sale Date": day,
        "Item Name": name,
        "Buyer": "Anna Secretova (annas)",
        "Ship Name": "Anna Secretova",
        "Ship Address1": "Hidden Lane 7",
        "Variations": "Personalization: for Secretova",
        "Quantity": quantity,
        "Price": price,
        "Item Total": total,
        "Currency": "USD",
        "Transaction ID": transaction,
        "Order ID": order,
        "Ship Country": "United States",
        "SKU": sku,
        "Order Type": "online",
    }
    return usual | {name.replace("_", " "): value for name, value in more.items()}


def test_the_discount_shipping_and_tax_of_an_etsy_order_count_once(emptied: str, tmp_path: Path) -> None:
    rows = [
        # 2 × 20 + 10 − 5 = 45, shipping 6 − 1, tax 3.30
        etsy("501", "9001", "12/26/21", "CUP|Cup|2|20.00|40.00", Discount_Amount="5.00", Coupon_Code="TEN",
             Order_Shipping="6.00", Shipping_Discount="1.00", Order_Sales_Tax="3.30", Date_Shipped="12/28/2021"),
        etsy("501", "9002", "12/26/21", "|Mug|1|10.00|10.00", Order_Shipping="6.00", Shipping_Discount="1.00",
             Order_Sales_Tax="3.30", Date_Shipped="12/28/2021"),
        etsy("502", "9003", "12/31/21", "CUP|Cup|1|20.00|20.00", VAT_Paid_by_Buyer="4.00"),
    ]  # fmt: skip
    account = take(table(tmp_path / "EtsySoldOrderItems2021.csv", ETSY_COLUMNS, rows))
    assert (account["format"], counts(account), account["currency"]) == ("etsy_items", {"rows": 3, "loaded": 3}, "USD")
    figures = money("gross_sales", "discounts", "net_sales", "shipping", "tax", "collected", "orders", "units")
    assert figures == ["70.00", "5.00", "65.00", "5.00", "3.30", "73.30", "2.00", "4.00"]
    assert rows_of("select a.title, amount, discount from order_items join product_aliases a using (alias_id) where order_key = '501' "
                   "order by line_no") == [("Cup", 40, 4), ("Mug", 10, 1)]  # fmt: skip
    assert rows_of("select order_key, ordered_on::text, channel, fulfillment_status, discount_codes from orders order by 1") == [
        ("501", "2021-12-26", "Etsy", "fulfilled", "TEN"),
        ("502", "2021-12-31", "Etsy", None, None),
    ]  # fmt: skip
    assert unreconciled() == [] and totals()["customers"] == 0
    text = everything(emptied).lower()
    assert "secretova" not in text and "hidden lane" not in text


def test_etsys_dates_have_the_month_first_even_where_no_day_says_so(tmp_path: Path) -> None:
    rows = [etsy("1", "1", "05/04/21", "A|A|1|1|1"), etsy("2", "2", "05/06/21", "A|A|1|1|1")]
    take(table(tmp_path / "items.csv", ETSY_COLUMNS, rows))
    assert rows_of("select ordered_on::text from orders order by 1") == [("2021-05-04",), ("2021-05-06",)]


def test_a_spreadsheet_that_turned_etsys_dates_is_believed(tmp_path: Path) -> None:
    rows = [etsy("1", "1", "05/04/2021", "A|A|1|1|1"), etsy("2", "2", "26/04/2021", "A|A|1|1|1")]
    take(table(tmp_path / "items.csv", ETSY_COLUMNS, rows))
    assert rows_of("select ordered_on::text from orders order by 1") == [("2021-04-05",), ("2021-04-26",)]


def test_every_row_of_etsys_order_items_is_accounted_for(tmp_path: Path) -> None:
    rows = [
        etsy("1", "11", "12/26/21", "A|A|1|9.00|9.00"),
        etsy("1", "11", "12/26/21", "A|A|2|9.00|18.00"),
        etsy("2", "12", "12/26/21", "A|A|1|9.00|8.00", Discount_Amount="1.00"),
        etsy("3", "", "12/26/21", "A|A|1|9.00|9.00"),
        etsy("4", "14", "26 December", "A|A|1|9.00|9.00"),
        etsy("5", "15", "12/26/21", "A|A|x|9.00|9.00"),
        etsy("2.9E+09", "16", "12/26/21", "A|A|1|9.00|9.00"),
        etsy("6", "17", "12/26/21", "A|A|1|9.00|9.00", Currency=""),
        {},
    ]
    account = take(table(tmp_path / "items.csv", ETSY_COLUMNS, rows))
    assert counts(account) == {"rows": 9, "loaded": 2, "duplicate": 1, "rejected": 5, "ignored": 1}
    assert rejects(account) == [
        (5, "Transaction ID", None, "the transaction number is missing"),
        (6, "Sale Date", "26 December", "this is not a date"),
        (7, "Quantity", "x", "this is not a quantity"),
        (8, "Order ID", "2.9E+09", "a spreadsheet has rounded this order number, so it is no key; export it again"),
        (9, "Currency", None, "the currency is missing"),
    ]
    assert money("gross_sales", "discounts", "units") == ["27.00", "1.00", "3.00"]
    assert unreconciled() == [("2", "Item Total is not Quantity × Price", -1)]


def test_etsys_orders_whose_total_holds_the_marketplaces_tax_are_not_taken(tmp_path: Path) -> None:
    path = tmp_path / "EtsySoldOrders2023.csv"
    path.write_text(
        "Sale Date,Order ID,Number of Items,Currency,Order Value,Discount Amount,Shipping,Sales Tax,Order Total\n"
    )
    with pytest.raises(Refused, match="not known"):
        take(path)


SQUARE_COLUMNS = [
    "Date", "Time", "Time Zone", "Category", "Item", "Qty", "Price Point Name", "SKU", "Modifiers Applied",
    "Gross Sales", "Discounts", "Net Sales", "Tax", "Transaction ID", "Payment ID", "Device Name", "Notes", "Details",
    "Event Type", "Location", "Dining Option", "Customer ID", "Customer Name", "Customer Reference ID", "Unit", "Count",
    "GTIN", "Itemization Type", "Fulfillment Note", "Channel", "Token", "Card Brand", "PAN Suffix",
]  # fmt: skip


def till(transaction: str, moment: str, line: str, **more: str) -> dict[str, str]:
    """A row of Square's items detail: `line` is item, quantity, gross, discounts, net, tax; `more` with _ for a blank."""
    day, time = moment.split()
    names = ("Item", "Qty", "Gross Sales", "Discounts", "Net Sales", "Tax")
    usual = {
        "Date": day,
        "Time": time,
        "Time Zone": "Eastern Time (US & Canada)",
        "Category": "Drinks",
        "Price Point Name": "Regular",
        "Transaction ID": transaction,
        "Event Type": "Payment",
        "Location": "Old town",
        "Customer Name": "Anna Secretova",
        "Notes": "for Secretova",
        "Itemization Type": "Physical Good",
        "PAN Suffix": "4711",
    }
    said = {name.replace("_", " "): value for name, value in more.items()}
    return usual | dict(zip(names, line.split("|"), strict=True)) | said


def test_a_transaction_of_the_till_is_an_order_with_its_items(emptied: str, tmp_path: Path) -> None:
    rows = [
        till("T1", "2026-06-01 23:30:00", "Coffee|2.0|$9.00|-$0.90|$8.10|$0.72", Modifiers_Applied="Oat milk", SKU="COF",
             Customer_ID="C7"),
        till("T1", "2026-06-01 23:30:00", "Cake|1.0|$1,234.50|$0.00|$1,234.50|$0.00", Price_Point_Name="Large",
             Category="None", Customer_ID="C7"),
        till("T2", "2026-06-02 08:00:00", "|1.0|$5.00|$0.00|$5.00|$0.40", Itemization_Type="Custom Amount"),
        till("T3", "2026-06-02 09:00:00", "Gift card|1.0|$25.00|$0.00|$25.00|$0.00", Itemization_Type="Gift Card"),
    ]  # fmt: skip
    account = take(table(tmp_path / "items.csv", SQUARE_COLUMNS, rows), currency="USD")
    assert (account["format"], counts(account)) == ("square_items", {"rows": 4, "loaded": 4})
    figures = money("gross_sales", "discounts", "net_sales", "tax", "gift_cards", "collected", "orders", "units")
    assert figures == ["1248.50", "0.90", "1247.60", "1.12", "25.00", "1273.72", "3.00", "4.00"]
    assert rows_of("select a.title, units, unit_price, amount, i.kind from order_items i join product_aliases a using (alias_id) "
                   "order by order_key, line_no") == [
        ("Coffee", 2, Decimal("4.5"), 9, "product"),
        ("Cake - Large", 1, Decimal("1234.5"), Decimal("1234.5"), "product"),
        ("Custom amount", 1, 5, 5, "product"),
        ("Gift card", 1, 25, 25, "gift_card"),
    ]  # fmt: skip
    assert rows_of("select title, category from products where category is not null order by 1") == [
        ("Coffee", "Drinks"), ("Custom amount", "Drinks"), ("Gift card", "Drinks"),
    ]  # fmt: skip
    assert rows_of("select ordered_on::text, channel, customer_key, tags from orders order by order_key limit 1") == [
        ("2026-06-01", "Point of sale", "c:C7", "Old town, Oat milk")
    ]
    text = everything(emptied).lower()
    assert "secretova" not in text and "4711" not in text


REFUNDED = "Coffee|-1.0|-$4.50|$0.45|-$4.05|-$0.36"


def test_a_refund_at_the_till_counts_on_its_own_day_where_no_single_sale_fits(tmp_path: Path) -> None:
    rows = [
        till("T1", "2026-06-01 10:00:00", "Coffee|1.0|$4.50|-$0.45|$4.05|$0.36"),
        till("T2", "2026-06-01 11:00:00", "Coffee|1.0|$4.50|-$0.45|$4.05|$0.36"),
        till("R1", "2026-06-03 12:00:00", REFUNDED, Event_Type="Refund"),
    ]
    take(table(tmp_path / "items.csv", SQUARE_COLUMNS, rows))
    assert rows_of("select line_kind, kind, booked_at::date::text, ordered_on::text, original_order_key, units, amount, inferred_from "
                   "from reversals order by 1") == [
        ("product", "return", "2026-06-03", "2026-06-03", None, 1, Decimal("4.05"), None),
        ("tax", "return", "2026-06-03", "2026-06-03", None, None, Decimal("0.36"), None),
    ]  # fmt: skip
    assert money("gross_sales", "reversals", "net_sales", "orders", "units_returned", "tax", "collected") == [
        "9.00", "4.05", "4.05", "2.00", "1.00", "0.36", "4.41",
    ]  # fmt: skip
    assert not {"other_days", "unreconciled"} & set(bridge.steps(Scope())["step"])


@pytest.mark.parametrize(
    ("sale", "is_matched"),
    [
        ({}, True),
        ({"Location": "Harbour"}, False),
        ({"Customer_ID": "C8"}, False),
        ({"Customer_ID": "C7"}, True),
        ({"Date": "2026-06-04"}, False),
        ({"Gross_Sales": "$4.60"}, False),
    ],
)
def test_a_refund_belongs_to_the_only_earlier_sale_that_fits(
    sale: dict[str, str], is_matched: bool, tmp_path: Path
) -> None:
    rows = [
        till("T1", "2026-06-01 10:00:00", "Coffee|1.0|$4.50|-$0.45|$4.05|$0.36", **sale),
        till("T2", "2026-06-01 11:00:00", "Tea|1.0|$4.50|$0.00|$4.50|$0.00"),
        till("R1", "2026-06-03 12:00:00", REFUNDED, Event_Type="Refund", Customer_ID="C7"),
    ]
    take(table(tmp_path / "items.csv", SQUARE_COLUMNS, rows))
    found = rows_of("select distinct ordered_on::text, original_order_key, inferred_from from reversals")
    assert found == [("2026-06-01", "T1", "only_earlier_sale") if is_matched else ("2026-06-03", None, None)]


def test_what_is_taken_back_within_a_transaction_belongs_to_it(tmp_path: Path) -> None:
    rows = [
        till("T1", "2026-06-01 10:00:00", "Coffee|2.0|$9.00|$0.00|$9.00|$0.00"),
        till("T1", "2026-06-02 10:00:00", "Coffee|-1.0|-$4.50|$0.00|-$4.50|$0.00", Event_Type="Refund"),
    ]
    take(table(tmp_path / "items.csv", SQUARE_COLUMNS, rows))
    assert rows_of(
        "select ordered_on::text, booked_at::date::text, original_order_key, inferred_from from reversals"
    ) == [("2026-06-01", "2026-06-02", "T1", None)]
    assert money("orders", "net_sales") == ["1.00", "4.50"]


def test_every_row_of_the_till_is_accounted_for_and_its_net_sales_are_checked(tmp_path: Path) -> None:
    rows = [
        till("T1", "2026-06-01 10:00:00", "Coffee|1.0|$9.00|-$2.34|$6.00|$0.00"),
        till("", "2026-06-01 10:00:00", "Coffee|1.0|$9.00|$0.00|$9.00|$0.00"),
        till("T3", "2026-06-01 25:00:00", "Coffee|1.0|$9.00|$0.00|$9.00|$0.00"),
        till("T4", "2026-06-01 10:00:00", "Coffee|some|$9.00|$0.00|$9.00|$0.00"),
        till("T5", "2026-06-01 10:00:00", "Coffee|1.0|nine|$0.00|$9.00|$0.00"),
        till("T6", "2026-06-01 10:00:00", "|1.0|$9.00|$0.00|$9.00|$0.00"),
        {},
        till("T1", "2026-06-01 10:00:00", "Coffee|1.0|$9.00|-$2.34|$6.66|$0.00"),
    ]
    account = take(table(tmp_path / "items.csv", SQUARE_COLUMNS, rows))
    assert counts(account) == {"rows": 8, "loaded": 2, "rejected": 5, "ignored": 1}
    assert rejects(account) == [
        (3, "Transaction ID", None, "the transaction number is missing"),
        (4, "Date", "2026-06-01", "this is not a date with this time"),
        (5, "Qty", "some", "this is not a quantity"),
        (6, "Gross Sales", "nine", "this is not an amount"),
        (7, "Item", None, "the line has neither an item nor a SKU"),
    ]
    assert unreconciled() == [("T1", "Net Sales is not Gross Sales + Discounts", Decimal("-0.66"))]


EBAY_COLUMNS = [
    "Sales Record Number", "Order Number", "Buyer Username", "Buyer Name", "Buyer Email", "Buyer Country",
    "Ship To Name", "Ship To State", "Ship To Country", "Item Number", "Item Title", "Custom Label", "Quantity",
    "Sold For", "Shipping And Handling", "Seller Collected Tax", "eBay Collected Tax", "eBay Collected Charges",
    "Total Price", "eBay Collected Tax Included in Total", "Sale Date", "Paid On Date", "Shipped On Date",
    "Transaction ID", "Variation Details",
]  # fmt: skip


def ebay(order: str, item: str, amounts: str, **more: str) -> dict[str, str]:
    """A row of eBay's report: `item` is number, label, title, quantity; `amounts` Sold For, shipping, seller tax, eBay tax, total."""
    names = ("Sold For", "Shipping And Handling", "Seller Collected Tax", "eBay Collected Tax", "Total Price")
    usual = {
        "Sales Record Number": order[-3:],
        "Order Number": order,
        "Buyer Username": "secretova77",
        "Buyer Name": "Anna Secretova",
        "Buyer Email": "anna.secret@example.com",
        "Ship To Country": "United States",
        "eBay Collected Tax Included in Total": "Yes",
        "Sale Date": "Sep-04-26",
        "Paid On Date": "Sep-05-26",
    }
    number, label, title, quantity = item.split("|")
    line = {"Item Number": number, "Custom Label": label, "Item Title": title, "Quantity": quantity}
    transaction = {"Transaction ID": f"9{number}" if number else ""}
    said = {name.replace("_", " "): value for name, value in more.items()}
    return usual | line | transaction | dict(zip(names, amounts.split(), strict=True)) | said


def report(folder: Path, rows: list[dict[str, str]]) -> Path:
    """The report as eBay frames it: a line of commas above the header, one below it, and what was downloaded at the end."""
    path = table(folder / "eBay-OrdersReport.csv", EBAY_COLUMNS, [{}, *rows])
    commas = "," * (len(EBAY_COLUMNS) - 1)
    footer = f'{len(rows)},"record(s) downloaded","from Sep-01-26 to Sep-30-26"\nSeller ID : secretova_shop\n'
    path.write_text(f"{commas}\n{path.read_text()}{footer}", encoding="utf-8-sig")
    return path


def test_the_row_that_sums_up_an_ebay_order_is_no_second_sale(emptied: str, tmp_path: Path) -> None:
    rows = [
        ebay("12-001", "||| 3", "$50.00 $6.00 $0.00 $4.20 $60.20"),
        ebay("12-001", "71|CUP|Cup|2", "$20.00 $0.00 $0.00 $2.80 $42.80"),
        ebay("12-001", "72||Mug|1", "$10.00 $6.00 $0.00 $1.40 $17.40"),
        ebay("12-002", "73|JUG|Jug|1", "$1,250.00 $5.00 $8.75 $0.00 $1,263.75", Shipped_On_Date="Sep-06-26"),
    ]
    account = take(report(tmp_path, rows), currency="USD")
    # the line above the header, the one below it, and the two at the end
    assert (account["format"], counts(account)) == ("ebay_orders", {"rows": 8, "loaded": 4, "ignored": 4})
    figures = money("gross_sales", "shipping", "tax", "collected", "orders", "units")
    assert figures == ["1300.00", "11.00", "8.75", "1319.75", "2.00", "4.00"]
    assert rows_of("select order_key, document_total, ordered_on::text, channel, country, fulfillment_status from orders order by 1") == [
        ("12-001", 56, "2026-09-04", "eBay", "United States", "unfulfilled"),
        ("12-002", Decimal("1263.75"), "2026-09-04", "eBay", "United States", "fulfilled"),
    ]  # fmt: skip
    assert unreconciled() == [] and totals()["customers"] == 0
    text = everything(emptied).lower()
    assert "secret" not in text.replace("ebay-ordersreport", "")


def test_whether_sold_for_is_a_price_or_a_line_is_told_by_the_total(tmp_path: Path) -> None:
    rows = [
        ebay("12-001", "71|CUP|Cup|3", "$20.00 $5.00 $0.00 $4.00 $69.00"),
        ebay("12-002", "71|CUP|Cup|3", "$60.00 $5.00 $0.00 $4.00 $69.00"),
        ebay("12-003", "71|CUP|Cup|3", "$60.00 $5.00 $0.00 $4.00 $65.00", eBay_Collected_Tax_Included_in_Total="No"),
        ebay("12-004", "71|CUP|Cup|3", "$20.00 $5.00 $0.00 $4.00 $70.00"),
        ebay(
            "12-005",
            "71|CUP|Cup|3",
            "$20.00 $5.00 $0.00 $4.00 $69.00",
            eBay_Collected_Tax_Included_in_Total="",
            eBay_Collected_Charges="$1.00",
        ),
    ]
    take(report(tmp_path, rows))
    assert rows_of("select order_key, units, unit_price, amount from order_items order by 1") == [
        (f"12-00{at}", 3, 20, 60) for at in range(1, 6)
    ]
    assert unreconciled() == [("12-004", "Total Price is not the items + shipping + tax", 1)]


def test_what_nobody_paid_on_ebay_is_no_order_yet(tmp_path: Path) -> None:
    rows = [
        ebay("12-001", "71|CUP|Cup|1", "$20.00 $0.00 $0.00 $0.00 $20.00"),
        ebay("", "72|MUG|Mug|1", "$10.00 $0.00 $0.00 $0.00 $10.00", Paid_On_Date="", Sales_Record_Number="77"),
    ]
    assert counts(take(report(tmp_path, rows))) == {"rows": 6, "loaded": 2, "ignored": 4}
    assert money("gross_sales", "orders") == ["20.00", "1.00"]
    assert rows_of("select order_key, is_counted from orders order by 1") == [("12-001", True), ("record 77", False)]


def test_ebay_amounts_that_name_their_currency_are_in_it(tmp_path: Path) -> None:
    rows = [
        ebay("12-001", "71|CUP|Cup|1", "£20.00 £0.00 £0.00 £0.00 £20.00"),
        ebay("12-002", "71|CUP|Cup|1", "AU~$20.00 AU~$3.00 AU~$0.00 AU~$0.00 AU~$23.00"),
        ebay("12-003", "71|CUP|Cup|1", "$20.00 $0.00 $0.00 $0.00 $20.00"),
    ]
    spaced = [{name: value.replace("~", " ") for name, value in row.items()} for row in rows]
    take(report(tmp_path, spaced), currency="CAD")
    assert rows_of("select currency, document_total from orders order by order_key") == [
        ("GBP", 20),
        ("AUD", 23),
        ("CAD", 20),
    ]


def test_every_row_of_ebays_report_is_accounted_for(tmp_path: Path) -> None:
    rows = [
        ebay("12-001", "71|CUP|Cup|1", "$20.00 $0.00 $0.00 $0.00 $20.00", Sale_Date="2026-09-04"),
        ebay("12-001", "71|CUP|Cup|2", "$20.00 $0.00 $0.00 $0.00 $40.00", Sale_Date="Sep-04-26 23:45:00"),
        ebay("12-002", "72|CUP|Cup|1", "$20.00 $0.00 $0.00 $0.00 $20.00", Sale_Date="soon"),
        ebay("12-003", "|||2", "$20.00 $0.00 $0.00 $0.00 $20.00"),
        ebay("12-004", "74|CUP|Cup|a", "$20.00 $0.00 $0.00 $0.00 $20.00"),
        ebay("12-005", "75|CUP|Cup|1", "free $0.00 $0.00 $0.00 $20.00"),
    ]
    account = take(report(tmp_path, rows))
    assert counts(account) == {"rows": 10, "loaded": 1, "duplicate": 1, "rejected": 4, "ignored": 4}
    assert rejects(account) == [
        (6, "Sale Date", "soon", "this is not a date"),
        (7, "Item Number", None, "the items of this order are missing or were set aside"),
        (8, "Quantity", "a", "this is not a quantity"),
        (9, "Sold For", "free", "this is not an amount"),
    ]
    assert money("gross_sales") == ["40.00"]
