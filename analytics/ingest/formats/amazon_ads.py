"""Amazon Ads: campaign, search term and advertised product reports, the older ones and those of the 2026 console."""

from analytics.ingest import ad_words
from analytics.ingest.formats import Format

# what is claimed depends on the days behind a click that are counted; the report names them
WINDOWS = (7, 14, 30, 1)


def _windows(*patterns: str) -> tuple[str, ...]:
    return tuple(pattern.format(days) for days in WINDOWS for pattern in patterns)


FORMAT = Format(
    name="amazon_ads",
    label="Amazon Ads report",
    platform="Amazon Ads",
    where="Measurement & Reporting › Sponsored ads reports › Create report, time unit Daily",
    facts="ad_spend",
    columns=ad_words.columns(
        account_id=("Advertiser account ID", "Account ID", "Entity ID"),
        account=("Advertiser account name", "Account name"),
        campaign_id=("Campaign ID", "Campaign Id", "Kampagnen-ID"),
        campaign=("Campaign name", "Campaigns", "Kampagnenname", "Nom de la campagne", "Nombre de la campaña", "Nome campagna"),
        ad_group_id=("Ad group ID", "Ad Group Id", "Anzeigengruppen-ID"),
        ad_group=("Ad group name", "Ad group", "Anzeigengruppenname", "Name der Anzeigengruppe", "Nom du groupe d'annonces"),
        targeting=("Targeting", "Target value", "Ausrichtung", "Ciblage"),
        match_type=("Match type", "Target match type", "Übereinstimmungstyp"),
        search_term=(
            "Customer Search Term", "Search term", "Suchbegriff", "Suchbegriff eines Kunden", "Kunden-Suchbegriff",
            "Terme de recherche du client", "Término de búsqueda del cliente",
        ),
        sku=("Advertised product SKU", "Advertised SKU", "Beworbene SKU", "SKU promu", "SKU anunciado"),
        status=("Status", "Campaign status", "State"),
        day=("Date", "Datum", "Fecha", "Data"),
        first_day=("Start date", "Startdatum", "Anfangsdatum", "Date de début", "Fecha de inicio", "Data di inizio"),
        last_day=("End date", "Enddatum", "Date de fin", "Fecha de finalización", "Data di fine"),
        date_range=("Date range", "Reporting period"),
        currency=("Currency", "Budget currency", "Campaign budget currency code", "Währung", "Devise", "Divisa", "Valuta"),
        spend=("Spend", "Total cost", "Ausgaben", "Dépenses", "Gasto", "Inversión", "Spesa"),
        impressions=("Impressions", "Impressionen", "Impresiones", "Impressioni"),
        clicks=("Clicks", "Klicks", "Clics", "Clic"),
        conversions=(
            *_windows("{0} Day Total Orders (#)", "{0} Day Total Orders", "{0}-Day Total Orders (#)"), "Purchases", "Orders",
            "Bestellungen",
        ),
        revenue=(
            *_windows("{0} Day Total Sales", "{0}-Day Total Sales", "Total Sales ({0} Days)", "{0} Tage: Gesamtumsatz"), "Sales",
            "Total sales", "Umsatz",
        ),
    ),
    required=("spend", "impressions", "clicks"),
    any_of=(
        ("campaign", "campaign_id"),
        ("first_day", "date_range", "day"),
        ("revenue", "currency", "conversions"),
    ),
    has_currency_in_headers=True,
    scripts=("ad_days", "amazon_ads", "ad_spend"),
    numbers=ad_words.NUMBERS,
    dates=ad_words.DATES,
    brings="ad spend, impressions, clicks, orders and the sales that Amazon claims, by campaign or product and day",
    cannot_tell="which orders came from it; in a summary, on which day of its period money was spent; search terms are a part of it",
    not_with=(
        "platform", "amount spent", "campaignname", "gregorian date", "time period", "timeperiod", "avg. cpc", "impr.", "conversions",
        "conv.",
    ),
)  # fmt: skip
