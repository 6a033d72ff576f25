"""WooCommerce › Analytics › Orders › Download: one row an order, and one row a refund under its order's number."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="woocommerce_analytics_orders",
    label="WooCommerce analytics: orders",
    platform="WooCommerce",
    where="Analytics › Orders › Download",
    facts="orders",
    columns={
        "date": ("Date",),
        "number": ("Order #",),
        # whatever its name says, this is the whole order with tax and shipping
        "total": ("N. Revenue (formatted)",),
        "status": ("Status",),
        "products": ("Product(s)",),
        "items_sold": ("Items sold",),
        "coupons": ("Coupon(s)",),
        "net": ("N. Revenue", "Net Sales"),
    },
    required=("date", "number", "status", "products", "items_sold", "net"),
    scripts=("woocommerce_status", "woocommerce_analytics_orders"),
    numbers=("net", "items_sold"),
    dates=("date",),
    brings="orders with their net revenue and units, dated refunds; a product only where an order has just one",
    cannot_tell="prices and products of mixed orders, discounts, tax and shipping, country, customer, refunds made later",
)
