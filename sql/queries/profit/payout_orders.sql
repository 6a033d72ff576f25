-- One row an order in a payout: what its buyer paid less what went back in it (paid), in all other payouts and movements
-- (elsewhere), and what was collected for the order by the ledger. Money that names no order is one row without a name.
with named as (
    select
        store_id,
        currency,
        order_name,
        sum(amount) as paid
    from payout_movements
    where
        payout = :payout and kind in ('sale', 'shipping', 'tax', 'promotion', 'refund', 'chargeback')
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:currency as text) is null or currency = :currency)
    group by store_id, currency, order_name
),

known as (
    select
        n.*,
        o.order_key,
        o.order_name as known_as,
        o.ordered_on
    from named as n
    left join lateral (
        -- a provider may print the order without the # that the shop puts before it
        select *
        from orders as o
        where
            o.store_id = n.store_id and o.order_name in (n.order_name, '#' || n.order_name) and o.kind = 'order'
            and o.currency = n.currency
        order by o.order_name = n.order_name desc, o.order_key
        limit 1
    ) as o on true
),

collected as (
    select
        l.store_id,
        l.sold_in,
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end) as collected
    from ledger as l
    where
        l.store_id = any(array(select k.store_id from known as k where k.order_key is not null))
        and l.sold_in = any(array(select k.order_key from known as k where k.order_key is not null))
        and l.line_kind not in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
    group by l.store_id, l.sold_in
)

select
    k.store_id,
    k.currency,
    coalesce(k.known_as, k.order_name) as order_name,
    k.ordered_on,
    k.order_key is not null as is_known,
    k.paid as payout_paid,
    coalesce(e.paid, 0) as payout_elsewhere,
    case when k.order_key is not null then coalesce(c.collected, 0) end as collected
from known as k
left join collected as c on k.store_id = c.store_id and k.order_key = c.sold_in
left join lateral (
    select sum(m.amount) as paid
    from payout_movements as m
    where
        m.store_id = k.store_id and m.currency = k.currency and m.order_name in (k.order_name, k.known_as) and m.payout <> :payout
        and m.kind in ('sale', 'shipping', 'tax', 'promotion', 'refund', 'chargeback')
) as e on true
order by abs(k.paid - coalesce(c.collected, 0)) desc, order_name
