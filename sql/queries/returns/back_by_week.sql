-- One row a currency, product and week of orders, numbered backwards from 0 before :stop: of how many order lines something came
-- back by now, and worth how much. What a return is, came_back.sql says. With :into each amount at the rate of its order's day,
-- and nothing where there is no rate.
with chosen as (
    select
        slice_no,
        cast(store_id as bigint) as store_id,
        currency
    from slices
    where
        clock = 'order_date' and grain = 'day'
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

taken as (
    select
        coalesce(cast(:into as text), c.currency) as shown_in,
        d.value_no,
        (cast(:stop as date) - 1 - d.day) / 7 as week,
        d.order_no + c.store_id as order_no,
        d.amount * case when cast(:into as text) is null or c.currency = :into then 1 else r.rate end as worth
    from chosen as c
    inner join sales_returns as d on c.slice_no = d.slice_no
    left join exchange_rates as r
        on
            c.currency <> :into and c.currency = r.currency and r.into_currency = :into
            and d.day >= r.valid_from and d.day < r.valid_to
    where d.is_known and d.day >= :start and d.day < :stop
)

select
    t.shown_in as currency,
    v.value as product_key,
    t.week,
    count(distinct t.order_no) as lines,
    coalesce(sum(t.worth), 0) * 0.0001 as value
from taken as t
inner join sold_values as v on t.value_no = v.value_no
group by t.shown_in, v.value, t.week
order by t.shown_in, v.value, t.week
