"""Amazon Seller Central › Reports › Fulfilment › Manage FBA inventory: one row a SKU, without a date."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="amazon_fba_inventory",
    label="Amazon FBA inventory",
    facts="inventory",
    platform="Amazon",
    where="Reports › Fulfilment › Manage FBA inventory › Download",
    columns={
        "sku": ("sku",),
        "asin": ("asin",),
        "product_name": ("product-name",),
        "warehouse": ("afn-warehouse-quantity",),
        "fulfillable": ("afn-fulfillable-quantity",),
        "unsellable": ("afn-unsellable-quantity",),
        "reserved": ("afn-reserved-quantity",),
        "working": ("afn-inbound-working-quantity",),
        "shipped": ("afn-inbound-shipped-quantity",),
        "receiving": ("afn-inbound-receiving-quantity",),
    },
    required=("sku", "fulfillable"),
    any_of=(("warehouse", "reserved", "unsellable"),),
    scripts=("amazon_fba_inventory",),
    numbers=("warehouse", "fulfillable", "unsellable", "reserved", "working", "shipped", "receiving"),
    brings="stock in Amazon's warehouses on one day: sellable, reserved, unsellable, on its way in",
    cannot_tell="the day it was counted (asked, else the file's own date), in which warehouse, the merchant's own stock",
)
