-- Which product a name means: the only listed product with its SKU, else the only one with its title, else itself.
-- The products that lost or won a name are touched. Without their number known, the
-- names would be compared each with each.
analyze product_aliases (store_id, alias_id), products (store_id, product_key);
with listed as (
    select
        product_key,
        sku,
        title
    from products
    where store_id = :store_id and is_listed
),

by_sku as (
    select
        sku,
        min(product_key) as product_key
    from listed
    where sku is not null
    group by sku
    having count(*) = 1
),

by_title as (
    select
        title,
        min(product_key) as product_key
    from listed
    group by title
    having count(*) = 1
),

meant as (
    select
        a.alias_id,
        a.product_key as old_key,
        coalesce(s.product_key, t.product_key, nullif(a.sku, ''), a.title) as new_key
    from product_aliases as a
    left join by_sku as s on a.sku = s.sku
    left join by_title as t on a.title = t.title
    where a.store_id = :store_id
),

relinked as (
    update product_aliases as a
    set product_key = m.new_key
    from meant as m
    where a.store_id = :store_id and a.alias_id = m.alias_id and m.old_key <> m.new_key
    returning m.old_key, m.new_key
)

insert into products_touched (product_key)
select distinct unnest(array[old_key, new_key])
from relinked
on conflict do nothing;
