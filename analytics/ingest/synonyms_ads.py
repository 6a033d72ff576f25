"""How tables of advertising name their columns; see synonyms.py, whose table this is a part of."""

# our column: English, German, French, Spanish; the first English name is the one that templates carry
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "ad_day": (
        ("day", "date", "first day", "start date", "spent on"),
        ("tag", "datum", "erster tag", "startdatum"),
        ("jour", "premier jour", "date de début"),
        ("día", "fecha", "primer día", "fecha de inicio"),
    ),
    "ad_last_day": (
        ("last day", "end date", "until"),
        ("letzter tag", "enddatum", "bis"),
        ("dernier jour", "date de fin"),
        ("último día", "fecha de fin"),
    ),
    "ad_platform": (
        ("platform", "ad platform", "ad network", "advertising channel", "channel", "source", "publisher"),
        ("plattform", "werbeplattform", "werbekanal", "kanal", "quelle"),
        ("plateforme", "régie", "canal publicitaire"),
        ("plataforma", "canal", "canal publicitario"),
    ),
    "campaign": (
        ("campaign", "campaign name"),
        ("kampagne", "kampagnenname"),
        ("campagne", "nom de la campagne"),
        ("campaña", "nombre de la campaña"),
    ),
    "ad_spend": (
        ("spend", "ad spend", "cost", "ad cost", "amount spent", "costs", "amount"),
        ("ausgaben", "werbeausgaben", "werbekosten", "kosten", "betrag"),
        ("dépenses", "dépense publicitaire", "coût", "montant dépensé", "montant"),
        ("gasto", "gasto publicitario", "coste", "costo", "inversión", "importe"),
    ),
    "impressions": (("impressions", "views"), ("impressionen", "einblendungen"), ("affichages",), ("impresiones",)),
    "ad_clicks": (("clicks", "link clicks"), ("klicks",), ("clics",), ("clics en el enlace",)),
    "conversions": (
        ("conversions", "purchases", "attributed orders"),
        ("conversionen", "käufe"),
        ("achats", "commandes attribuées"),
        ("conversiones", "compras"),
    ),
    "attributed_revenue": (
        ("revenue", "attributed revenue", "conversion value", "attributed sales", "sales"),
        ("umsatz", "zugeschriebener umsatz", "conversion-wert"),
        ("chiffre d'affaires", "chiffre d'affaires attribué", "valeur de conversion"),
        ("ingresos", "ingresos atribuidos", "valor de conversión"),
    ),
}  # fmt: skip
