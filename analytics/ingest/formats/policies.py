"""How products are replenished, from anywhere: one row a class, a product, or for all of them."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="policies",
    label="Replenishment policies",
    facts="policies",
    is_generic=True,
    where="Any table with a row a class (such as AX), a row a product, or one row for all of them.",
    columns=synonyms.columns(
        class_name="policy_class",
        sku="sku",
        location="location",
        method="method",
        service_kind="service_kind",
        service_level="service_level",
        cover_days="cover_days",
        lead_time_days="lead_time_days",
        sibling_sku="sibling_sku",
        remove="remove",
    ),
    required=(),
    any_of=(("class_name", "sku"), ("method", "service_level", "cover_days", "sibling_sku")),
    scripts=("policies",),
    numbers=("cover_days", "lead_time_days"),
    brings="how classes and single products are replenished: method, service level, days to cover, whose sales stand in for a new one",
    cannot_tell="lead times by supplier, minimum orders and packs (that is the suppliers table)",
    not_with=synonyms.elsewhere("order", "quantity", "on_hand", "supplier", "unit_cost"),
    meanings={
        "class_name": "A class by sales and steadiness, AX to CZ; blank together with a blank SKU: all products.",
        "sku": "One product; its row goes before that of its class.",
        "location": "One location; blank: all of them.",
        "method": "reorder point, on order (bought only when sold) or none; blank is what the wider rule says, here and below.",
        "service_kind": "fill rate (share of demand met) or cycle service (share of cycles without a stockout).",
        "service_level": "That share, between 0 and 1: 0.95 or 95 %.",
        "cover_days": "Days of demand that an order covers beyond the lead time.",
        "lead_time_days": "Days from the order to the shelf, where they differ from the supplier's.",
        "sibling_sku": "A product whose sales stand in for those of a new one.",
        "remove": "Yes takes the rule for this class, SKU and location away.",
    },
    examples=(
        {"method": "reorder point", "service_kind": "fill rate", "service_level": "0.95", "cover_days": "30", "remove": "no"},
        {"class_name": "AX", "service_level": "0.98", "cover_days": "21"},
        {"sku": "TEA-250", "location": "Berlin", "lead_time_days": "10", "sibling_sku": "TEA-100"},
    ),
)  # fmt: skip
