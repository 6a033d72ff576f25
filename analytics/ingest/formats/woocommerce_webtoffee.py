"""WebToffee's order export for WooCommerce: one row an order, its items packed into one cell each."""

from analytics.ingest.formats import Format

# The export has as many columns of items as its largest order needs; a file with more than these is not taken at all, so
# that no item is lost unsaid.
MOST_ITEMS = 250

FORMAT = Format(
    name="woocommerce_webtoffee",
    label="WooCommerce orders (WebToffee)",
    platform="WooCommerce",
    where="WebToffee Import Export › Export › Order",
    facts="orders",
    columns={
        "id": ("order_id",),
        "number": ("order_number",),
        "date": ("order_date",),
        "paid": ("paid_date",),
        "completed": ("completed_date", "meta:_completed_date"),
        "status": ("status",),
        "shipping": ("shipping_total",),
        "fees": ("fee_total",),
        "tax": ("tax_total",),
        "discount": ("discount_total", "cart_discount"),
        "total": ("order_total",),
        "currency": ("order_currency",),
        "customer": ("customer_id", "customer_user"),
        "email": ("billing_email", "customer_email"),
        "shipping_country": ("shipping_country",),
        "billing_country": ("billing_country",),
        "shipping_state": ("shipping_state",),
        "billing_state": ("billing_state",),
        "coupons": ("coupon_items",),
        "payment_method": ("payment_method_title", "payment_method"),
        "refunds": ("refund_items",),
        **{f"line_{at}": (f"line_item_{at}",) for at in range(1, MOST_ITEMS + 1)},
    },
    required=("date", "status", "shipping", "tax", "total", "line_1"),
    any_of=(("number", "id"),),
    not_with=(f"line_item_{MOST_ITEMS + 1}",),
    scripts=("woocommerce_status", "woocommerce_webtoffee", "sold_orders", "shopify_refunds", "told_refunds"),
    numbers=("shipping", "fees", "tax", "discount", "total"),
    dates=("date", "paid", "completed"),
    brings="orders, order lines, discounts, shipping, tax, fees, coupons, dated refunds with the lines they paid back, days of "
    "payment",
    cannot_tell="how many units came back, what goods cost",
)
