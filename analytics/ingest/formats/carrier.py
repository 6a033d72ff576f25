"""What parcels cost, from a carrier's or shipping portal's invoice: one row a parcel, or a row a parcel and surcharge."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

COLUMNS = synonyms.columns(
    order="shipped_order",
    tracking="tracking",
    date="shipped_on",
    service="carrier_service",
    surcharge="surcharge",
    country="shipped_country",
    weight="shipped_weight",
    amount="label_amount",
    currency="currency",
    direction="direction",
    invoice="carrier_invoice",
)
# A table of goods is none of parcels, but for the headers that both may have.
GOODS = synonyms.elsewhere("sku", "unit_price", "supplier", "reason", "unit_cost")

FORMAT = Format(
    name="carrier",
    label="Carrier invoice",
    facts="transactions",
    is_generic=True,
    where="Any table with a row a parcel, or a row a parcel and surcharge, from a carrier's or shipping portal's invoice.",
    columns=COLUMNS,
    required=("amount", "date"),
    # only a table of parcels has one of them
    any_of=(("tracking", "service", "direction"),),
    scripts=("money_macros", "carrier", "money_moved"),
    numbers=("amount", "weight"),
    dates=("date",),
    brings="what each parcel cost out and back, surcharges with it, at its order where the row names one",
    cannot_tell="the order of a parcel that is known by its tracking number alone; packaging",
    not_with=tuple(name for name in GOODS if not any(name in names for names in COLUMNS.values())),
    meanings={
        "order": "The number of the order the parcel was for, as the orders file prints it; without it the cost is the store's.",
        "tracking": "The parcel's number.",
        "date": "The day it was sent or charged.",
        "service": "What was charged, such as Parcel 5 kg.",
        "surcharge": "What the row adds to the parcel's price, such as fuel; rows of a parcel add up.",
        "country": "Where it went.",
        "weight": "Its weight; only to be looked at.",
        "amount": "What it cost, without tax that is given back. A credit note is negative.",
        "currency": "Three letters, such as EUR; without it the store's own.",
        "direction": "out, or return for a parcel that came back; without it out, unless the service says return.",
        "invoice": "The invoice's number: the same parcel on two invoices is charged twice.",
    },
    examples=(
        {
            "order": "1001", "tracking": "00340434161094000001", "date": "2026-02-03", "service": "Parcel 5 kg", "country": "DE",
            "weight": "1.2", "amount": "4.35", "currency": "EUR", "direction": "out", "invoice": "INV-2026-02",
        },
        {
            "order": "1001", "tracking": "00340434161094000001", "date": "2026-02-03", "service": "Parcel 5 kg",
            "surcharge": "Fuel", "country": "DE", "weight": "1.2", "amount": "0.22", "currency": "EUR", "direction": "out",
            "invoice": "INV-2026-02",
        },
        {
            "order": "1002", "tracking": "00340434161094000002", "date": "2026-02-09", "service": "Return 5 kg",
            "country": "DE", "weight": "0.8", "amount": "3.90", "currency": "EUR", "direction": "return",
            "invoice": "INV-2026-02",
        },
    ),
)  # fmt: skip
