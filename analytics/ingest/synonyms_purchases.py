"""How tables of purchases and of replenishment name their columns; see synonyms.py, whose table this is a part of."""

# our column: English, German, French, Spanish; the first English name is the one that templates carry
NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "purchase_order": (
        (
            "purchase order", "po", "po number", "po no", "po no.", "purchase order number", "purchase order id", "order",
            "order number", "order no", "order no.", "order id",
        ),
        ("einkaufsbestellung", "bestellnummer", "bestellung", "lieferantenbestellung"),
        ("commande fournisseur", "numéro de commande", "n° de commande", "commande"),
        ("orden de compra", "pedido de compra", "número de pedido", "nº de pedido", "pedido"),
    ),
    "purchase_status": (
        ("status", "order status", "purchase order status", "po status"),
        ("bestellstatus", "status der bestellung"),
        ("statut", "état de la commande"),
        ("estado", "estado del pedido"),
    ),
    "ordered_on": (
        ("ordered on", "order date", "ordered", "date ordered", "ordered at", "sent on", "po date", "date"),
        ("bestellt am", "bestelldatum", "datum"),
        ("commandé le", "date de commande"),
        ("pedido el", "fecha de pedido", "fecha del pedido", "fecha"),
    ),
    "expected_on": (
        (
            "expected on", "expected", "expected date", "expected arrival", "expected delivery", "due", "due date",
            "delivery date", "eta", "promised on",
        ),
        ("erwartet am", "liefertermin", "lieferdatum", "zugesagt am"),
        ("attendu le", "livraison prévue", "date de livraison"),
        ("esperado el", "entrega prevista", "fecha de entrega"),
    ),
    "ordered_units": (
        ("units", "quantity", "qty", "ordered units", "units ordered", "ordered quantity", "quantity ordered", "order quantity"),
        ("bestellmenge", "menge", "anzahl", "stückzahl"),
        ("quantité commandée", "quantité", "qté"),
        ("cantidad pedida", "cantidad", "unidades"),
    ),
    "purchase_cost": (
        (
            "unit cost", "cost", "cost per item", "cost price", "purchase price", "cost per unit", "supplier price",
            "supplier cost",
        ),
        ("einkaufspreis", "ek-preis", "ek", "stückkosten"),
        ("coût unitaire", "prix d'achat", "prix d'achat ht", "coût"),
        ("coste unitario", "costo unitario", "precio de compra", "coste", "costo"),
    ),
    "received_units": (
        (
            "received units", "received", "units received", "received quantity", "quantity received", "qty received",
            "received qty",
        ),
        ("erhaltene menge", "erhalten", "gelieferte menge", "geliefert"),
        ("quantité reçue", "reçu"),
        ("cantidad recibida", "recibido", "unidades recibidas"),
    ),
    "received_on": (
        ("received on", "received at", "received date", "date received", "receipt date", "arrived on", "delivered on"),
        ("erhalten am", "geliefert am", "wareneingang", "eingangsdatum"),
        ("reçu le", "date de réception"),
        ("recibido el", "fecha de recepción"),
    ),
    "order_freight": (
        ("freight", "total freight", "freight total", "shipping cost"),
        ("fracht", "frachtkosten"),
        ("fret", "transport"),
        ("flete", "transporte"),
    ),
    "order_duty": (
        ("duty", "total duty", "duty total", "duties", "customs"),
        ("zoll", "zollkosten"),
        ("droits de douane", "douane"),
        ("aranceles", "arancel", "aduana"),
    ),
    "deposit": (
        ("deposit", "deposit amount", "down payment", "prepayment"),
        ("anzahlung", "anzahlungsbetrag"),
        ("acompte", "montant de l'acompte"),
        ("anticipo", "depósito"),
    ),
    "deposit_due_on": (
        ("deposit due on", "deposit due", "deposit date", "deposit due date"),
        ("anzahlung fällig am", "anzahlung am"),
        ("acompte dû le", "date de l'acompte"),
        ("anticipo vence el", "fecha del anticipo"),
    ),
    "balance_due_on": (
        ("balance due on", "balance due", "balance date", "balance due date", "payment due", "payment due on"),
        ("restzahlung fällig am", "restzahlung am", "zahlung fällig am"),
        ("solde dû le", "date du solde"),
        ("saldo vence el", "fecha del saldo"),
    ),
    "note": (("note", "notes", "memo"), ("notiz", "bemerkung"), ("remarque",), ("nota", "observación")),
    "policy_class": (
        ("class", "ABC XYZ", "ABC-XYZ", "product class"),
        ("klasse", "produktklasse"),
        ("classe",),
        ("clase",),
    ),
    "method": (
        ("method", "replenishment method", "policy"),
        ("verfahren", "bestellverfahren"),
        ("méthode", "méthode de réassort"),
        ("método", "método de reposición"),
    ),
    "service_kind": (
        ("service kind", "kind of service", "service type"),
        ("art des servicegrads", "servicegradart"),
        ("type de service",),
        ("tipo de servicio",),
    ),
    "service_level": (
        ("service level", "target service level"),
        ("servicegrad", "lieferbereitschaft"),
        ("taux de service", "niveau de service"),
        ("nivel de servicio",),
    ),
    "cover_days": (
        ("cover days", "days of cover", "target cover", "days to cover"),
        ("reichweite", "reichweite in tagen"),
        ("couverture", "jours de couverture"),
        ("cobertura", "días de cobertura"),
    ),
    "sibling_sku": (
        ("sibling SKU", "sibling", "sells like", "like SKU"),
        ("verkauft sich wie", "geschwisterartikel"),
        ("se vend comme", "référence sœur"),
        ("se vende como", "referencia hermana"),
    ),
    "remove": (
        ("remove", "removed", "delete"),
        ("entfernen", "löschen"),
        ("retirer", "supprimer"),
        ("quitar", "eliminar"),
    ),
}  # fmt: skip
