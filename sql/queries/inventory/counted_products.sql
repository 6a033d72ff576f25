-- One row a store and product that was ever counted: on how many days, the first and the last of them.
with counted as (
    select
        store_id,
        product_key,
        count(distinct as_of) as counts,
        min(as_of) as first_count,
        max(as_of) as last_count,
        max(title) as title,
        max(sku) as sku
    from inventory_levels
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    group by store_id, product_key
)

select
    c.store_id,
    c.product_key,
    coalesce(p.sku, c.sku) as sku,
    coalesce(p.title, c.title) as title,
    p.category,
    c.counts,
    c.first_count,
    c.last_count
from counted as c
left join products as p on c.store_id = p.store_id and c.product_key = p.product_key
where cast(:categories as text[]) is null or p.category = any(cast(:categories as text[]))
order by title, c.product_key
