"""What advertising cost, from anywhere: one row a campaign and day."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

OURS = {
    "day": "ad_day",
    "platform": "ad_platform",
    "campaign": "campaign",
    "spend": "ad_spend",
    "currency": "currency",
    "impressions": "impressions",
    "clicks": "ad_clicks",
    "conversions": "conversions",
    "revenue": "attributed_revenue",
    "last_day": "ad_last_day",
}
FORMAT = Format(
    name="ad_spend",
    label="Ad spend",
    facts="ad_spend",
    is_generic=True,
    where="Any table with a row a campaign and day, such as a list of what a platform without a format of its own charged.",
    columns=synonyms.columns(**OURS),
    required=("day", "spend"),
    any_of=(("platform", "campaign"),),
    scripts=("ad_days", "own_ads", "ad_spend"),
    numbers=("spend", "impressions", "clicks", "conversions", "revenue"),
    dates=("day", "last_day"),
    brings="ad spend by platform, campaign and day, with the sales that the platform claims",
    cannot_tell="which orders came from it",
    # tables of orders and of goods also have days and costs
    not_with=tuple(name for entry in ("order", "sku", "quantity", "on_hand", "supplier") for name in synonyms.names(entry)),
    meanings={
        "day": "The day on which it was spent.",
        "platform": "Google, Meta, Amazon, Microsoft, TikTok, or any other name.",
        "campaign": "The campaign's name; without one the row is the platform's whole spend of the day.",
        "spend": "What was spent, without tax that is given back.",
        "currency": "Three letters, such as EUR; without it the store's own.",
        "impressions": "How often ads were shown.",
        "clicks": "How often they were clicked.",
        "conversions": "How many purchases the platform claims.",
        "revenue": "The sales that the platform claims.",
        "last_day": "The last day where a row stands for several; such a row is kept as it is and spread over no days.",
    },
    examples=(
        {
            "day": "2026-01-05", "platform": "Google", "campaign": "Brand", "spend": "41.20", "currency": "EUR",
            "impressions": "1830", "clicks": "96", "conversions": "4", "revenue": "212.50",
        },
        {"day": "2026-01-05", "platform": "Pinterest", "campaign": "Spring", "spend": "12.00", "currency": "EUR"},
        {"day": "2026-01-01", "platform": "Radio Nord", "spend": "600.00", "currency": "EUR", "last_day": "2026-01-31"},
    ),
)  # fmt: skip
