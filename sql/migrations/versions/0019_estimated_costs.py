"""What the rules of a store say that each of its orders cost."""

from alembic import op

revision = "0019"
down_revision = "0018"

# A view keeps the columns that its table had when it was made, so it is made again.
COUNTED = """
create or replace view counted_orders with (security_invoker = true) as
select o.*
from orders as o
where
    o.is_counted
    and (
        o.cancelled_on is null
        or not o.store_id = any(array(select s.store_id from stores as s where s.leaves_cancelled_out))
    );
"""

# One row an order and kind of cost for which a rule of its currency holds: the one with most conditions, then the one valid
# since the later day, then the younger. An order that was cancelled before it was sent, and one without goods, does not go
# out: that costs nothing, and no marketplace takes its fee, but the payment was taken. Nobody takes a fee of nothing paid. What
# counts is the order as it was placed, without what was exchanged later. It is looked up alone, goods and rules: nothing here is
# grouped over all orders, so a list of keys reads these alone.
ESTIMATED = """
create view estimated_costs with (security_invoker = true) as
select
    o.store_id,
    o.order_key,
    rule.cost_kind,
    o.currency,
    case
        when rule.cost_kind in ('payment_fee', 'marketplace_fee') and paid.amount = 0 then 0
        when rule.cost_kind <> 'payment_fee' and not sent.goes_out then 0
        else round(
            rule.per_order + rule.per_unit * coalesce(goods.units, 0) + rule.share * paid.amount, digits_of(o.currency)
        )
    end as amount,
    rule.rule_no
from counted_orders as o
cross join lateral (
    select
        sum(i.amount - i.discount) as net,
        sum(i.units) filter (where i.kind = 'product' and not p.is_gift_card) as units,
        case
            when bool_and(p.weight_grams is not null or i.kind <> 'product' or p.is_gift_card)
                then sum(i.units * p.weight_grams) filter (where i.kind = 'product' and not p.is_gift_card)
        end as grams
    from order_items as i
    inner join product_aliases as a on i.store_id = a.store_id and i.alias_id = a.alias_id
    inner join products as p on a.store_id = p.store_id and a.product_key = p.product_key
    where i.store_id = o.store_id and i.order_key = o.order_key and i.sold_at < o.ordered_on + 1
) as goods
cross join lateral (
    -- not the printed total: tables of lines have none, and what is left after refunds is not what was paid
    select greatest(0, coalesce(goods.net, 0) + o.shipping + o.tax + o.duties + o.difference) as amount
) as paid
cross join lateral (
    select
        coalesce(goods.units, 0) > 0
        and (
            coalesce(o.fulfillment_status, '') in ('fulfilled', 'delivered')
            or coalesce(o.fulfillment_status, '') like 'shipped%'
            or coalesce(waiting_state(o.financial_status, o.fulfillment_status), '') = 'partly sent'
            -- given back whole and never sent is cancelled, too
            or (
                o.cancelled_on is null
                and not (
                    coalesce(o.financial_status, '') = 'refunded'
                    and coalesce(o.fulfillment_status, '') in ('unfulfilled', 'restocked')
                )
            )
        ) as goes_out
) as sent
cross join lateral (
    select distinct on (r.cost_kind)
        r.cost_kind,
        r.rule_no,
        r.per_order,
        r.per_unit,
        r.share
    from cost_rules as r
    where
        r.store_id = o.store_id and r.currency = o.currency and r.valid_from <= o.ordered_on
        and (r.channel is null or lower(r.channel) = lower(o.channel))
        and (r.country is null or lower(r.country) = lower(o.country))
        and (r.payment_method is null or lower(r.payment_method) = lower(o.payment_method))
        -- a band of weights is meant as carriers print it: above the one, up to and with the other
        and (r.weight_from is null or goods.grams > r.weight_from)
        and (r.weight_to is null or goods.grams <= r.weight_to)
    order by
        r.cost_kind,
        num_nonnulls(r.channel, r.country, r.payment_method, coalesce(r.weight_from, r.weight_to)) desc,
        r.valid_from desc,
        r.rule_no desc
) as rule
where o.kind = 'order' and o.store_id = any(array(select r.store_id from cost_rules as r))
"""


def upgrade() -> None:
    op.execute(COUNTED)
    op.execute(ESTIMATED)
