"""How tables made by hand name their columns: a table of our column, language and names, the usual one first."""

from analytics.ingest import synonyms_ads, synonyms_parcels, synonyms_purchases, synonyms_weights

LANGUAGES = ("en", "de", "fr", "es")

# our column: English, German, French, Spanish; the first English name is the one that templates carry
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "order": (
        (
            "order", "order id", "order number", "order no", "order no.", "invoiceno", "invoice no", "invoice",
            "invoice number", "document",
        ),
        ("bestellnummer", "auftragsnummer", "rechnungsnummer", "bestellung", "belegnummer"),
        ("commande", "numéro de commande", "n° de commande", "n° commande", "numéro de facture", "facture"),
        ("pedido", "número de pedido", "nº de pedido", "n.º de pedido", "número de factura", "factura"),
    ),
    "ordered_at": (
        ("date", "order date", "invoicedate", "invoice date", "created at", "ordered at"),
        ("datum", "bestelldatum", "rechnungsdatum"),
        ("date de commande", "date de la commande", "date de facture"),
        ("fecha", "fecha del pedido", "fecha de pedido", "fecha de factura"),
    ),
    "sku": (
        ("SKU", "stockcode", "stock code", "product code", "item code", "product id", "variant sku", "article number"),
        ("artikelnummer", "artikel-nr.", "artikelnr", "artikel-nr", "art.-nr."),
        ("référence", "référence produit", "code article", "code produit", "réf."),
        ("referencia", "código de producto", "código de artículo", "código"),
    ),
    "title": (
        ("title", "description", "product", "product name", "product title", "item", "item name", "name"),
        ("bezeichnung", "artikel", "artikelbezeichnung", "produkt", "produktname"),
        ("désignation", "titre", "produit", "nom du produit", "article"),
        ("título", "producto", "nombre del producto", "descripción", "artículo"),
    ),
    "variant": (
        ("variant", "variant title", "option"),
        ("variante", "ausführung"),
        ("déclinaison",),
        ("opción",),
    ),
    "quantity": (
        ("quantity", "qty", "units"),
        ("menge", "anzahl", "stückzahl"),
        ("quantité", "qté"),
        ("cantidad", "unidades"),
    ),
    "unit_price": (
        ("unit price", "unitprice", "price", "price per unit"),
        ("einzelpreis", "stückpreis", "preis"),
        ("prix unitaire", "prix unitaire ht", "prix"),
        ("precio unitario", "precio"),
    ),
    "line_total": (
        ("line total", "amount", "total price", "line amount"),
        ("betrag", "gesamtpreis", "zeilensumme", "positionssumme"),
        ("total ligne", "total de la ligne", "montant", "montant ht"),
        ("total línea", "total de la línea", "importe"),
    ),
    "discount": (
        ("discount", "line discount", "discount amount"),
        ("rabatt", "nachlass", "rabattbetrag"),
        ("remise", "réduction"),
        ("descuento",),
    ),
    "tax": (
        ("tax", "vat", "tax amount", "line tax", "vat amount"),
        ("mwst", "mwst.", "umsatzsteuer", "steuer", "steuerbetrag"),
        ("tva", "montant tva", "taxe"),
        ("iva", "impuesto", "impuestos"),
    ),
    "tax_included": (
        ("prices include tax", "tax included", "price includes tax", "vat included"),
        ("preise inkl. mwst", "preise inklusive steuer", "inkl. mwst", "brutto"),
        ("prix ttc", "ttc", "tva incluse"),
        ("iva incluido", "impuestos incluidos"),
    ),
    "currency": (("currency", "currency code"), ("währung",), ("devise",), ("moneda", "divisa")),
    "customer": (
        ("customer id", "customerid", "customer", "customer no", "customer number"),
        ("kundennummer", "kunden-nr."),
        ("numéro client", "n° client", "code client"),
        ("número de cliente", "código de cliente"),
    ),
    "email": (
        ("email", "e-mail", "customer email"),
        ("e-mail-adresse",),
        ("adresse e-mail", "courriel"),
        ("correo electrónico", "correo"),
    ),
    "country": (("country", "shipping country"), ("land", "lieferland"), ("pays",), ("país",)),
    "region": (("region", "state", "province"), ("bundesland",), ("région",), ("región", "provincia")),
    "channel": (("channel", "sales channel", "source"), ("kanal", "vertriebskanal"), ("canal de vente",), ("canal",)),
    "category": (
        ("category", "product category", "product type", "type"),
        ("kategorie", "warengruppe"),
        ("catégorie",),
        ("categoría",),
    ),
    "vendor": (("brand", "vendor"), ("marke", "hersteller"), ("marque",), ("marca", "fabricante")),
    "kind": (("kind", "line kind", "line type"), ("art",), (), ()),
    "price": (
        ("price", "retail price", "selling price"),
        ("preis", "verkaufspreis", "vk-preis"),
        ("prix", "prix de vente"),
        ("precio", "precio de venta", "pvp"),
    ),
    "unit_cost": (
        ("unit cost", "cost", "cost per item", "cost price", "purchase price", "cost per unit"),
        ("einkaufspreis", "ek-preis", "ek", "stückkosten", "einstandspreis"),
        ("coût unitaire", "prix d'achat", "prix d'achat ht", "coût"),
        ("coste unitario", "costo unitario", "precio de compra", "precio de coste", "coste", "costo"),
    ),
    "payment_method": (
        ("payment method", "payment type", "paid with", "payment gateway"),
        ("zahlungsart", "zahlungsmethode", "zahlungsweise", "zahlart"),
        ("mode de paiement", "moyen de paiement"),
        ("método de pago", "forma de pago", "medio de pago"),
    ),
    "gift_card": (("gift card", "is gift card"), ("geschenkgutschein",), ("carte cadeau",), ("tarjeta regalo",)),
    "valid_from": (
        ("valid from", "from", "effective from", "effective date", "since", "date"),
        ("gültig ab", "ab", "datum"),
        ("valable à partir du", "valable dès"),
        ("válido desde", "desde", "fecha"),
    ),
    "location": (
        ("location", "warehouse", "stock location"),
        ("lagerort", "standort", "lager"),
        ("emplacement", "entrepôt", "dépôt"),
        ("ubicación", "almacén"),
    ),
    "on_hand": (
        ("on hand", "quantity on hand", "qty on hand", "stock", "stock quantity", "stock on hand", "in stock", "stock level"),
        ("bestand", "lagerbestand"),
        ("en stock", "stock physique", "quantité en stock"),
        ("existencias", "en existencia", "stock físico"),
    ),
    "committed": (
        ("committed", "reserved", "allocated"),
        ("reserviert", "zugesagt"),
        ("réservé", "engagé"),
        ("comprometido", "reservado"),
    ),
    "unavailable": (
        ("unavailable", "damaged", "blocked"),
        ("nicht verfügbar", "gesperrt"),
        ("indisponible", "bloqué"),
        ("no disponible", "bloqueado"),
    ),
    "available": (
        ("available", "available stock", "available quantity"),
        ("verfügbar", "verfügbarer bestand"),
        ("disponible", "stock disponible"),
        ("disponibles",),
    ),
    "incoming": (
        ("incoming", "on order", "inbound", "in transit"),
        ("zulauf", "bestellt", "im zulauf"),
        ("en commande", "en réassort", "à recevoir"),
        ("en camino", "por recibir", "en tránsito"),
    ),
    "counted_on": (
        ("date", "as of", "counted on", "snapshot date", "stock date"),
        ("datum", "stichtag", "gezählt am"),
        ("date d'inventaire", "inventaire du"),
        ("fecha", "fecha de inventario"),
    ),
    "returned_at": (
        ("return date", "returned at", "returned on", "refund date", "refunded at", "date returned"),
        ("retourendatum", "rückgabedatum", "erstattungsdatum", "retourniert am"),
        ("date de retour", "date du retour", "date de remboursement"),
        ("fecha de devolución", "fecha de reembolso"),
    ),
    "returned_units": (
        ("quantity", "quantity returned", "returned quantity", "return quantity", "qty", "units", "units returned"),
        ("menge", "retourenmenge", "anzahl", "stückzahl"),
        ("quantité", "quantité retournée", "qté"),
        ("cantidad", "cantidad devuelta", "unidades"),
    ),
    "returned_amount": (
        ("refund amount", "refunded amount", "amount refunded", "refund", "amount"),
        ("erstattungsbetrag", "erstattung", "erstatteter betrag", "betrag"),
        ("montant remboursé", "remboursement", "montant"),
        ("importe reembolsado", "reembolso", "importe"),
    ),
    "reason": (
        ("reason", "return reason", "reason for return"),
        ("grund", "retourengrund", "rückgabegrund"),
        ("motif", "motif de retour", "motif du retour", "raison du retour"),
        ("motivo", "motivo de devolución", "motivo de la devolución"),
    ),
    "condition": (
        ("condition", "item condition", "disposition"),
        ("zustand", "artikelzustand"),
        ("état", "état du produit"),
        ("estado", "estado del producto"),
    ),
    "return_kind": (
        ("kind", "return kind", "return type"),
        ("art", "art der retoure"),
        ("type de retour", "nature"),
        ("tipo", "tipo de devolución"),
    ),
    "is_restocked": (
        ("restocked", "restock", "back in stock", "is restocked"),
        ("wieder eingelagert", "eingelagert", "zurück im bestand"),
        ("remis en stock", "remise en stock"),
        ("reingresado", "devuelto al stock", "repuesto"),
    ),
    "is_exchange": (("exchange", "is exchange", "exchanged"), ("umtausch",), ("échange",), ("cambio",)),
    "resolution": (("resolution", "outcome"), ("ergebnis", "abwicklung"), ("résolution",), ("resolución",)),
    "return_id": (
        ("return id", "return number", "return no", "rma", "rma number"),
        ("retourennummer", "retouren-nr."),
        ("numéro de retour", "n° de retour"),
        ("número de devolución", "nº de devolución"),
    ),
    "comment": (
        ("comment", "comments", "customer comment", "customer comments", "customer note", "return note", "return comment"),
        ("kommentar", "kundenkommentar", "anmerkung", "bemerkung"),
        ("commentaire", "commentaires", "commentaire client"),
        ("comentario", "comentarios", "comentario del cliente", "observaciones"),
    ),
    "supplier": (
        ("supplier", "supplier name"),
        ("lieferant", "lieferantenname"),
        ("fournisseur", "nom du fournisseur"),
        ("proveedor", "nombre del proveedor"),
    ),
    "lead_time_days": (
        ("lead time days", "lead time", "lead time (days)", "delivery days"),
        ("lieferzeit", "lieferzeit in tagen", "lieferzeit (tage)", "wiederbeschaffungszeit"),
        ("délai de livraison", "délai (jours)", "délai de livraison (jours)", "délai"),
        ("plazo de entrega", "plazo de entrega (días)", "plazo (días)"),
    ),
    "lead_time_deviation": (
        ("lead time deviation", "deviation", "lead time deviation (days)", "lead time standard deviation"),
        ("abweichung", "abweichung der lieferzeit", "abweichung (tage)"),
        ("écart", "écart-type du délai", "écart (jours)"),
        ("desviación", "desviación del plazo", "desviación (días)"),
    ),
    "minimum_order": (
        ("minimum order", "minimum order quantity", "moq", "min order", "min. order"),
        ("mindestbestellmenge", "mindestmenge"),
        ("quantité minimale", "minimum de commande", "quantité minimum"),
        ("pedido mínimo", "cantidad mínima"),
    ),
    "pack_size": (
        ("pack size", "case size", "case pack", "order multiple"),
        ("verpackungseinheit", "ve", "gebinde"),
        ("conditionnement", "colisage"),
        ("unidades por caja", "tamaño de paquete", "unidades por paquete"),
    ),
    "freight": (("freight", "freight per unit"), ("fracht", "frachtkosten"), ("fret", "transport"), ("flete", "transporte")),
    "duty": (
        ("duty", "duty per unit", "customs"),
        ("zoll", "zollkosten"),
        ("droits de douane", "douane"),
        ("aranceles", "arancel", "aduana"),
    ),
    "from_currency": (
        ("currency", "from currency", "base currency", "currency code"),
        ("währung", "ausgangswährung"),
        ("devise", "devise source"),
        ("moneda", "divisa"),
    ),
    "into_currency": (
        ("into currency", "to currency", "target currency", "quote currency", "counter currency"),
        ("zielwährung", "in währung"),
        ("devise cible", "en devise"),
        ("moneda de destino", "divisa de destino"),
    ),
    "exchange_rate": (
        ("rate", "exchange rate", "fx rate", "conversion rate"),
        ("kurs", "wechselkurs", "umrechnungskurs"),
        ("taux", "taux de change", "cours"),
        ("tipo de cambio", "tasa", "tasa de cambio"),
    ),
    "bundle_sku": (
        ("bundle SKU", "bundle", "kit SKU", "kit", "set SKU", "bundle code"),
        ("bundle-artikelnummer", "set-artikelnummer", "stücklistenartikel"),
        ("référence du lot", "référence du kit", "lot"),
        ("referencia del lote", "referencia del pack", "pack"),
    ),
    "component_sku": (
        ("component SKU", "component", "component code", "child SKU"),
        ("komponente", "komponenten-artikelnummer", "einzelartikel"),
        ("référence du composant", "composant"),
        ("referencia del componente", "componente"),
    ),
    "component_units": (
        ("units", "units per bundle", "quantity", "qty", "component quantity", "pieces"),
        ("stück je bundle", "menge", "anzahl", "stückzahl"),
        ("unités par lot", "quantité", "qté"),
        ("unidades por lote", "cantidad", "unidades"),
    ),
    **synonyms_purchases.NAMES,
    **synonyms_weights.NAMES,
    **synonyms_ads.NAMES,
    **synonyms_parcels.NAMES,
}  # fmt: skip

