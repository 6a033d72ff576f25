"""Meta Ads Manager › Reports › Export table data: campaigns, ad sets and ads of Facebook and Instagram."""

from analytics.ingest import ad_words
from analytics.ingest.formats import Format

FORMAT = Format(
    name="meta_ads",
    label="Meta Ads report",
    platform="Meta Ads",
    where="Ads Manager › Campaigns › Breakdown › By time › Day, then Reports › Export table data › .csv",
    facts="ad_spend",
    columns=ad_words.columns(
        account_id=("Account ID", "Konto-ID", "Werbekonto-ID", "Identificador de la cuenta", "ID du compte"),
        account=("Account name", "Kontoname", "Name des Werbekontos", "Nombre de la cuenta", "Nom du compte"),
        campaign_id=(
            "Campaign ID", "Kampagnen-ID", "Identificador de la campaña", "ID de la campaña", "ID de campagne",
            "ID de la campagne", "Identifiant de la campagne",
        ),
        campaign=(
            "Campaign name", "Campaign", "Name der Kampagne", "Kampagnenname", "Nombre de la campaña", "Nom de la campagne",
            "Nome della campagna",
        ),
        ad_group_id=(
            "Ad set ID", "Anzeigengruppen-ID", "Identificador del conjunto de anuncios", "ID del conjunto de anuncios",
            "ID de l'ensemble de publicités", "Identifiant de l'ensemble de publicités",
        ),
        ad_group=(
            "Ad set name", "Ad Set Name", "Name der Anzeigengruppe", "Anzeigengruppenname", "Nombre del conjunto de anuncios",
            "Nom de l'ensemble de publicités", "Nom de l’ensemble de publicités",
        ),
        ad_id=("Ad ID", "Anzeigen-ID", "Identificador del anuncio", "ID del anuncio", "ID de la publicité", "Identifiant de la publicité"),
        ad=("Ad name", "Name der Anzeige", "Anzeigenname", "Nombre del anuncio", "Nom de la publicité"),
        status=(
            "Campaign delivery", "Ad set delivery", "Ad delivery", "Delivery status", "Auslieferung der Kampagne",
            "Entrega de la campaña", "Diffusion de la campagne",
        ),
        day=("Day", "Tag", "Día", "Jour", "Giorno", "Date"),
        first_day=(
            "Reporting starts", "Berichtsstart", "Berichtsbeginn", "Auswertungsstart", "Inicio del informe",
            "Début des rapports", "Début du rapport", "Inizio report",
        ),
        last_day=(
            "Reporting ends", "Berichtsende", "Auswertungsende", "Fin del informe", "Fin des rapports", "Fin du rapport",
            "Fine report",
        ),
        currency=("Currency", "Account currency", "Währung", "Divisa", "Moneda", "Devise"),
        spend=(
            "Amount spent", "Ausgegebener Betrag", "Importe gastado", "Montant dépensé", "Dépenses", "Importo speso",
        ),
        impressions=("Impressions", "Impressionen", "Impresiones", "Impressioni"),
        clicks=(
            "Link clicks", "Clicks (all)", "Clicks", "Link-Klicks", "Klicks (alle)", "Clics en el enlace", "Clics (todos)",
            "Clics sur un lien", "Clics (tous)",
        ),
        conversions=("Purchases", "Website purchases", "Käufe", "Website-Käufe", "Compras", "Compras en el sitio web", "Achats"),
        revenue=(
            "Purchases conversion value", "Purchase conversion value", "Website purchases conversion value",
            "Conversion-Wert für Käufe", "Conversion-Wert von Käufen", "Valor de conversión de compras",
            "Valor de conversión de las compras", "Valeur de conversion des achats",
        ),
        roas=(
            "Purchase ROAS (return on ad spend)", "Purchase ROAS", "Website purchase ROAS (return on advertising spend)",
            "ROAS (Return on Ad Spend) für Käufe", "ROAS (retorno de la inversión publicitaria) de compras",
            "ROAS (retour sur investissement publicitaire) des achats",
        ),
        attribution=(
            "Attribution setting", "Attributionseinstellung", "Configuración de atribución", "Paramètre d'attribution",
        ),
    ),
    required=("spend",),
    any_of=(("first_day", "day"), ("campaign", "campaign_id", "ad_group", "ad")),
    has_currency_in_headers=True,
    scripts=("ad_days", "meta_ads", "ad_spend"),
    numbers=ad_words.NUMBERS,
    dates=ad_words.DATES,
    brings="ad spend, impressions, clicks, purchases and the sales that Meta claims, by campaign, ad set or ad and day",
    cannot_tell="which orders came from it; without the breakdown by day, on which day of its period money was spent",
    not_with=("order", "order id", "order number", "total cost"),
)  # fmt: skip
