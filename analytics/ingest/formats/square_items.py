"""Square › Reports › Sales › Item detail CSV: one row an item of a transaction, sold or taken back."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="square_items",
    label="Square items detail",
    platform="Square",
    where="Reports › Sales › Export › Items detail CSV",
    facts="orders",
    columns={
        "date": ("Date",),
        "time": ("Time",),
        "category": ("Category",),
        "title": ("Item",),
        "quantity": ("Qty",),
        "variation": ("Price Point Name",),
        "sku": ("SKU",),
        "modifiers": ("Modifiers Applied",),
        "gross": ("Gross Sales",),
        "discounts": ("Discounts",),
        "net": ("Net Sales",),
        "tax": ("Tax",),
        "transaction": ("Transaction ID",),
        "event": ("Event Type",),
        "location": ("Location",),
        "customer": ("Customer ID",),
        "kind": ("Itemization Type",),
    },
    required=("date", "time", "title", "quantity", "gross", "discounts", "net", "tax", "transaction", "event"),
    scripts=("square_items",),
    numbers=("quantity", "gross", "discounts", "net", "tax"),
    dates=("date",),
    brings="sales at the till with their items, categories, discounts and tax; refunds on their own day",
    cannot_tell="which sale a refund undoes (unless just one fits), tips, fees, what goods cost",
)
