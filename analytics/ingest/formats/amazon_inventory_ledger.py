"""Amazon Seller Central › Reports › Fulfilment › Inventory ledger, summary by day: stock history of up to 18 months."""

from analytics.ingest.formats import Format

ADJUSTMENTS = (
    "vendor_returns", "transfers", "found", "lost", "damaged", "disposed", "other_events", "unknown_events",
)  # fmt: skip
FORMAT = Format(
    name="amazon_inventory_ledger",
    label="Amazon inventory ledger",
    facts="inventory",
    platform="Amazon",
    where="Reports › Fulfilment › Inventory ledger › Summary view, by day",
    columns={
        "day": ("Date",),
        "fnsku": ("FNSKU",),
        "asin": ("ASIN",),
        "sku": ("MSKU",),
        "title": ("Title", "Product title"),
        "disposition": ("Disposition",),
        "in_transit": ("In Transit Between Warehouses",),
        "receipts": ("Receipts",),
        "customer_returns": ("Customer Returns",),
        "vendor_returns": ("Vendor Returns",),
        "transfers": ("Warehouse Transfer In/Out",),
        "found": ("Found",),
        "lost": ("Lost",),
        "damaged": ("Damaged",),
        "disposed": ("Disposed",),
        "other_events": ("Other Events",),
        "unknown_events": ("Unknown Events",),
        "balance": ("Ending Warehouse Balance",),
        "location": ("Location",),
    },
    required=("day", "sku", "disposition", "balance"),
    scripts=("amazon_macros", "amazon_inventory_ledger"),
    numbers=("in_transit", "balance", "receipts", "customer_returns", *ADJUSTMENTS),
    dates=("day",),
    brings="stock in Amazon's warehouses on every day of the report: sellable, unsellable, between warehouses; what was received, "
    "came back or was lost",
    cannot_tell="what is reserved for orders, what is on its way in, the merchant's own stock",
)
