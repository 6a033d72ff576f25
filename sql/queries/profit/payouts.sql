-- One row a payout and currency, the newest first, what is not paid out yet before all: what went into it by kind, what its
-- movements add up to (net), and what the file prints as paid out (null where it prints nothing). Sales, refunds, tax, fees and
-- other are the net. Of a payout whose file prints no day it is that of its last movement.
select
    store_id,
    currency,
    source,
    payout,
    bool_or(is_open) as is_open,
    coalesce(max(paid_out_on), cast(max(happened_at) as date)) as paid_on,
    cast(min(happened_at) filter (where kind <> 'payout') as date) as first_day,
    count(distinct order_name) as payout_orders,
    coalesce(sum(amount) filter (where kind in ('sale', 'shipping', 'promotion')), 0) as payout_sales,
    coalesce(sum(amount) filter (where kind in ('refund', 'chargeback')), 0) as payout_refunds,
    coalesce(sum(amount) filter (where kind = 'tax'), 0) as payout_tax,
    coalesce(sum(case when kind = 'fee' then moved else moved - amount end) filter (where kind <> 'payout'), 0) as payout_fees,
    coalesce(sum(amount) filter (where kind in ('adjustment', 'other')), 0) as payout_other,
    coalesce(sum(moved) filter (where kind <> 'payout'), 0) as payout_net,
    -sum(moved) filter (where kind = 'payout') as payout_printed
from payout_movements
where
    (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    and (cast(:currency as text) is null or currency = :currency)
    and (cast(:payout as text) is null or payout = :payout)
group by store_id, currency, source, payout
having
    bool_or(is_open)
    or (
        (cast(:start as date) is null or coalesce(max(paid_out_on), cast(max(happened_at) as date)) >= :start)
        and (cast(:stop as date) is null or coalesce(max(paid_out_on), cast(max(happened_at) as date)) < :stop)
    )
order by is_open desc, paid_on desc, source, payout, currency, store_id
