"""Amazon Seller Central › Reports › Fulfilment › Inventory ledger, summary by day: stock history of up to 18 months."""

from analytics.ingest.formats import Format

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
        "balance": ("Ending Warehouse Balance",),
        "location": ("Location",),
    },
    required=("day", "sku", "disposition", "balance"),
    scripts=("amazon_macros", "amazon_inventory_ledger"),
    numbers=("in_transit", "balance"),
    dates=("day",),
    brings="stock in Amazon's warehouses on every day of the report: sellable, unsellable, between warehouses",
    cannot_tell="what is reserved for orders, what is on its way in, the merchant's own stock",
)
