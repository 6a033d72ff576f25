"""Shopify admin › Orders › Export › Export transaction histories: one row a payment or refund, with its moment."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="shopify_transactions",
    label="Shopify transactions",
    platform="Shopify",
    where="Orders › Export › Export transaction histories",
    facts="transactions",
    columns={
        "order_id": ("Order",),
        "name": ("Name",),
        "kind": ("Kind",),
        "gateway": ("Gateway",),
        "created_at": ("Created At",),
        "status": ("Status",),
        "amount": ("Amount",),
        "currency": ("Currency",),
    },
    required=("name", "kind", "gateway", "created_at", "status", "amount"),
    scripts=("shopify_transactions",),
    numbers=("amount",),
    dates=("created_at",),
    brings="payments and refunds with their days, by order and means of payment",
    cannot_tell="fees, payouts, which lines a refund was for",
)
