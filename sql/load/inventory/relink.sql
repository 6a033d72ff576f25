-- Which product was counted: the listed one of the same key or handle, else the only listed one with its SKU, else its own.
with by_sku as (
    select
        sku,
        min(product_key) as product_key
    from products
    where store_id = :store_id and is_listed and sku is not null
    group by sku
    having count(*) = 1
),

meant as (
    select
        l.as_of,
        l.location,
        l.level_key,
        coalesce(p.product_key, h.product_key, s.product_key, l.level_key) as product_key
    from inventory_levels as l
    left join products as p on l.store_id = p.store_id and l.level_key = p.product_key and p.is_listed
    left join products as h on l.store_id = h.store_id and l.handle_key = h.product_key and h.is_listed
    left join by_sku as s on l.sku = s.sku
    where l.store_id = :store_id
)

update inventory_levels as l
set product_key = m.product_key
from meant as m
where
    l.store_id = :store_id and l.as_of = m.as_of and l.location = m.location and l.level_key = m.level_key
    and l.product_key <> m.product_key
