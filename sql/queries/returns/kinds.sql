-- One row a currency and kind of reversal: what was taken back of goods on the scope's clock, in how many orders, and as far as
-- files say it, in how many units (null: no file does) and worth how much. With :into each amount at the rate of its day.
-- Currencies have numbers here, as kinds have (rollups/now/sales_returns.sql): texts are slow to sort by. Without :into whole
-- numbers are added up.
with chosen as (
    select
        slice_no,
        cast(store_id as bigint) as store_id,
        currency,
        coalesce(cast(:into as text), currency) as shown_in,
        cast(dense_rank() over (order by coalesce(cast(:into as text), currency)) as integer) as money_no
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

-- two stores may have orders of one number
taken as (
    select
        c.money_no,
        d.kind_no,
        d.order_no + c.store_id as order_no,
        d.units,
        d.amount,
        case when cast(:into as text) is not null then d.amount * coalesce(r.rate, 1) end as worth
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
),

summed as (
    select
        money_no,
        kind_no,
        count(distinct order_no) as orders,
        whole_sum(units) as units,
        coalesce(sum(worth), whole_sum(amount)) * 0.0001 as amount,
        coalesce(sum(worth) filter (where units is not null), whole_sum(amount) filter (where units is not null), 0) * 0.0001
            as amount_with_units
    from taken
    group by money_no, kind_no
),

named as (
    select distinct
        money_no,
        shown_in
    from chosen
)

select
    n.shown_in as currency,
    (array['return', 'cancellation', 'edit', 'goodwill', 'chargeback', 'shipping_refund', 'return_fee', 'unknown'])[s.kind_no]
        as kind,
    s.amount,
    s.orders,
    trim_scale(s.units * 0.0001) as units,
    s.amount_with_units
from summed as s
inner join named as n on s.money_no = n.money_no
order by currency, s.amount desc, kind
