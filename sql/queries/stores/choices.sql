-- The values that filters can take, most frequent use aside: sorted by name.
with used as (
    select distinct
        currency,
        channel,
        country
    from sales_daily
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
)

select distinct
    what,
    value
from used
cross join lateral (
    values ('channel', channel), ('country', country), ('currency', currency)
) as choice (what, value)
union
select
    'category' as what,
    category as value
from products
where (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))) and category is not null
order by what, value
