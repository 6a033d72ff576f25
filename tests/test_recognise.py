"""Which report a file is: every header of Shopify's, and nobody else's, by the names of its columns alone."""

import csv
import json
from pathlib import Path

import pytest

import real_exports
from analytics.errors import Refused, Unrecognised
from analytics.ingest.reader import open_table
from analytics.ingest.recognise import Recognised, recognise
from shop_files import INVENTORY_COLUMNS, ORDER_COLUMNS

HEADERS = real_exports.beside("formats/headers.json")
REPORT = ["Day", "Orders", "Gross sales", "Discounts", "Returns", "Net sales", "Shipping", "Taxes", "Total sales"]
LINES = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
PRODUCTS_NEW = ["Title", "URL handle", "Description", "Vendor", "Type", "SKU", "Option1 name", "Option1 value", "Price"]
PRODUCTS_OLD = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Option1 Name",
    "Option1 Value",
    "Variant SKU",
    "Variant Price",
]
STOCK_WIDE = ["Handle", "Title", "Option1 Name", "Option1 Value", "SKU", "HS Code", "COO", "Berlin", "Old town"]

# real headers of other platforms, by how their names start, and what they must be taken for; the older settlement and the
# Business Report of Amazon (no days, no orders) are nobody's
ELSEWHERE = {
    "etsy/EtsySoldOrderItems": "etsy_items",
    "square/items_detail": "square_items",
    "ebay/orders_report": "ebay_orders",
    "ebay/transaction_report": "ebay_transactions",
    "etsy/etsy_statement": "etsy_statement",
    "stripe/payments_unified": "stripe_payments",
    "amazon/all_orders": "amazon_orders",
    "amazon/fba_customer_returns": "amazon_fba_returns",
    "amazon/fbm_returns": "amazon_merchant_returns",
    "amazon/fba_manage_inventory": "amazon_fba_inventory",
    "amazon/inventory_report_active": "amazon_listings",
    "amazon/settlement_v2": "amazon_settlement",
    "amazon/date_range_transaction": "amazon_transactions",
    "google_ads/": "google_ads",
    "meta_ads/": "meta_ads",
    "amazon_ads/": "amazon_ads",
    "microsoft_ads/": "microsoft_ads",
    "tiktok_ads/": "tiktok_ads",
    "woocommerce/webtoffee": "woocommerce_webtoffee",
    "woocommerce/advanced_order_export": "woocommerce_export",
    "woocommerce/analytics_orders": "woocommerce_analytics_orders",
    "woocommerce/sample_products": "woocommerce_products",
    "woocommerce/wc-product-export": "woocommerce_products",
}


def known(
    folder: Path, header: list[str], delimiter: str = ",", above: str = "", encoding: str = "utf-8"
) -> Recognised:
    """What a file of that header and one row is taken for."""
    path, work = folder / "export.csv", folder / "work"
    work.mkdir(exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        file.write(above)
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(header)
        writer.writerow(["1"] * len(header))
    return recognise(open_table(path, work))


def real_headers() -> list[str]:
    return list(json.loads(HEADERS.read_text(encoding="utf-8"))) if HEADERS else []


def expected(name: str) -> str | None:
    """The format of a real header, None where it is another platform's or lacks what is needed."""
    if name in ("shopify/orders_10col_trimmed_2014_2017_aud", "shopify/orders_34col_cad_resaved_excel_ddmmyyyy"):
        return None
    if name.startswith("shopify/payment_transactions"):
        return "shopify_payments"
    for start in ("orders", "products", "inventory", "customers", "transactions", "discounts"):
        start = f"shopify/{start}"
        if name.startswith(start):
            return start.replace("/", "_")
    for start, known_as in ELSEWHERE.items():
        if name.startswith(start):
            return known_as
    return "order_lines" if name.startswith(("datasets/uci_", "datasets/online_retail_II")) else None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (ORDER_COLUMNS, "shopify_orders"),
        (INVENTORY_COLUMNS, "shopify_inventory"),
        (STOCK_WIDE, "shopify_inventory"),
        (PRODUCTS_NEW, "shopify_products"),
        (PRODUCTS_OLD, "shopify_products"),
        (REPORT, "shopify_report"),
        (LINES, "order_lines"),
    ],
)
def test_a_format_is_known_by_its_columns_in_any_order_and_spacing(
    header: list[str], name: str, tmp_path: Path
) -> None:
    assert known(tmp_path, header).format.name == name
    assert known(tmp_path, [f" {column.upper()}  " for column in reversed(header)], "\t").format.name == name


