"""What came back, from anywhere: one row a returned line, with its day, reason and condition, and the money given back."""

from analytics.ingest import synonyms
from analytics.ingest.formats import Format

FORMAT = Format(
    name="returns",
    label="Returns",
    facts="returns",
    is_generic=True,
    where="Any table with a row a returned line, from a returns portal or a list of your own.",
    columns=synonyms.columns(
        order="order",
        sku="sku",
        title="title",
        quantity="returned_units",
        amount="returned_amount",
        currency="currency",
        returned_at="returned_at",
        date="counted_on",
        reason="reason",
        condition="condition",
        kind="return_kind",
        is_restocked="is_restocked",
        is_exchange="is_exchange",
        resolution="resolution",
        return_id="return_id",
        comment="comment",
    ),
    required=("order",),
    any_of=(
        ("returned_at", "date"),
        ("quantity", "amount"),
        # one that no table of sales has
        ("returned_at", "reason", "is_restocked", "return_id"),
    ),
    scripts=("returns",),
    numbers=("quantity", "amount"),
    dates=("returned_at", "date"),
    brings="what came back: units, day, reason, condition, whether it was restocked, the money given back, comments",
    cannot_tell="the sale itself, fees and labels of the return",
    not_with=synonyms.elsewhere("unit_price"),
    meanings={
        "order": "The number of the order it comes from, as the orders file prints it.",
        "sku": "The product's code.",
        "title": "The product's name, where it has no code.",
        "quantity": "Pieces that came back. Without this column a row is one piece; a blank cell is unknown.",
        "amount": "Money given back, of a return fee the money kept. Blank is unknown, which is not 0.",
        "currency": "Three letters, such as EUR; without it the store's own.",
        "returned_at": "The day it came back or was refunded.",
        "reason": "Why, in a word or a code.",
        "condition": "In which state it came back.",
        "kind": "return, exchange, cancellation, goodwill, chargeback, shipping refund or return fee; without it a return.",
        "is_restocked": "Yes if it can be sold again; blank is unknown.",
        "is_exchange": "Yes if something else was sent for it.",
        "resolution": "How it ended: refund, store credit, replacement.",
        "return_id": "The return's own number, if it has one.",
        "comment": "What was written about it. E-mail addresses and phone numbers in it are blotted out before it is kept.",
    },
    examples=(
        {
            "order": "1001", "sku": "TEA-100", "title": "Green tea 100 g", "quantity": "1", "amount": "7.22",
            "currency": "EUR", "returned_at": "2026-02-06", "reason": "damaged", "condition": "unsellable",
            "kind": "return", "is_restocked": "no", "is_exchange": "no", "resolution": "refund", "return_id": "R-1",
            "comment": "The lid was open.",
        },
        {
            "order": "1002", "sku": "TEA-250", "title": "Green tea 250 g", "quantity": "1", "currency": "EUR",
            "returned_at": "2026-02-09", "reason": "wrong size", "condition": "new", "kind": "exchange",
            "is_restocked": "yes", "is_exchange": "yes", "resolution": "replacement", "return_id": "R-2",
        },
    ),
)  # fmt: skip
