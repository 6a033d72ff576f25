-- One row a currency and day of the scope's clock, or product, or all of them together (:by day, product, all): what came back.
-- Returned is what a file calls a return or a refund that is exactly that, of a line of an order that is known; units are null
-- where no file says how many. Beside it what names no such line, and refunds of which nobody knows what they were for.
-- Currencies have numbers here, because texts are slow to sort by; of kinds 1 is a return and 8 unknown. Without :into whole
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
        case when :by = 'day' then d.day end as told_of,
        case when :by = 'product' then d.value_no end as value_no,
        d.order_no + c.store_id as order_no,
        d.is_known,
        d.kind_no,
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
        d.kind_no in (1, 8)
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or d.value_no in (select w.value_no from wanted as w))
        and (cast(:into as text) is null or c.currency = :into or r.rate is not null)
),

summed as (
    select
        money_no,
        told_of,
        value_no,
        count(distinct order_no) filter (where is_known) as orders_with_return,
        whole_sum(units) filter (where is_known) as units_returned,
        sum(worth) filter (where is_known) as known_worth,
        whole_sum(amount) filter (where is_known) as known_amount,
        sum(worth) filter (where is_known and units is not null) as worth_with_units,
        whole_sum(amount) filter (where is_known and units is not null) as amount_with_units,
        sum(worth) filter (where kind_no = 1 and not is_known) as worth_without_lines,
        whole_sum(amount) filter (where kind_no = 1 and not is_known) as amount_without_lines,
        sum(worth) filter (where kind_no = 8) as unclear_worth,
        whole_sum(amount) filter (where kind_no = 8) as unclear_amount
    from taken
    group by money_no, told_of, value_no
),

named as (
    select distinct
        money_no,
        shown_in
    from chosen
)

select
    n.shown_in as currency,
    s.told_of as day,
    nullif(v.value, '') as product_key,
    cast(sum(s.orders_with_return) as bigint) as orders_with_return,
    trim_scale(whole_sum(s.units_returned) * 0.0001) as units_returned,
    coalesce(sum(s.known_worth), whole_sum(s.known_amount), 0) * 0.0001 as value_returned,
    coalesce(sum(s.worth_with_units), whole_sum(s.amount_with_units), 0) * 0.0001 as value_with_units,
    coalesce(sum(s.worth_without_lines), whole_sum(s.amount_without_lines), 0) * 0.0001 as value_without_lines,
    coalesce(sum(s.unclear_worth), whole_sum(s.unclear_amount), 0) * 0.0001 as value_of_unknown_kind
from summed as s
inner join named as n on s.money_no = n.money_no
left join sold_values as v on v.dimension = 'product' and s.value_no = v.value_no
group by n.shown_in, s.told_of, v.value
order by n.shown_in, s.told_of
