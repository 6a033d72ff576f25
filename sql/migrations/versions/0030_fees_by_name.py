"""A fee finds its order without the # by index, which compares names as orders keep them."""

from alembic import op

revision = "0030"
down_revision = "0029"

# As in 0016. A file's names of orders are compared byte by byte, an order's own are not, and an index knows one way only: without
# it every fee whose name had no # went through all orders.
FEES_COUNTED = """
create or replace view fees_counted with (security_invoker = true) as
select
    f.store_id,
    f.order_key,
    f.order_name,
    f.ordered_on,
    f.order_currency,
    f.sku,
    f.cost_kind,
    f.is_refund,
    cast(f.happened_at as date) as happened_on,
    f.currency,
    f.amount,
    f.source,
    f.transaction_key
from (
    select
        f.*,
        o.order_key,
        o.ordered_on,
        o.currency as order_currency
    from fees as f
    inner join orders as o on f.store_id = o.store_id and f.order_name = o.order_name and o.kind = 'order'
    union all
    select
        f.*,
        o.order_key,
        o.ordered_on,
        o.currency as order_currency
    from fees as f
    left join orders as o on f.store_id = o.store_id and o.order_name = '#' || f.order_name collate "default" and o.kind = 'order'
    where
        not exists (
            select 1
            from orders as e
            where e.store_id = f.store_id and e.order_name = f.order_name collate "default" and e.kind = 'order'
        )
) as f
where
    f.source not in ('amazon_transactions', 'stripe_payments', 'paypal')
    or not (
        exists (
            select 1
            from fees as n
            where
                n.store_id = f.store_id and n.order_name = f.order_name and n.currency = f.currency
                and n.cost_kind = f.cost_kind and n.is_refund = f.is_refund
                and case f.source
                    when 'amazon_transactions' then n.source = 'amazon_settlement'
                    when 'stripe_payments' then n.source = 'stripe_balance'
                    else n.source = 'shopify_payments' and n.gateway ilike '%paypal%'
                end
        )
        or (
            f.source = 'amazon_transactions'
            and exists (
                select 1
                from transactions as n
                where n.store_id = f.store_id and n.group_key = f.group_key and n.source = 'amazon_settlement'
            )
        )
    )
"""


def upgrade() -> None:
    """Make the view anew, with the same columns."""
    op.execute(FEES_COUNTED)
