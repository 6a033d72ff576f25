"""What every report of an advertising platform is read into: the same columns, so that one conversion writes them all."""

# Columns that only some platforms have stand in all formats, as the conversion names them; a blank one costs nothing.
COLUMNS = (
    "account_id", "account", "campaign_id", "campaign", "ad_group_id", "ad_group", "ad_id", "ad", "keyword", "targeting",
    "match_type", "search_term", "sku", "status", "day", "week", "month", "quarter", "year", "first_day", "last_day",
    "date_range", "currency", "spend", "impressions", "clicks", "conversions", "revenue", "roas", "attribution", "device",
    "network", "age", "gender", "country", "placement", "hour", "average_cpc", "platform",
)  # fmt: skip
NUMBERS = ("spend", "impressions", "clicks", "conversions", "revenue", "roas")
DATES = ("day", "week", "month", "quarter", "first_day", "last_day", "date_range")
# A report of one of these says on which days it was spent.
DAYS = ("day", "week", "month", "quarter", "year", "first_day", "date_range")
# Platforms cut every report by these if asked to: the rows of one campaign and day then add up to it.
CUTS: dict[str, tuple[str, ...]] = {
    "device": ("Device", "Impression device", "Device type", "Gerät", "Appareil", "Dispositivo"),
    "network": (
        "Network",
        "Network (with search partners)",
        "Publisher platform",
        "Platform",
        "Netzwerk",
        "Réseau",
        "Red",
    ),
    "age": ("Age", "Alter", "Âge", "Edad", "Età"),
    "gender": ("Gender", "Geschlecht", "Sexe", "Sexo", "Genere"),
    "country": ("Country", "Region", "Country/Region", "Land", "Pays", "País", "Paese"),
    "placement": ("Placement", "Platzierung", "Emplacement", "Ubicación"),
    "hour": ("Hour of the day", "Hour", "Hour of day", "Time of day (ad account time zone)", "Stunde", "Heure", "Hora"),
}
SPANS: dict[str, tuple[str, ...]] = {
    "week": ("Week", "Week (Mon-Sun)", "Week (Sun-Sat)", "Woche", "Woche (Mo–So)", "Semaine", "Semana", "Settimana"),
    "month": ("Month", "Monat", "Mois", "Mes", "Mese"),
    "quarter": ("Quarter", "Quartal", "Trimestre"),
    "year": ("Year", "Jahr", "Année", "Año", "Anno"),
}


def columns(**own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of a platform's report: its own headers for some, the usual ones for cuts and spans, none for the rest."""
    usual = CUTS | SPANS | own
    taken = {header.casefold() for headers in own.values() for header in headers}
    return {
        name: usual.get(name, ())
        if name in own
        else tuple(header for header in usual.get(name, ()) if header.casefold() not in taken)
        for name in COLUMNS
    }
