"""From whom goods are bought, from anywhere: one row a supplier, or a row for each product it sends."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="suppliers",
    label="Suppliers",
    facts="suppliers",
    is_generic=True,
    where="Any table with a row a supplier, or a row a supplier and product.",
    columns=synonyms.columns(
        supplier="supplier",
        sku="sku",
        lead_time_days="lead_time_days",
        lead_time_deviation="lead_time_deviation",
        minimum_order="minimum_order",
        pack_size="pack_size",
        unit_cost="unit_cost",
        freight="freight",
        duty="duty",
        currency="currency",
        valid_from="valid_from",
        remove="remove",
    ),
    required=("supplier",),
    any_of=(("lead_time_days", "minimum_order", "pack_size", "unit_cost"),),
    scripts=("suppliers",),
    numbers=(
        "lead_time_days",
        "lead_time_deviation",
        "minimum_order",
        "pack_size",
        "unit_cost",
        "freight",
        "duty",
    ),
    dates=("valid_from",),
    brings="lead times, minimum orders, pack sizes, and what a piece costs with freight and duty",
    cannot_tell="what was ordered and when it came",
    # purchase orders name a supplier too
    not_with=synonyms.elsewhere("order", "quantity", "on_hand"),
    meanings={
        "supplier": "The supplier's name: a business, no person.",
        "sku": "The product's code; a row without one holds for all of the supplier's products.",
        "lead_time_days": "Days from the order to the shelf, as a number.",
        "lead_time_deviation": "Standard deviation of that, in days.",
        "minimum_order": "The fewest pieces of this product in an order; in a row without a code those of the whole order.",
        "pack_size": "Pieces come in multiples of this.",
        "unit_cost": "What one piece costs, without freight and duty.",
        "freight": "Freight of one piece, in money.",
        "duty": "Duty of one piece, in money, no percentage.",
        "currency": "Three letters, such as EUR; without it the store's own.",
        "valid_from": "The first day of these terms; without it the day of the file.",
        "remove": "Yes takes the terms of this supplier, SKU and day away.",
    },
    examples=(
        {
            "supplier": "Leaf & Co", "lead_time_days": "14", "lead_time_deviation": "3", "minimum_order": "50",
            "currency": "EUR", "valid_from": "2026-01-01",
        },
        {
            "supplier": "Leaf & Co", "sku": "TEA-100", "lead_time_days": "10", "lead_time_deviation": "2",
            "minimum_order": "100", "pack_size": "20", "unit_cost": "3.20", "freight": "0.15", "duty": "0.08",
            "currency": "EUR", "valid_from": "2026-01-01", "remove": "no",
        },
    ),
)  # fmt: skip
