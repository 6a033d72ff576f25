-- One row a store and product: what was asked for from `start` up to `stop`, and the sum of the squares of daily units. A
-- bundle's sales are demand of what it is made of, down to the last parts.
with demand_days as (
    select
        s.store_id,
        coalesce(c.product_key, v.value) as product_key,
        d.day,
        sum(d.units * coalesce(c.units, 1)) * 0.0001 as units
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no and s.clock = 'both' and s.channel is not null and s.country is not null
    inner join sold_values as v on d.value_no = v.value_no and v.value <> ''
    left join bundle_parts as c on v.store_id = c.store_id and v.value = c.bundle_key
    where
        d.day >= :start and d.day < :stop
        and (cast(:store_ids as integer[]) is null or s.store_id = any(cast(:store_ids as integer[])))
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    group by s.store_id, coalesce(c.product_key, v.value), d.day
    having sum(d.units) <> 0
)

select
    store_id,
    product_key,
    trim_scale(sum(units)) as units,
    sum(units * units) as squares
from demand_days
group by store_id, product_key
order by store_id, product_key