# What only a platform's own export has, or a table of one row an order: none of these is a table made by hand, and what
# we do not know of them is better asked for than guessed.
ELSEWHERE = (
    # Amazon
    "asin", "fnsku", "amazon-order-id", "order-id", "merchant sku", "seller sku", "item-price", "settlement-id",
    "settlement id", "return request date", "return-date", "afn-total-quantity", "license-plate-number",
    "amazon rma id", "(child) asin",
    # Shopify and what is built like it
    "handle", "url handle", "lineitem quantity", "lineitem name", "lineitem price", "financial status", "gateway",
    "variant price", "hs code",
    # WooCommerce
    "item #", "product(s)", "line_item_1", "regular price", "n. revenue", "item cost", "артикул",
    # Etsy, eBay, Square, Stripe, TikTok, BigCommerce, Magento
    "transaction id", "listing id", "variation 1 type", "item number", "sales record number", "item id",
    "transaction type", "event type", "gross sales", "sku id", "order substatus", "product details",
    "grand total (base)", "card id", "fees & taxes", "custom label",
    # public tables
    "order item id", "order_item_id", "seller_id", "unnamed: 22",
    # advertising
    "campaign", "campaign name", "campaignname", "impressions", "clicks",
    # one row an order, its lines packed into one cell or only counted
    "total quantity", "number of items", "items sold", "item count", "line items", "products", "items", "anzahl artikel",
)  # fmt: skip


def names(column: str) -> tuple[str, ...]:
    """The headers under which our column may stand in any language, with blanks or underscores between the words."""
    spoken = [name for language in NAMES[column] for name in language]
    return tuple(dict.fromkeys(spelt for name in spoken for spelt in (name, name.replace(" ", "_"))))


def columns(**ours: str) -> dict[str, tuple[str, ...]]:
    """The columns of a format: its own name for each, and the headers of the entry of the table that it names."""
    return {column: names(entry) for column, entry in ours.items()}


def elsewhere(*entries: str) -> tuple[str, ...]:
    """The headers that say a table is not this one: those of platforms, and those of columns of other formats."""
    return ELSEWHERE + tuple(name for entry in entries for name in names(entry))
