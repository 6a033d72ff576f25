"""Shopify admin › Analytics › Reports › Total sales over time, by day or hour: totals kept beside ours."""

from analytics.ingest import shopify_words as words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_report",
    label="Shopify sales report",
    facts="control",
    platform="Shopify",
    where="Analytics › Reports › Total sales over time, grouped by day › Export",
    columns=words.REPORT,
    required=(),
    any_of=(("day", "hour"), ("net_sales", "total_sales")),
    scripts=("shopify_report",),
    numbers=tuple(words.AMOUNTS),
    dates=("day",),
    brings="control totals per day, to hold beside ours",
    cannot_tell="orders or products",
    not_with=("order id", *words.headers(words.ORDER), *words.CUT_FINER),
)
