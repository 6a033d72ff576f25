-- One row an order of the days that no payout has, though others of its channel and currency are in payouts: what was collected
-- for it, and by what means it was paid. `is_open`: a file knows the payment, and that it is not paid out yet.
-- `is_by_other_means`: it was paid by means (PayPal, cash) by which no order in a payout was paid.
with named as materialized (
    select
        m.store_id,
        o.order_key,
        o.channel,
        o.currency,
        o.payment_method,
        bool_and(m.is_open) as is_open
    from payout_movements as m
    cross join lateral unnest(array[m.order_name, '#' || m.order_name]) as printed (order_name)
    inner join orders as o on m.store_id = o.store_id and printed.order_name = o.order_name and o.kind = 'order'
    where (cast(:store_ids as integer[]) is null or m.store_id = any(cast(:store_ids as integer[])))
    group by m.store_id, o.order_key, o.channel, o.currency, o.payment_method
),

begins as materialized (
    select
        store_id,
        cast(min(happened_at) as date) as first_day
    from payout_movements
    group by store_id
),

paid_out_by as materialized (
    select
        store_id,
        array_agg(distinct payment_method) as methods
    from named
    where payment_method is not null
    group by store_id
),

missing as materialized (
    select
        o.store_id,
        o.order_key,
        o.order_name,
        o.ordered_on,
        o.currency,
        o.payment_method,
        coalesce(n.is_open, false) as is_open
    from orders as o
    inner join begins as b on o.store_id = b.store_id and o.ordered_on >= b.first_day
    left join named as n on o.store_id = n.store_id and o.order_key = n.order_key
    where
        o.is_counted and o.kind = 'order'
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:currency as text) is null or o.currency = :currency)
        and (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and coalesce(n.is_open, true)
        and exists (
            select 1
            from named as p
            where p.store_id = o.store_id and p.channel = o.channel and p.currency = o.currency
        )
),

collected as (
    select
        l.store_id,
        l.sold_in,
        sum(case l.entry when 'reversal' then -l.amount else l.amount - l.discount end) as collected
    from ledger as l
    where
        l.store_id = any(array(select m.store_id from missing as m))
        and l.sold_in = any(array(select m.order_key from missing as m))
        and l.line_kind not in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission')
    group by l.store_id, l.sold_in
)

select
    m.store_id,
    m.currency,
    m.order_name,
    m.ordered_on,
    m.is_open,
    coalesce(m.payment_method <> all(g.methods), false) as is_by_other_means,
    c.collected,
    m.payment_method as paid_by
from missing as m
inner join collected as c on m.store_id = c.store_id and m.order_key = c.sold_in and c.collected <> 0
left join paid_out_by as g on m.store_id = g.store_id
order by is_by_other_means, m.is_open, m.ordered_on desc, m.order_name
