-- One row a product that was sold before :stop, a bundle's sales being those of its parts: the first and the last day.
with spans as (
    select
        d.value_no,
        min(d.day) as first_day,
        max(d.day) as last_day
    from sales_products_daily as d
    inner join slices as s on d.slice_no = s.slice_no
    where
        s.clock = 'both' and s.channel is not null and s.country is not null
        and s.store_id = :store_id
        and d.day < :stop and d.units > 0
        and (cast(:channels as text[]) is null or s.channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or s.country = any(cast(:countries as text[])))
    group by d.value_no
),

by_product as (
    select
        coalesce(b.product_key, v.value) as product_key,
        min(s.first_day) as first_sold_on,
        max(s.last_day) as last_sold_on
    from spans as s
    inner join sold_values as v on s.value_no = v.value_no and v.value <> ''
    left join bundle_parts as b on v.store_id = b.store_id and v.value = b.bundle_key
    group by coalesce(b.product_key, v.value)
)

select
    b.product_key,
    p.sku,
    p.category,
    b.first_sold_on,
    b.last_sold_on
from by_product as b
left join products as p on p.store_id = :store_id and b.product_key = p.product_key
where cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
order by b.product_key
