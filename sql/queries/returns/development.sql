-- One row a currency, day of orders and age in days, and product (:by): what came back of these orders so many days later. What
-- has no day of its own (is_date_assumed) has no age. Returned is what returns/came_back counts: returns of a known line of a
-- known order. An order counts at the age of its first return (of that product); units are null where no file says how many.
with taken as (
    select
        l.store_id,
        l.sold_in,
        case when :by = 'product' then l.product_key end as product_key,
        l.currency,
        l.ordered_on,
        case when not r.is_date_assumed then greatest(l.booked_on - l.ordered_on, 0) end as age,
        l.units,
        l.amount
    from ledger as l
    inner join orders as o on l.store_id = o.store_id and l.sold_in = o.order_key
    -- the same part of an order may stand twice, told by the order and settled: the ledger shows the one that leads
    inner join reversals as r
        on l.store_id = r.store_id and l.order_key = r.order_key and l.line_no = r.part_no and not r.is_superseded
    where
        l.entry = 'reversal' and l.line_kind = 'product' and l.kind = 'return' and l.product_key is not null
        and o.kind = 'order' and l.happened_at = r.booked_at and l.kind = r.kind
        and (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and (cast(:start as date) is null or l.ordered_on >= :start)
        and (cast(:stop as date) is null or l.ordered_on < :stop)
        and (cast(:channels as text[]) is null or l.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or l.country = any(cast(:countries as text[])))
        and (cast(:categories as text[]) is null or coalesce(l.category, '') = any(cast(:categories as text[])))
        and (cast(:currency as text) is null or l.currency = :currency)
),

converted as (
    select
        t.*,
        coalesce(cast(:into as text), t.currency) as shown_in,
        t.amount * coalesce(x.rate, 1) as worth,
        min(t.age) over (partition by t.store_id, t.sold_in, t.product_key) as first_age
    from taken as t
    left join exchange_rates as x
        on
            t.currency <> :into and t.currency = x.currency and x.into_currency = :into
            and t.ordered_on >= x.valid_from and t.ordered_on < x.valid_to
    where cast(:into as text) is null or t.currency = :into or x.rate is not null
)

select
    shown_in as currency,
    ordered_on as day,
    age,
    product_key,
    count(distinct row(store_id, sold_in)) filter (where age = first_age) as orders,
    trim_scale(sum(units)) as units,
    sum(worth) as value,
    coalesce(sum(worth) filter (where units is not null), 0) as value_with_units
from converted
group by shown_in, ordered_on, age, product_key
order by currency, day, age, product_key
