"""Google Ads › Campaigns › Download: what was spent by campaign, ad group, search term or account, in five languages."""

from analytics.ingest import ad_words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="google_ads",
    label="Google Ads report",
    platform="Google Ads",
    where="Campaigns › Segment › Time › Day, then Download › .csv",
    facts="ad_spend",
    columns=ad_words.columns(
        account_id=("Customer ID", "External customer ID", "Kundennummer", "Numéro client", "ID de cliente", "ID cliente"),
        account=("Account", "Account name", "Konto", "Kontoname", "Compte", "Nom du compte", "Cuenta", "Nombre de la cuenta"),
        campaign_id=(
            "Campaign ID", "Kampagnen-ID", "ID de campagne", "ID de la campagne", "ID de campaña", "ID de la campaña",
            "ID campagna",
        ),
        campaign=("Campaign", "Kampagne", "Campagne", "Campaña", "Campagna"),
        ad_group_id=("Ad group ID", "Anzeigengruppen-ID", "ID de groupe d'annonces", "ID del grupo de anuncios", "ID gruppo di annunci"),
        ad_group=("Ad group", "Anzeigengruppe", "Groupe d'annonces", "Groupe d’annonces", "Grupo de anuncios", "Gruppo di annunci"),
        ad_id=("Ad ID", "Anzeigen-ID", "ID de l'annonce", "ID del anuncio", "ID annuncio"),
        ad=("Ad", "Ad name", "Anzeige", "Annonce", "Anuncio", "Annuncio"),
        keyword=("Search keyword", "Keyword", "Suchkeyword", "Mot clé", "Palabra clave", "Parola chiave"),
        match_type=("Match type", "Search terms match type", "Keyword-Option", "Type de correspondance", "Tipo de concordancia"),
        search_term=("Search term", "Suchbegriff", "Terme de recherche", "Término de búsqueda", "Termine di ricerca"),
        sku=("Item ID", "Product Item ID", "Artikel-ID", "ID d'article", "ID de artículo", "ID articolo"),
        status=(
            "Campaign status", "Campaign state", "Status", "Kampagnenstatus", "État de la campagne", "Estado de la campaña",
            "Stato della campagna", "Stato campagna",
        ),
        day=("Day", "Date", "Tag", "Datum", "Jour", "Día", "Fecha", "Giorno", "Data"),
        currency=(
            "Currency code", "Currency", "Währungscode", "Währung", "Code de la devise", "Code devise", "Devise",
            "Código de moneda", "Código de divisa", "Moneda", "Codice valuta", "Codice della valuta", "Valuta",
        ),
        spend=("Cost", "Kosten", "Coût", "Coste", "Costo"),
        impressions=("Impr.", "Impressions", "Impressionen", "Impresiones", "Impressioni"),
        clicks=("Clicks", "Klicks", "Clics", "Clic"),
        conversions=("Conversions", "Conv.", "Conversiones", "Conversioni"),
        revenue=(
            "Conv. value", "Conversion value", "Total conv. value", "Conv.-Wert", "Conversion-Wert", "Wert der Conversions",
            "Valeur de conv.", "Valeur de conversion", "Valeur des conv.", "Valor de conv.", "Valor de conversión",
            "Valor conv.", "Valore conv.", "Valore di conv.", "Valore di conversione",
        ),
        average_cpc=("Avg. CPC", "Durchschn. CPC", "CPC moy.", "CPC medio", "CPC prom.", "Avg. cost"),
    ),
    required=("spend",),
    any_of=(
        ("campaign", "search_term", "average_cpc"),
        ("clicks", "impressions", "currency", "average_cpc", "conversions"),
    ),
    scripts=("ad_days", "google_ads", "ad_spend"),
    numbers=ad_words.NUMBERS,
    dates=ad_words.DATES,
    brings="ad spend, impressions, clicks, conversions and the sales that Google claims, by campaign and day",
    cannot_tell="which orders came from it; without the segment Day, on which day of its period money was spent",
    # other platforms', and a table of several of them
    not_with=("platform", "campaign name", "campaignname", "amount spent", "spend", "order", "order id"),
)  # fmt: skip
