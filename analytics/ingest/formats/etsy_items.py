"""Etsy › Shop Manager › Settings › Download data › Order items: one row a line, EtsySoldOrderItems of 2020 to today."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="etsy_items",
    label="Etsy order items",
    platform="Etsy",
    where="Shop Manager › Settings › Options › Download Data › Order Items",
    facts="orders",
    columns={
        "date": ("Sale Date",),
        "title": ("Item Name",),
        "quantity": ("Quantity",),
        "price": ("Price",),
        "coupon": ("Coupon Code",),
        "discount": ("Discount Amount",),
        "shipping_discount": ("Shipping Discount",),
        "shipping": ("Order Shipping",),
        "tax": ("Order Sales Tax",),
        "item_total": ("Item Total",),
        "currency": ("Currency",),
        "transaction": ("Transaction ID",),
        "shipped": ("Date Shipped",),
        "state": ("Ship State",),
        "country": ("Ship Country",),
        "order": ("Order ID",),
        "order_type": ("Order Type",),
        "payment_method": ("Payment Type", "Payment Method"),
        "in_person_discount": ("InPerson Discount",),
        "sku": ("SKU",),
    },
    required=("date", "title", "quantity", "price", "item_total", "currency", "transaction", "order"),
    scripts=("etsy_items", "sold_orders", "no_refunds"),
    # Etsy itself always writes the month first, so a month whose days all stay below 13 is not undecidable
    numbers=(
        "quantity",
        "price",
        "discount",
        "shipping_discount",
        "shipping",
        "tax",
        "item_total",
        "in_person_discount",
    ),
    brings="orders, order lines, discounts, shipping, sales tax",
    cannot_tell="refunds and cancellations, fees, whether Etsy or the shop remits the sales tax, customers, what goods cost",
)
