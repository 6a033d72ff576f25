-- One row a currency: after how many days goods came back, over the orders of the scope. An order counts once a day on which
-- something of it was taken back; what has no day of its own tells nothing.
with chosen as (
    select
        slice_no,
        cast(store_id as bigint) as store_id,
        coalesce(cast(:into as text), currency) as shown_in
    from slices
    where
        clock = 'order_date' and grain = 'day'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

wanted as (
    select v.value_no
    from sold_values as v
    inner join sold_values as c on v.category_no = c.value_no
    where
        v.dimension = 'product' and c.value = any(cast(:categories as text[]))
        and (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
),

refunds as (
    select
        c.shown_in,
        d.days
    from chosen as c
    inner join sales_returns as d on c.slice_no = d.slice_no
    where
        d.is_known and d.days is not null
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or d.value_no in (select w.value_no from wanted as w))
    group by c.shown_in, d.order_no + c.store_id, d.day, d.days
),

-- a handful of days, each with how many took no longer
counted as (
    select
        shown_in,
        days,
        count(*) as refunds,
        sum(count(*)) over (partition by shown_in order by days) as until
    from refunds
    group by shown_in, days
),

totals as (
    select
        shown_in,
        sum(refunds) as refunds
    from counted
    group by shown_in
)

select
    t.shown_in as currency,
    cast(t.refunds as bigint) as refunds,
    min(c.days) filter (where c.until >= 0.5 * t.refunds) as days_to_return_median,
    min(c.days) filter (where c.until >= 0.9 * t.refunds) as days_to_return_p90
from totals as t
inner join counted as c on t.shown_in = c.shown_in
group by t.shown_in, t.refunds
order by t.shown_in
