-- One row a currency and kind of reversal: what was taken back of goods on the scope's clock, in how many orders, and as far as
-- files say it, in how many units (null: no file does) and worth how much. With :into each amount at the rate of its day.
with chosen as (
    select
        slice_no,
        cast(store_id as bigint) as store_id,
        currency
    from slices
    where
        clock = :basis and grain = 'day'
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

taken as (
    select
        coalesce(cast(:into as text), c.currency) as shown_in,
        d.order_no + c.store_id as order_no,
        d.kind,
        d.units,
        case when cast(:into as text) is null then d.amount else d.amount * coalesce(r.rate, 1) end as worth
    from chosen as c
    inner join sales_returns as d on c.slice_no = d.slice_no
    left join exchange_rates as r
        on
            c.currency <> :into and c.currency = r.currency and r.into_currency = :into
            and d.day >= r.valid_from and d.day < r.valid_to
    where
        (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or d.value_no in (select w.value_no from wanted as w))
        and (cast(:into as text) is null or c.currency = :into or r.rate is not null)
)

select
    shown_in as currency,
    kind,
    sum(worth) * 0.0001 as amount,
    count(distinct order_no) as orders,
    trim_scale(whole_sum(units) * 0.0001) as units,
    coalesce(sum(worth) filter (where units is not null), 0) * 0.0001 as amount_with_units
from taken
group by shown_in, kind
order by currency, amount desc, kind
