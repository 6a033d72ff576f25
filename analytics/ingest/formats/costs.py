"""What goods cost, from anywhere: one row a product and the day from which its cost holds."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="costs",
    label="Costs",
    facts="costs",
    is_generic=True,
    where="Any table with a row a product, such as a price list of what you buy.",
    columns=synonyms.columns(
        code="sku", unit_cost="unit_cost", freight="freight", duty="duty", valid_from="valid_from", currency="currency"
    ),
    required=("code", "unit_cost"),
    scripts=("costs",),
    numbers=("unit_cost", "freight", "duty"),
    dates=("valid_from",),
    brings="what one piece of a product costs, with freight and duty where they are told, from which day on",
    cannot_tell="lead time and minimum orders (that is the suppliers table), prices",
    # purchases, stock and suppliers also print a cost; each says more than this
    not_with=synonyms.elsewhere("order", "quantity", "on_hand", "supplier", "lead_time_days"),
    meanings={
        "code": "The product's code, as order lines and products print it.",
        "unit_cost": "What one piece costs the shop, without freight, duty and tax that is given back.",
        "freight": "Freight of one piece, in money; without it none. It counts in contribution, not in gross profit.",
        "duty": "Duty of one piece, in money, no percentage; without it none. It counts as freight does.",
        "valid_from": "The first day of this cost; without it the day of the file. The first cost known also counts for all days before.",
        "currency": "Three letters, such as EUR; without it the store's own.",
    },
    examples=(
        {
            "code": "TEA-100",
            "unit_cost": "3.05",
            "freight": "0.20",
            "duty": "0.10",
            "valid_from": "2025-07-01",
            "currency": "EUR",
        },
        {
            "code": "TEA-100",
            "unit_cost": "3.20",
            "freight": "0.25",
            "duty": "0.10",
            "valid_from": "2026-01-01",
            "currency": "EUR",
        },
        {
            "code": "TEA-250",
            "unit_cost": "7.15",
            "freight": "0.40",
            "duty": "0.15",
            "valid_from": "2026-01-01",
            "currency": "EUR",
        },
    ),
)
