"""Shopify admin › Finances › Payouts › Transactions › Export: what Shopify Payments took, kept and paid out."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_payments",
    label="Shopify payouts",
    platform="Shopify",
    where="Finances › Payouts › Transactions › Export",
    facts="transactions",
    columns={
        "happened": ("Transaction Date",),
        "type": ("Type",),
        "order": ("Order",),
        "card_brand": ("Card Brand",),
        "payout_status": ("Payout Status",),
        "payout_date": ("Payout Date",),
        "payout_id": ("Payout ID",),
        "amount": ("Amount",),
        "fee": ("Fee",),
        "net": ("Net",),
        "checkout": ("Checkout",),
        "method": ("Payment Method Name", "Payment Method"),
        "currency": ("Currency",),
    },
    required=("happened", "type", "order", "payout_status", "payout_date", "amount", "fee", "net"),
    scripts=("shopify_payments",),
    numbers=("amount", "fee", "net"),
    dates=("happened", "payout_date"),
    brings="card payments, refunds and chargebacks with their fees, and the payout each is part of",
    cannot_tell="payments by other means (PayPal, bank, cash), which lines a refund was for",
)
