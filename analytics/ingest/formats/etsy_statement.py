"""Etsy › Shop Manager › Finances › Payment account › Monthly statements: one row a sale, fee, tax, refund or deposit."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="etsy_statement",
    label="Etsy statement",
    facts="transactions",
    platform="Etsy",
    where="Shop Manager › Finances › Payment account › Monthly statements › Download CSV",
    columns={
        "date": ("Date", "Datum", "Fecha", "Data"),
        "type": ("Type", "Typ", "Tipo", "Art"),
        "title": ("Title", "Titel", "Titre", "Título", "Titolo"),
        "info": ("Info", "Infos", "Information", "Información", "Informazioni"),
        "currency": ("Currency", "Währung", "Devise", "Divisa", "Moneda", "Valuta"),
        "amount": ("Amount", "Betrag", "Montant", "Importe", "Cantidad", "Importo"),
        "fee": (
            "Fees & Taxes",
            "Fees and Taxes",
            "Gebühren & Steuern",
            "Gebühren und Steuern",
            "Frais et taxes",
            "Frais & taxes",
            "Tarifas e impuestos",
            "Comisiones e impuestos",
            "Tariffe e tasse",
            "Tariffe e imposte",
        ),
        "net": ("Net", "Netto", "Neto"),
    },
    required=("date", "type", "title", "info", "currency", "amount", "fee", "net"),
    scripts=("money_macros", "etsy_statement", "money_moved"),
    numbers=("amount", "fee", "net"),
    dates=("date",),
    brings="sales, refunds and taxes, every fee by its kind (advertising apart), and what was sent to the bank",
    cannot_tell="which lines a refund was for, the time of day",
)
