"""Amazon Seller Central › Reports › Fulfilment › FBA customer returns: one row a unit that came back to a warehouse."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="amazon_fba_returns",
    label="Amazon FBA customer returns",
    facts="returns",
    platform="Amazon",
    where="Reports › Fulfilment › FBA customer returns › Download",
    columns={
        "return_date": ("return-date",),
        "order_id": ("order-id",),
        "sku": ("sku",),
        "asin": ("asin",),
        "product_name": ("product-name",),
        "quantity": ("quantity",),
        "disposition": ("detailed-disposition",),
        "reason": ("reason",),
        "status": ("status",),
        "license_plate_number": ("license-plate-number",),
        "comments": ("customer-comments",),
    },
    required=("return_date", "order_id", "sku", "quantity", "disposition", "reason"),
    scripts=("amazon_macros", "amazon_fba_returns"),
    numbers=("quantity",),
    dates=("return_date",),
    brings="units that came back, their reasons and condition, whether they can be sold again, what the buyer wrote (without "
    "addresses and phone numbers)",
    cannot_tell="what money was given back (settlements or transactions do), returns that a merchant takes himself",
)
