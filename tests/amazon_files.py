"""Amazon's reports as Seller Central writes them: the header rows, and files of a few rows written by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from analytics.ingest.stage import Staged, convert, staged

ORDERS = [
    "amazon-order-id",
    "merchant-order-id",
    "purchase-date",
    "last-updated-date",
    "order-status",
    "fulfillment-channel",
    "sales-channel",
    "order-channel",
    "url",
    "ship-service-level",
    "product-name",
    "sku",
    "asin",
    "item-status",
    "quantity",
    "currency",
    "item-price",
    "item-tax",
    "shipping-price",
    "shipping-tax",
    "gift-wrap-price",
    "gift-wrap-tax",
    "item-promotion-discount",
    "ship-promotion-discount",
    "ship-city",
    "ship-state",
    "ship-postal-code",
    "ship-country",
    "promotion-ids",
    "is-business-order",
    "purchase-order-number",
    "price-designation",
]
FBA_RETURNS = [
    "return-date",
    "order-id",
    "sku",
    "asin",
    "fnsku",
    "product-name",
    "quantity",
    "fulfillment-center-id",
    "detailed-disposition",
    "reason",
    "status",
    "license-plate-number",
    "customer-comments",
]
MERCHANT_RETURNS = [
    "Order ID",
    "Order date",
    "Return request date",
    "Return request status",
    "Amazon RMA ID",
    "Merchant RMA ID",
    "Label type",
    "Label cost",
    "Currency code",
    "Return carrier",
    "Tracking ID",
    "Label to be paid by",
    "A-to-Z Claim",
    "Is prime",
    "ASIN",
    "Merchant SKU",
    "Item Name",
    "Return quantity",
    "Return Reason",
    "In policy",
    "Return type",
    "Resolution",
    "Invoice number",
    "Return delivery date",
    "Order Amount",
    "Order quantity",
    "SafeT Action reason",
    "SafeT claim id",
    "SafeT claim state",
    "SafeT claim creation time",
    "SafeT claim reimbursement amount",
    "Refunded Amount",
]
FBA_INVENTORY = [
    "sku",
    "fnsku",
    "asin",
    "product-name",
    "condition",
    "your-price",
    "mfn-listing-exists",
    "mfn-fulfillable-quantity",
    "afn-listing-exists",
    "afn-warehouse-quantity",
    "afn-fulfillable-quantity",
    "afn-unsellable-quantity",
    "afn-reserved-quantity",
    "afn-total-quantity",
    "per-unit-volume",
    "afn-inbound-working-quantity",
    "afn-inbound-shipped-quantity",
    "afn-inbound-receiving-quantity",
    "afn-researching-quantity",
    "afn-reserved-future-supply",
    "afn-future-supply-buyable",
]
LISTINGS = [
    "sku",
    "asin",
    "price",
    "quantity",
    "Business Price",
    "Quantity Price Type",
    "Quantity Lower Bound 1",
    "Quantity Price 1",
    "Quantity Lower Bound 2",
    "Quantity Price 2",
    "Quantity Lower Bound 3",
    "Quantity Price 3",
    "Quantity Lower Bound 4",
    "Quantity Price 4",
    "Quantity Lower Bound 5",
    "Quantity Price 5",
    "Progressive Price Type",
    "Progressive Lower Bound 1",
    "Progressive Price 1",
    "Progressive Lower Bound 2",
    "Progressive Price 2",
    "Progressive Lower Bound 3",
    "Progressive Price 3",
    "Minimum order quantity",
    "Sell remainder",
]
SETTLEMENT = [
    "settlement-id",
    "settlement-start-date",
    "settlement-end-date",
    "deposit-date",
    "total-amount",
    "currency",
    "transaction-type",
    "order-id",
    "merchant-order-id",
    "adjustment-id",
    "shipment-id",
    "marketplace-name",
    "amount-type",
    "amount-description",
    "amount",
    "fulfillment-id",
    "posted-date",
    "posted-date-time",
    "order-item-code",
    "merchant-order-item-id",
    "merchant-adjustment-item-id",
    "sku",
    "quantity-purchased",
    "promotion-id",
]
TRANSACTIONS = [
    "date/time",
    "settlement id",
    "type",
    "order id",
    "sku",
    "description",
    "quantity",
    "marketplace",
    "account type",
    "fulfillment",
    "order city",
    "order state",
    "order postal",
    "tax collection model",
    "product sales",
    "product sales tax",
    "shipping credits",
    "shipping credits tax",
    "gift wrap credits",
    "giftwrap credits tax",
    "Regulatory Fee",
    "Tax On Regulatory Fee",
    "promotional rebates",
    "promotional rebates tax",
    "marketplace withheld tax",
    "selling fees",
    "fba fees",
    "other transaction fees",
    "other",
    "total",
]
LEDGER = [
    "Date",
    "FNSKU",
    "ASIN",
    "MSKU",
    "Title",
    "Disposition",
    "Starting Warehouse Balance",
    "In Transit Between Warehouses",
    "Receipts",
    "Customer Shipments",
    "Customer Returns",
    "Vendor Returns",
    "Warehouse Transfer In/Out",
    "Found",
    "Lost",
    "Damaged",
    "Disposed",
    "Other Events",
    "Ending Warehouse Balance",
    "Unknown Events",
    "Location",
]


def written(path: Path, columns: list[str], rows: list[dict[str, str]], delimiter: str = "\t", above: str = "") -> Path:
    """A report as Amazon writes it: cells as they are, without quotation marks around them."""
    lines = [delimiter.join(columns), *(delimiter.join(row.get(name, "") for name in columns) for row in rows)]
    unknown = {name for row in rows for name in row} - set(columns)
    assert not unknown, f"the report has no column {unknown}"
    path.write_bytes((above + "\n".join(lines) + "\n").encode("utf-8"))
    return path


@contextmanager
def converted(path: Path, wanted: str | None = None, **said: Any) -> Iterator[Staged]:
    """A file taken as far as its facts in DuckDB."""
    with staged(path, wanted) as stage:
        convert(stage, {"currency": "USD", "as_of": date(2026, 6, 30), "hash_key": "key"} | said)
        yield stage


def facts(stage: Staged, query: str) -> list[tuple[Any, ...]]:
    """What a test asks the staged file."""
    return stage.duck.sql(query).fetchall()


def accounted(stage: Staged) -> dict[str, int]:
    """The records of a staged file by what becomes of them; every record has one state."""
    states = dict(facts(stage, "select state, count(*) from records group by 1"))
    assert sum(states.values()) == len(stage.duck.table("source"))
    assert set(states) <= {"fact", "rejected", "ignored", "duplicate"}
    return states
