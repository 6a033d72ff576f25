"""What goods cost, from anywhere: one row a product and the day from which its cost holds."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="costs",
    label="Costs",
    facts="costs",
    is_generic=True,
    where="Any table with a row a product, such as a price list of what you buy.",
    columns=synonyms.columns(code="sku", unit_cost="unit_cost", valid_from="valid_from", currency="currency"),
    required=("code", "unit_cost"),
    scripts=("costs",),
    numbers=("unit_cost",),
    dates=("valid_from",),
    brings="what one piece of a product costs, from which day on",
    cannot_tell="freight, duty and lead time (that is the suppliers table), prices",
    # purchases, stock and suppliers also print a cost; each says more than this
    not_with=synonyms.elsewhere("order", "quantity", "on_hand", "supplier", "lead_time_days"),
    meanings={
        "code": "The product's code, as order lines and products print it.",
        "unit_cost": "What one piece costs the shop, without tax that is given back.",
        "valid_from": "The first day of this cost; without it the day of the file. The first cost known also counts for all days before.",
        "currency": "Three letters, such as EUR; without it the store's own.",
    },
    examples=(
        {"code": "TEA-100", "unit_cost": "3.05", "valid_from": "2025-07-01", "currency": "EUR"},
        {"code": "TEA-100", "unit_cost": "3.20", "valid_from": "2026-01-01", "currency": "EUR"},
        {"code": "TEA-250", "unit_cost": "7.15", "valid_from": "2026-01-01", "currency": "EUR"},
    ),
)
