-- The orders that some platforms count and others do not, one row a currency and state, with what they add to every amount in
-- the days: left_out (cancelled, and the store leaves them out), cancelled (and counted here), never_paid (cancelled before
-- payment, not counted here), awaiting (counted here before they are paid). With :into, each amount has the rate of the day it
-- counts on, and what has none is left out.
with apart as (
    select
        o.store_id,
        o.order_key,
        o.currency,
        case
            when o.is_counted and o.cancelled_on is not null and s.leaves_cancelled_out then 'left_out'
            when o.is_counted and o.cancelled_on is not null then 'cancelled'
            when not o.is_counted then 'never_paid'
            else 'awaiting'
        end as state
    from orders as o
    inner join stores as s on o.store_id = s.store_id
    where
        (
            o.cancelled_on is not null
            or o.financial_status = 'cancelled'
            or (o.is_counted and o.financial_status in ('pending', 'unpaid', 'failed', 'expired'))
        )
        and (cast(:store_ids as integer[]) is null or o.store_id = any(cast(:store_ids as integer[])))
        and (cast(:stop as date) is null or o.ordered_on < :stop)
        and (cast(:channels as text[]) is null or o.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or o.country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or o.currency = :currency)
),

-- the offset keeps the view inside, where each of its parts is reached by its key
placed as (
    select
        a.state,
        l.*,
        case when :basis = 'refund_date' then l.booked_on else l.ordered_on end as day,
        case l.entry when 'reversal' then -l.amount else l.amount - l.discount end as net,
        l.entry = 'sale' and l.line_kind = 'product' as is_sold,
        l.entry = 'reversal' and l.line_kind = 'product' as is_back,
        l.line_kind in ('manual', 'sample', 'bad_debt', 'bank_charge', 'marketplace_fee', 'commission') as is_adjustment
    from apart as a
    cross join lateral (
        select * from entries as e where e.store_id = a.store_id and e.order_key = a.order_key order by e.entry offset 0
    ) as l
),

scoped as (
    select
        l.state,
        l.entry,
        l.line_kind,
        l.is_sold,
        l.is_back,
        l.is_adjustment,
        l.units,
        coalesce(cast(:into as text), l.currency) as currency,
        l.amount * coalesce(r.rate, 1) as amount,
        l.discount * coalesce(r.rate, 1) as discount,
        l.net * coalesce(r.rate, 1) as net
    from placed as l
    left join exchange_rates as r
        on
            l.currency <> :into and l.currency = r.currency and r.into_currency = :into
            and l.day >= r.valid_from and l.day < r.valid_to
    where
        (cast(:into as text) is null or l.currency = :into or r.rate is not null)
        and (cast(:start as date) is null or l.day >= :start)
        and (cast(:stop as date) is null or l.day < :stop)
)

select
    currency,
    state,
    count(*) filter (where entry = 'charge' and line_kind in ('order', 'zero_order')) as orders,
    coalesce(sum(amount) filter (where is_sold), 0) as gross_sales,
    coalesce(sum(case when line_kind = 'discount' then -net when is_sold then discount end), 0) as discounts,
    coalesce(sum(amount) filter (where is_back), 0) as reversals,
    coalesce(sum(net) filter (where line_kind in ('product', 'discount')), 0) as net_sales,
    coalesce(sum(net) filter (where line_kind = 'shipping'), 0) as shipping,
    coalesce(sum(net) filter (where line_kind = 'tax'), 0) as tax,
    coalesce(sum(net) filter (where line_kind = 'duties'), 0) as duties,
    coalesce(sum(net) filter (where line_kind = 'fee'), 0) as fees,
    coalesce(sum(net) filter (where line_kind in ('product', 'discount', 'shipping', 'tax', 'duties', 'fee')), 0)
        as total_sales,
    coalesce(sum(net) filter (where not is_adjustment), 0) as collected,
    coalesce(sum(units) filter (where is_sold), 0) as units,
    coalesce(sum(units) filter (where is_sold), 0) - coalesce(sum(units) filter (where is_back), 0) as net_units
from scoped
group by currency, state
order by currency, state
