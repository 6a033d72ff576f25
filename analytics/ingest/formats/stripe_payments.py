"""Stripe › Payments › Export: one row a payment with all that became of it. The balance report says more."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="stripe_payments",
    label="Stripe payments",
    facts="transactions",
    platform="Stripe",
    where="Payments › Export › All columns",
    columns={
        "transaction_id": ("id",),
        "date_utc": ("Created (UTC)", "Created date (UTC)"),
        "date": ("Created",),
        "amount": ("Amount",),
        "currency": ("Currency",),
        "refunded": ("Amount Refunded",),
        "settled": ("Converted Amount",),
        "settled_refunded": ("Converted Amount Refunded",),
        "fee": ("Fee",),
        "settled_currency": ("Converted Currency",),
        "status": ("Status",),
        "captured": ("Captured",),
        "description": ("Description",),
        "mode": ("Mode",),
        "order": (
            "order_number (metadata)",
            "order_id (metadata)",
            "order (metadata)",
            "Order ID (metadata)",
            "Order Number (metadata)",
            "orderNumber (metadata)",
            "orderId (metadata)",
        ),
    },
    required=("transaction_id", "amount", "currency", "refunded", "fee", "status"),
    any_of=(("date_utc", "date"),),
    scripts=("money_macros", "stripe_payments", "money_moved", "stripe_payments_refunded"),
    numbers=("amount", "refunded", "settled", "settled_refunded", "fee"),
    dates=("date_utc", "date"),
    brings="payments with their fees, by order where the description or a metadata column names it",
    cannot_tell="when money was refunded or disputed, and payouts (the balance transactions tell both)",
)