def test_lines_above_the_header_are_skipped_and_counted(tmp_path: Path) -> None:
    found = known(tmp_path, LINES, above="Sales of all shops\n\n01.01.2024 to 31.12.2024\n")
    assert (found.format.name, found.skip, found.ignored) == ("order_lines", 4, 3)


def test_an_orders_export_without_prices_is_refused_naming_them(tmp_path: Path) -> None:
    header = [column for column in ORDER_COLUMNS if column not in ("Lineitem price", "Total")]
    with pytest.raises(
        Refused, match=r"looks like Shopify orders, but these columns are missing: Total, Lineitem price"
    ):
        known(tmp_path, header)


def test_a_table_of_lines_without_a_price_is_refused_naming_it(tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"looks like Order lines, .* missing: unit price or line total\."):
        known(tmp_path, [column for column in LINES if column != "UnitPrice"])


def test_an_unknown_file_is_refused_with_its_own_columns_and_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(
        Refused, match=r"not known \(Colour, Shape, Weight …\)\. Known are: Shopify orders, .*Order lines"
    ):
        known(tmp_path, ["Colour", "Shape", "Weight"])


@pytest.mark.parametrize("finer", ["Product title", "Sales channel", "Vertriebskanal", "Sale ID", "Hour of day"])
def test_a_sales_report_cut_finer_than_a_day_is_not_taken_for_totals_of_the_day(finer: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="not known"):
        known(tmp_path, [finer, *REPORT])


@pytest.mark.parametrize(
    ("header", "name"),
    [
        (["Hour", *REPORT[1:]], "shopify_report"),
        (["Hour", *REPORT], "shopify_report"),
        (["Month", *REPORT], "shopify_report"),
        (["Week", *REPORT[1:]], "shopify_period_report"),
        (["Month", *REPORT[1:]], "shopify_period_report"),
        (["Order name", *REPORT[1:]], "shopify_order_report"),
        (["Order ID", "Order name", *REPORT], "shopify_order_report"),
        (["Monat", "Bestellungen", "Bruttoumsatz", "Nettoumsatz", "Gesamtumsatz"], "shopify_period_report"),
        (["Tag", "Bestellungen", "Bruttoumsatz", "Rabatte", "Nettoumsatz", "Gesamtumsatz"], "shopify_report"),
        (["Jour", "Commandes", "Ventes brutes", "Réductions", "Retours", "Ventes totales"], "shopify_report"),
        (["Día", "Pedidos", "Ventas brutas", "Descuentos", "Ventas netas", "Ventas totales"], "shopify_report"),
        ([*REPORT, *(f"{column} (previous_period)" for column in REPORT)], "shopify_report"),
    ],
)
def test_a_sales_report_is_told_by_what_it_is_grouped_by(header: list[str], name: str, tmp_path: Path) -> None:
    assert known(tmp_path, header).format.name == name


def test_an_export_that_only_resembles_shopifys_is_not_taken_for_it(tmp_path: Path) -> None:
    squarespace = ["Order ID", *(column for column in ORDER_COLUMNS if column != "Id")]
    with pytest.raises(Refused, match="not known"):
        known(tmp_path, squarespace)


@pytest.mark.skipif(not HEADERS, reason="the real headers are not on this machine")
@pytest.mark.parametrize("name", real_headers())
def test_every_real_header_is_taken_for_what_it_is_or_for_nothing(name: str, tmp_path: Path) -> None:
    report = json.loads(HEADERS.read_text(encoding="utf-8"))[name]
    above = "A title line\n" * report["skip_lines"]
    encoding = "utf-8-sig" if report["encoding"] == "utf-8-BOM" else report["encoding"]
    try:
        found = known(tmp_path, report["header"], report["delimiter"], above, encoding).format.name
    except Unrecognised as refused:
        # whatever it is, somebody can say which column is which
        found = None
        if name.startswith("shopify/orders_34col"):
            missing = [
                c for c in ("Financial Status", "Subtotal", "Total", "Lineitem price") if c not in report["header"]
            ]
            assert all(column in str(refused) for column in missing) and missing
    assert found == expected(name)
