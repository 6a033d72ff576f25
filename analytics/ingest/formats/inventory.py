"""A stock count from anywhere: one row a product, and a location and a day where there are several."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="inventory",
    label="Inventory",
    facts="inventory",
    is_generic=True,
    where="Any table with a row a product and location. A location on a day is replaced whole, so list all its products.",
    columns=synonyms.columns(
        sku="sku",
        title="title",
        location="location",
        on_hand="on_hand",
        committed="committed",
        unavailable="unavailable",
        available="available",
        incoming="incoming",
        date="counted_on",
    ),
    required=(),
    any_of=(("sku", "title"), ("on_hand", "available")),
    scripts=("inventory",),
    numbers=("on_hand", "committed", "unavailable", "available", "incoming"),
    dates=("date",),
    brings="stock by product and location, on one day or on each day that the file carries",
    cannot_tell="what the stock cost, the day it was counted where no column says it (then it is asked)",
    not_with=synonyms.elsewhere("order", "reason", "returned_at", "lead_time_days", "minimum_order"),
    meanings={
        "sku": "The product's code; rows without one are known by their title.",
        "title": "The product's name, with its variant.",
        "location": "Warehouse or shop; without it all stock is in one place.",
        "on_hand": "Pieces there. Blank is not counted, which is not 0.",
        "committed": "Of them, sold and not sent yet.",
        "unavailable": "Of them, damaged, blocked or in quality control.",
        "available": "Free to sell; without it on hand less committed and unavailable.",
        "incoming": "Ordered and not there yet.",
        "date": "The day of the count; with several days each is a count of its own. Without it the day of the file.",
    },
    examples=(
        {
            "sku": "TEA-100", "title": "Green tea 100 g", "location": "Berlin", "on_hand": "40", "committed": "3",
            "unavailable": "1", "available": "36", "incoming": "100", "date": "2026-01-31",
        },
        {
            "sku": "TEA-250", "title": "Green tea 250 g", "location": "Berlin", "on_hand": "12", "committed": "0",
            "unavailable": "0", "available": "12", "incoming": "0", "date": "2026-01-31",
        },
    ),
)  # fmt: skip
