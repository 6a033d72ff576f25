"""How carriers' and shipping portals' invoices name their columns: English, German, French, Spanish, as in synonyms.py."""

NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "shipped_order": (
        (
            "order", "order number", "order id", "order no", "reference", "customer reference", "shipment reference",
            "reference 1", "reference number", "your reference", "shipper reference", "client reference",
        ),
        (
            "bestellnummer", "auftragsnummer", "referenz", "referenznummer", "kundenreferenz", "sendungsreferenz",
            "ihre referenz", "bestellung",
        ),
        ("commande", "numéro de commande", "n° de commande", "référence", "référence client", "référence expédition"),
        ("pedido", "número de pedido", "nº de pedido", "referencia", "referencia del cliente", "referencia de envío"),
    ),
    "tracking": (
        (
            "tracking number", "tracking", "tracking no", "tracking id", "tracking code", "shipment number", "shipment id",
            "parcel number", "airwaybill", "air waybill number", "awb", "waybill", "consignment number", "barcode",
        ),
        ("sendungsnummer", "paketnummer", "trackingnummer", "sendungs-nr.", "identcode", "frachtbriefnummer"),
        ("numéro de suivi", "n° de suivi", "numéro de colis", "n° de colis", "numéro d'envoi"),
        ("número de seguimiento", "nº de seguimiento", "número de envío", "expedición"),
    ),
    "shipped_on": (
        (
            "ship date", "shipping date", "shipment date", "date", "pickup date", "sent on", "label created at",
            "transaction date", "invoice date", "charged on", "created at",
        ),
        ("versanddatum", "einlieferungsdatum", "sendungsdatum", "abholdatum", "datum", "leistungsdatum", "rechnungsdatum"),
        ("date d'expédition", "date d'envoi", "date de prise en charge", "date", "date de facture"),
        ("fecha de envío", "fecha de expedición", "fecha", "fecha de factura"),
    ),
    "carrier_service": (
        (
            "service", "service type", "service level", "shipping service", "product name", "shipping method", "carrier service",
            "charge description", "service description", "shipment type",
        ),
        ("dienst", "dienstleistung", "produkt", "versandart", "leistung", "versandprodukt"),
        ("service", "prestation", "produit", "mode d'expédition"),
        ("servicio", "tipo de servicio", "producto", "método de envío"),
    ),
    "surcharge": (
        ("surcharge", "surcharge type", "surcharge name", "extra", "charge type", "fee type", "line type", "charge"),
        ("zuschlag", "zuschlagsart", "art des zuschlags", "zusatzleistung"),
        ("supplément", "type de supplément", "option"),
        ("recargo", "suplemento", "tipo de recargo"),
    ),
    "shipped_country": (
        (
            "country", "destination country", "receiver country", "recipient country", "ship to country", "to country",
            "destination", "country code", "dest country",
        ),
        ("land", "zielland", "empfängerland", "lieferland"),
        ("pays", "pays de destination", "pays destinataire"),
        ("país", "país de destino"),
    ),
    "shipped_weight": (
        ("weight", "weight (kg)", "billed weight", "weight charge", "chargeable weight", "weight kg", "weight (g)", "weight (lb)"),
        ("gewicht", "gewicht (kg)", "abrechnungsgewicht", "gewicht in kg"),
        ("poids", "poids (kg)", "poids facturé"),
        ("peso", "peso (kg)", "peso facturado"),
    ),
    "label_amount": (
        (
            "amount", "cost", "price", "net amount", "charge amount", "shipping cost", "label cost", "total", "total charge",
            "total amount", "net charge", "net price", "amount excl. vat", "amount excl. tax", "total amount (excl. vat)", "billed amount",
        ),
        ("betrag", "nettobetrag", "preis", "netto", "kosten", "entgelt", "betrag netto", "versandkosten", "gesamtbetrag"),
        ("montant", "montant ht", "prix", "prix ht", "total ht", "coût"),
        ("importe", "importe neto", "precio", "coste", "base imponible", "total"),
    ),
    "direction": (
        ("direction", "shipment direction", "inbound/outbound", "outbound/return"),
        ("richtung", "sendungsrichtung", "hin/rück"),
        ("sens", "aller/retour"),
        ("sentido", "ida/vuelta"),
    ),
    "carrier_invoice": (
        ("invoice", "invoice number", "invoice no", "invoice id", "bill number"),
        ("rechnungsnummer", "rechnungs-nr.", "rechnung"),
        ("numéro de facture", "n° de facture", "facture"),
        ("número de factura", "nº de factura", "factura"),
    ),
}  # fmt: skip
