"""A table of order lines from anywhere: one row a line, a quantity and a price; UCI Online Retail is one."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="order_lines",
    label="Order lines",
    facts="orders",
    columns={
        "order": (
            "order", "order id", "order_id", "order number", "order no", "order_number", "invoiceno", "invoice no",
            "invoice", "invoice number", "invoice_no", "document", "bestellnummer", "rechnungsnummer",
        ),
        "date": (
            "date", "order date", "order_date", "invoicedate", "invoice date", "invoice_date", "created at", "datum",
            "ordered at", "bestelldatum",
        ),
        "sku": ("sku", "stockcode", "stock code", "product code", "item code", "product id", "artikelnummer", "variant sku"),
        "title": ("title", "description", "product", "product name", "item", "item name", "name", "bezeichnung", "artikel"),
        "quantity": ("quantity", "qty", "units", "menge", "anzahl"),
        "unit_price": ("unitprice", "unit price", "unit_price", "price", "einzelpreis", "preis"),
        "line_total": ("line total", "line_total", "amount", "total price", "betrag", "gesamtpreis"),
        "discount": ("discount", "line discount", "discount amount", "rabatt"),
        "tax": ("tax", "vat", "tax amount", "line tax", "mwst"),
        "currency": ("currency", "währung"),
        "customer": ("customerid", "customer id", "customer_id", "customer", "customer no", "kundennummer"),
        "email": ("email", "e-mail", "customer email"),
        "country": ("country", "shipping country", "land"),
        "region": ("region", "state", "province"),
        "channel": ("channel", "sales channel", "source", "kanal"),
        "category": ("category", "product category", "product type", "type", "kategorie"),
        "vendor": ("vendor", "brand", "marke", "hersteller"),
        "kind": ("kind", "line kind", "line type"),
    },
    required=("order", "date", "quantity"),
    any_of=(("unit_price", "line_total"), ("sku", "title")),
    scripts=("order_lines",),
    numbers=("quantity", "unit_price", "line_total", "discount", "tax"),
    dates=("date",),
    brings="orders, order lines, dated reversals (negative quantities), charges by their own lines",
    cannot_tell="what goods cost, order-level discounts that no line carries",
    # one row an order, packed lines or a platform's own export: each is a format of its own
    not_with=(
        "lineitem quantity", "lineitem name", "lineitem price", "item number", "transaction id", "amazon-order-id",
        "order item id", "order_item_id", "product(s)", "line_item_1", "item-price", "sales record number",
        "transaction type", "settlement-id", "event type", "gross sales", "financial status",
    ),
)
