"""What a currency was worth in another, from anywhere: one row a pair and the day from which its rate holds."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="exchange_rates",
    label="Exchange rates",
    facts="rates",
    is_generic=True,
    where="Any table with a row a currency and day, such as a central bank's reference rates.",
    columns=synonyms.columns(
        currency="from_currency", into_currency="into_currency", valid_from="valid_from", rate="exchange_rate"
    ),
    required=("currency", "into_currency", "valid_from", "rate"),
    scripts=("rates",),
    numbers=("rate",),
    dates=("valid_from",),
    brings="what one unit of a currency is worth in another, from which day on; the rates count for every store",
    cannot_tell="what a payment provider really paid out",
    not_with=synonyms.elsewhere("order", "sku", "quantity", "on_hand", "supplier", "title"),
    meanings={
        "currency": "The currency that amounts are in, three letters, such as USD.",
        "into_currency": "The currency they are shown in, such as EUR.",
        "valid_from": "The first day of this rate; it holds until the next one of the pair. Days before the first have no rate.",
        "rate": "What one unit of the currency is worth in the other: 0.92 where 1 USD is 0.92 EUR.",
    },
    examples=(
        {"currency": "USD", "into_currency": "EUR", "valid_from": "2026-01-01", "rate": "0.9213"},
        {"currency": "USD", "into_currency": "EUR", "valid_from": "2026-01-02", "rate": "0.9187"},
        {"currency": "CHF", "into_currency": "EUR", "valid_from": "2026-01-01", "rate": "1.0641"},
    ),
)
