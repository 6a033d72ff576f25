"""The words of Shopify's analytics reports, which it prints in the language of the admin.

Its other exports (orders, products, inventory, customers, transactions, payouts, discounts) keep English headers whatever
the language, so only reports need this table. German: headers of an exported report by sales channel. French: headers of an
exported report of sales, and the breakdown of total sales in the admin. Spanish: the breakdown of total sales in the admin
and the help page of the order reports. Of the units of time only the German month (an exported header) and the French day,
month and quarter (the help page on grouping a report) were seen; the others are the plain words. What no source names
("Duties" and "Additional fees" abroad, "Sales reversals" in other languages) is not here.
"""

Headers = dict[str, tuple[str, ...]]
# our column: English, old and new, then German, French and Spanish
AMOUNTS: Headers = {
    "orders": ("Orders", "Bestellungen", "Commandes", "Pedidos"),
    "gross_sales": ("Gross sales", "Bruttoumsatz", "Ventes brutes", "Ventas brutas"),
    "discounts": ("Discounts", "Rabatte", "Réductions", "Descuentos"),
    "reversals": ("Returns", "Sales reversals", "Rückgaben", "Retours", "Devoluciones"),
    "net_sales": ("Net sales", "Nettoumsatz", "Ventes nettes", "Ventas netas"),
    "shipping": (
        *("Shipping", "Shipping charges", "Versandgebühren"),
        *("Frais d'expédition", "Frais d’expédition", "Expédition", "Cargos de envío"),
    ),
    "duties": ("Duties",),
    "additional_fees": ("Additional fees",),
    "return_fees": ("Return fees", "Frais de retour", "Cargos por devolución"),
    "tax": ("Taxes", "Steuern", "Impuestos"),
    "total_sales": ("Total sales", "Gesamtumsatz", "Ventes totales", "Ventas totales"),
}
DAYS: Headers = {"day": ("Day", "Date", "Tag", "Jour", "Día"), "hour": ("Hour", "Stunde", "Heure", "Hora")}
PERIODS: Headers = {
    "week": ("Week", "Woche", "Semaine", "Semana"),
    "month": ("Month", "Monat", "Mois", "Mes"),
    "quarter": ("Quarter", "Quartal", "Trimestre"),
    "year": ("Year", "Jahr", "Année", "Año"),
}
ORDER: Headers = {"order": ("Order name", "Order", "Référence de commande")}
REPORT: Headers = DAYS | PERIODS | ORDER | AMOUNTS | {"currency": ("Currency",)}
# a report cut by something else has several rows a day, and Square's exports have days and the same amounts
CUT_FINER = (
    *("lineitem name", "product title", "product title at time of sale", "product variant sku", "product vendor"),
    *("product type", "variant title", "sales channel", "vertriebskanal", "billing country", "pays de facturation"),
    *("shipping country", "pos location name", "discount name", "staff member name", "customer name", "customer email"),
    *("sale id", "identifiant de vente", "transaction type", "type de transaction", "order or return", "line type"),
    *("time zone", "transaction id", "event type", "sku", "hour of day", "day of week"),
)


def headers(columns: Headers) -> tuple[str, ...]:
    """All headers that those columns may have, as they are compared."""
    return tuple(name.casefold() for names in columns.values() for name in names)
