"""Shopify admin › Analytics › Reports › Total sales by order: totals of each order, on its day where the report has one."""

from analytics.ingest import shopify_words as words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_order_report",
    label="Shopify sales report by order",
    platform="Shopify",
    where="Analytics › Reports › Total sales by order, with the columns Day and Order name › Export",
    facts="control",
    columns=words.REPORT,
    required=("order",),
    any_of=(("net_sales", "total_sales"),),
    scripts=("shopify_report",),
    numbers=tuple(words.AMOUNTS),
    dates=("day",),
    brings="control totals per order, so that a day's difference can be named by its orders",
    cannot_tell="products; without a Day column, on which day an order was changed",
    not_with=(
        "checkout",
        "payout date",
        "gateway",
        "financial status",
        "quantity",
        "unit price",
        "title",
        *words.CUT_FINER,
    ),
)
