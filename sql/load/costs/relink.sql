-- Which product a cost belongs to: the listed product of that key, else the only listed one with that SKU, else its own.
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
        k.code,
        k.valid_from,
        k.product_key as old_key,
        coalesce(p.product_key, s.product_key, k.code) as new_key
    from product_costs as k
    left join products as p on k.store_id = p.store_id and k.code = p.product_key and p.is_listed
    left join by_sku as s on k.code = s.sku
    where k.store_id = :store_id
),

relinked as (
    update product_costs as k
    set product_key = m.new_key
    from meant as m
    where k.store_id = :store_id and k.code = m.code and k.valid_from = m.valid_from and m.old_key <> m.new_key
    returning m.old_key, m.new_key
)

insert into products_touched (product_key)
select distinct unnest(array[old_key, new_key])
from relinked
on conflict do nothing
