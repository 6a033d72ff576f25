-- One row a category and day: what was sold before discounts and what discounts took off it. Money of several currencies is not
-- added up: the share is that of the currency in which most is sold.
with chosen as (
    select
        slice_no,
        currency
    from slices
    where
        clock = 'both' and grain = 'day' and channel is not null and country is not null
        and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
        and (cast(:currency as text) is null or currency = :currency)
),

summed as (
    select
        v.value as category,
        d.day,
        c.currency,
        sum(d.units) * 0.0001 as units,
        sum(d.amount) * 0.0001 as amount,
        sum(coalesce(d.discount, 0)) * 0.0001 as discount
    from chosen as c
    inner join sales_categories_daily as d on c.slice_no = d.slice_no
    inner join sold_values as v on d.value_no = v.value_no and v.dimension = 'category'
    where
        d.units > 0 and d.amount > 0
        and (cast(:start as date) is null or d.day >= :start)
        and (cast(:stop as date) is null or d.day < :stop)
        and (cast(:categories as text[]) is null or v.value = any(cast(:categories as text[])))
    group by v.value, d.day, c.currency
)

select distinct on (category, day)
    category,
    day,
    units,
    amount,
    discount
from summed
order by category, day, units desc
