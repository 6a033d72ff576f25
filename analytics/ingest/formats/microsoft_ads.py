"""Microsoft Advertising › Reports › Campaign: lines about the report above it, a total and a copyright below it."""

from analytics.ingest import ad_words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="microsoft_ads",
    label="Microsoft Ads report",
    platform="Microsoft Ads",
    where="Reports › Performance › Campaign, unit of time Day, then Download › .csv",
    facts="ad_spend",
    columns=ad_words.columns(
        account_id=("AccountId", "Account ID", "AccountNumber", "Account number", "Customer ID"),
        account=("AccountName", "Account name", "Account"),
        campaign_id=("CampaignId", "Campaign ID"),
        campaign=("CampaignName", "Campaign name", "Campaign", "Kampagne", "Campagne", "Campaña"),
        ad_group_id=("AdGroupId", "Ad group ID"),
        ad_group=("AdGroupName", "Ad group name", "Ad group", "Anzeigengruppe", "Groupe d'annonces", "Grupo de anuncios"),
        ad_id=("AdId", "Ad ID"),
        ad=("AdTitle", "Ad title", "Ad"),
        keyword=("Keyword", "KeywordId"),
        search_term=("SearchQuery", "Search query", "Search term"),
        sku=("MerchantProductId", "Merchant product ID"),
        status=("CampaignStatus", "Campaign status", "Status"),
        day=("GregorianDate", "Gregorian date", "TimePeriod", "Time period", "Zeitraum", "Période", "Período de tiempo"),
        first_day=("Day", "Date", "Tag", "Jour", "Día"),
        week=("Week",),
        month=("Month",),
        currency=("CurrencyCode", "Currency code", "Currency", "Währungscode", "Code devise", "Código de moneda"),
        spend=("Spend", "Ausgaben", "Dépenses", "Gasto"),
        impressions=("Impressions", "Impr.", "Impressionen", "Impresiones"),
        clicks=("Clicks", "Klicks", "Clics"),
        conversions=("Conversions", "Conv.", "ConversionsQualified", "Conversiones"),
        revenue=("Revenue", "Conversion revenue", "Umsatz", "Revenu", "Ingresos"),
        device=("DeviceType", "Device type", "Device"),
        network=("Network", "AdDistribution", "Ad distribution"),
        average_cpc=("AverageCpc", "Avg. CPC"),
    ),
    required=("spend", "campaign"),
    # a table of campaigns and spend may be anybody's: these are told by Microsoft's own names
    any_of=(("clicks", "impressions"), ("day", "account", "account_id", "campaign_id", "average_cpc", "network")),
    scripts=("ad_days", "microsoft_ads", "ad_spend"),
    numbers=ad_words.NUMBERS,
    dates=ad_words.DATES,
    brings="ad spend, impressions, clicks, conversions and the revenue that Microsoft claims, by campaign and day",
    cannot_tell="which orders came from it; in a summary, on which day of its period money was spent",
    not_with=("platform", "amount spent", "start date", "date range", "budget currency", "cost", "order", "order id"),
)  # fmt: skip
