-- One row a product that was sold before :stop, a bundle's sales being those of its parts: the first and the last day.
with chosen as (
    select slice_no
    from slices
    where
        clock = 'both' and channel is not null and country is not null
        and store_id = :store_id
        and (cast(:channels as text[]) is null or channel = any(cast(:channels as text[])))
        and (cast(:countries as text[]) is null or country = any(cast(:countries as text[])))
),

spans as (
    select
        value_no,
        min(day) as first_day,
        max(day) as last_day
    from sales_products_daily
    where slice_no = any(array(select c.slice_no from chosen as c)) and day < :stop and units > 0
    group by value_no
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
