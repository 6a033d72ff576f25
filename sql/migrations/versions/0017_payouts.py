"""Which payout each movement of money is part of."""

from alembic import op

revision = "0017"
down_revision = "0016"

# One row a movement of what a provider or marketplace holds for the shop, with its payout. Most files print it. PayPal and Etsy
# do not: there a transfer to the bank pays out what moved since the one before it. `moved` is what it changed the balance by;
# the payout's own row is what the file prints as paid out. What is in no payout yet is_open. A settlement goes before the date
# range report of the same number.
PAYOUTS = """
create view payout_movements with (security_invoker = true) as
with held as (
    select
        t.*,
        coalesce(t.net, t.amount - coalesce(t.fee, 0)) as moved,
        t.source in ('paypal', 'etsy_statement') as is_by_time
    from transactions as t
    where
        t.source in (
            'amazon_settlement', 'amazon_transactions', 'ebay_transactions', 'etsy_statement', 'paypal', 'shopify_payments',
            'stripe_balance'
        )
        and (
            t.source <> 'amazon_transactions'
            or not exists (
                select 1
                from transactions as n
                where n.store_id = t.store_id and n.group_key = t.group_key and n.source = 'amazon_settlement'
            )
        )
),

numbered as (
    select
        *,
        case
            when is_by_time then count(*) filter (where kind = 'payout') over (
                partition by store_id, source, currency, is_by_time
                order by happened_at desc, kind = 'payout' desc, transaction_key desc
            )
        end as payouts_since
    from held
),

told as (
    select
        *,
        case
            when is_by_time then max(transaction_key) filter (where kind = 'payout') over of_time
            when source <> 'shopify_payments' or paid_out_on is not null then group_key
        end as group_named,
        case when is_by_time then max(happened_at) filter (where kind = 'payout') over of_time end as closed_at
    from numbered
    window of_time as (partition by store_id, source, currency, payouts_since)
)

select
    store_id,
    source,
    store_id || '|' || source || '|' || coalesce(group_named, 'open') as payout,
    group_named is null as is_open,
    transaction_key,
    order_name,
    kind,
    what,
    gateway,
    happened_at,
    currency,
    amount,
    moved,
    coalesce(paid_out_on, cast(case when is_by_time then closed_at when kind = 'payout' then happened_at end as date)) as paid_out_on
from told
"""


def upgrade() -> None:
    op.execute(PAYOUTS)
