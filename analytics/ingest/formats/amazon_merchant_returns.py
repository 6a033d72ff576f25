"""Amazon Seller Central › Reports › Return reports, by return date: returns that the merchant takes back himself."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="amazon_merchant_returns",
    label="Amazon merchant-fulfilled returns",
    facts="returns",
    platform="Amazon",
    where="Reports › Return reports › by return date",
    columns={
        "order_id": ("Order ID",),
        "request_date": ("Return request date",),
        "request_status": ("Return request status",),
        "rma_id": ("Amazon RMA ID",),
        "order_item_id": ("Order Item ID",),
        "currency": ("Currency code",),
        "asin": ("ASIN",),
        "sku": ("Merchant SKU",),
        "item_name": ("Item Name",),
        "quantity": ("Return quantity",),
        "reason": ("Return Reason",),
        "resolution": ("Resolution",),
        "refunded": ("Refunded Amount",),
        "comments": ("Customer Comments", "Buyer Comment", "Return Comments"),
    },
    required=("order_id", "request_date", "request_status", "sku", "quantity", "reason"),
    scripts=("amazon_macros", "amazon_merchant_returns"),
    numbers=("quantity", "refunded"),
    dates=("request_date",),
    brings="returns by line: units, reason, resolution, money given back",
    cannot_tell="the condition of what came back, when money was given back, returns to Amazon's warehouses",
)
