"""TikTok Ads Manager › Reporting › Custom reports › Export: campaigns, ad groups or ads, a total among them."""

from analytics.ingest import ad_words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="tiktok_ads",
    label="TikTok Ads report",
    platform="TikTok Ads",
    where="Reporting › Custom reports › dimensions By Day and Campaign › Export",
    facts="ad_spend",
    columns=ad_words.columns(
        account_id=("Account ID", "Advertiser ID"),
        account=("Account name", "Advertiser name"),
        campaign_id=("Campaign ID",),
        campaign=("Campaign name", "Kampagnenname", "Nom de la campagne", "Nombre de la campaña"),
        ad_group_id=("Ad group ID", "Adgroup ID"),
        ad_group=("Ad group name", "Ad Group Name", "Adgroup name"),
        ad_id=("Ad ID",),
        ad=("Ad name",),
        status=("Primary status", "Status", "Campaign status"),
        day=("By Day", "Day", "Date", "Stat time day"),
        date_range=("Date range", "Time range"),
        currency=("Currency", "Währung", "Devise", "Moneda"),
        spend=("Cost", "Total cost", "Kosten", "Coût", "Costo"),
        impressions=("Impressions", "Impression", "Impressionen", "Impresiones"),
        clicks=("Clicks (destination)", "Destination clicks", "Clicks (all)", "Clicks", "Click"),
        conversions=(
            "Complete payment", "Total complete payment", "Purchases", "Payment completions (website)", "Conversions", "Conversion",
            "Total purchase",
        ),
        revenue=(
            "Total complete payment value", "Complete payment value", "Total purchase value", "Purchase value (website)",
            "Value of payment completions (website)", "Gross revenue",
        ),
        roas=("Complete payment ROAS", "Payment completion ROAS (website)", "ROAS"),
    ),
    required=("spend", "impressions", "campaign"),
    any_of=(("clicks", "conversions", "currency"),),
    scripts=("ad_days", "tiktok_ads", "ad_spend"),
    numbers=ad_words.NUMBERS,
    dates=ad_words.DATES,
    brings="ad spend, impressions, clicks, payments and the sales that TikTok claims, by campaign and day",
    cannot_tell="which orders came from it; numbers that TikTok prints as <5",
    not_with=("platform", "budget currency", "impr.", "spend", "order", "order id", "avg. cpc"),
)  # fmt: skip
