"""Amazon Seller Central › Payments › Reports repository › Settlement, flat file V2: one row an amount, the total first."""

from analytics.ingest.formats import Format

FORMAT = Format(
    name="amazon_settlement",
    label="Amazon settlement (V2)",
    facts="transactions",
    platform="Amazon",
    where="Payments › Reports repository › All statements › Flat file V2",
    columns={
        "settlement_id": ("settlement-id",),
        "deposit_date": ("deposit-date",),
        "total_amount": ("total-amount",),
        "currency": ("currency",),
        "transaction_type": ("transaction-type",),
        "order_id": ("order-id",),
        "adjustment_id": ("adjustment-id",),
        "shipment_id": ("shipment-id",),
        "marketplace": ("marketplace-name",),
        "amount_type": ("amount-type",),
        "amount_description": ("amount-description",),
        "amount": ("amount",),
        "posted_date": ("posted-date",),
        "posted_date_time": ("posted-date-time",),
        "order_item_code": ("order-item-code",),
        "adjustment_item_id": ("merchant-adjustment-item-id",),
        "sku": ("sku",),
        "quantity": ("quantity-purchased",),
        "promotion_id": ("promotion-id",),
    },
    required=("settlement_id", "total_amount", "transaction_type", "amount_type", "amount_description", "amount"),
    any_of=(("posted_date_time", "posted_date"),),
    scripts=("amazon_macros", "amazon_settlement"),
    numbers=("total_amount", "amount", "quantity"),
    dates=("posted_date", "posted_date_time", "deposit_date"),
    brings="every amount Amazon paid out or kept: sales, refunds, fees, tax, promotions, with the day it was paid out",
    cannot_tell="what was returned and why, what is not settled yet",
)
