"""Shopify admin › Analytics › Reports › Total sales over time: the platform's own totals, kept beside ours."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_report",
    label="Shopify sales report",
    facts="control",
    columns={
        "day": ("Day", "Date"),
        "orders": ("Orders",),
        "gross_sales": ("Gross sales",),
        "discounts": ("Discounts",),
        "reversals": ("Returns", "Sales reversals"),
        "net_sales": ("Net sales",),
        "shipping": ("Shipping", "Shipping charges"),
        "duties": ("Duties",),
        "fees": ("Additional fees",),
        "tax": ("Taxes",),
        "total_sales": ("Total sales",),
        "currency": ("Currency",),
    },
    required=("day",),
    any_of=(("net_sales", "total_sales"),),
    scripts=("shopify_report",),
    numbers=(
        "orders",
        "gross_sales",
        "discounts",
        "reversals",
        "net_sales",
        "shipping",
        "duties",
        "fees",
        "tax",
        "total_sales",
    ),
    dates=("day",),
    brings="control totals per day, to hold beside ours",
    cannot_tell="orders or products",
    not_with=("lineitem name", "order name", "hour", "month"),
)
