"""Amazon Seller Central › Reports › Inventory reports › Active listings, 25 columns: one row a SKU, without a date or name."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="amazon_listings",
    label="Amazon active listings",
    facts="inventory",
    platform="Amazon",
    where="Reports › Inventory reports › Active listings",
    columns={
        "sku": ("sku",),
        "asin": ("asin",),
        "price": ("price",),
        "quantity": ("quantity",),
        "minimum_order_quantity": ("Minimum order quantity",),
        "sell_remainder": ("Sell remainder",),
        "business_price": ("Business Price",),
    },
    required=("sku", "asin", "price", "quantity"),
    # without one of these it could be anybody's table of articles
    any_of=(("business_price", "minimum_order_quantity", "sell_remainder"),),
    scripts=("amazon_listings",),
    numbers=("quantity",),
    brings="the merchant's own stock as offered on Amazon on one day",
    cannot_tell="the day it was counted (asked, else the file's own date), stock in Amazon's warehouses, product names",
    not_with=("fulfillment-channel", "afn-fulfillable-quantity", "amazon-order-id"),
)
