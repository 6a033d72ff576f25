"""Shopify admin › Analytics › Reports › Total sales over time, by week, month, quarter or year: totals of each period."""

from analytics.ingest import shopify_words as words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_period_report",
    label="Shopify sales report by week or month",
    platform="Shopify",
    where="Analytics › Reports › Total sales over time, grouped by week or month › Export",
    facts="control",
    columns=words.REPORT,
    required=(),
    any_of=(tuple(words.PERIODS), ("net_sales", "total_sales")),
    scripts=("shopify_report",),
    numbers=tuple(words.AMOUNTS),
    dates=("week", "month"),
    brings="control totals per week, month, quarter or year",
    cannot_tell="on which day of the period a difference lies (group the report by day for that)",
    not_with=("order id", *words.headers(words.DAYS), *words.headers(words.ORDER), *words.CUT_FINER),
)
