-- What counting orders by the day of their payment or completion (:by) instead of the day they were placed changes, one row a
-- currency and state: moved (paid or completed in other days than placed), undated (no such day is known, so they are out).
-- What was taken back stays on its own day, and orders that are cancelled or await payment are named apart.
with dated as (
    select
        o.store_id,
        o.order_key,
        o.currency,
        case :by when 'paid' then o.paid_on when 'completed' then o.completed_on end as counts_on,
        (cast(:start as date) is null or o.ordered_on >= :start)
        and (cast(:stop as date) is null or o.ordered_on < :stop) as is_placed_in
    from counted_orders as o
    where
        o.cancelled_on is null
        and coalesce(o.financial_status, '') not in ('cancelled', 'pending', 'unpaid', 'failed', 'expired')
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

weighed as (
    select
        store_id,
        order_key,
        currency,
        case when counts_on is null then 'undated' else 'moved' end as state,
        case
            when counts_on is null then 0
            when cast(:start as date) is not null and counts_on < cast(:start as date) then 0
            when cast(:stop as date) is not null and counts_on >= cast(:stop as date) then 0
            else 1
        end - cast(is_placed_in as integer) as weight
    from dated
),

entries_moved as (
    select
        w.currency,
        w.state,
        w.weight,
        l.entry,
        l.line_kind,
        l.units,
        l.amount - l.discount as net,
        l.entry = 'sale' and l.line_kind = 'product' as is_sold,
        l.line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission') as is_adjustment
    from weighed as w
    cross join lateral (
        select *
        from ledger as e
        where
            e.store_id = w.store_id and e.order_key = w.order_key and e.entry <> 'reversal' and e.ordered_on = e.placed_on
        order by e.entry
        offset 0
    ) as l
    where w.weight <> 0
)

select
    currency,
    state,
    coalesce(sum(weight) filter (where entry = 'charge' and line_kind in ('order', 'zero_order')), 0) as orders,
    coalesce(sum(weight * net) filter (where line_kind = 'shipping'), 0) as shipping,
    coalesce(sum(weight * net) filter (where line_kind = 'tax'), 0) as tax,
    coalesce(sum(weight * net) filter (where not is_adjustment), 0) as collected,
    coalesce(sum(weight * units) filter (where is_sold), 0) as net_units
from entries_moved
group by currency, state
order by currency, state
