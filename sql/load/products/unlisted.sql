-- Every name on a line needs a product: one that no catalogue lists is known by what its lines print, and goes with them.
delete from products as p
where
    p.store_id = :store_id and not p.is_listed
    and not exists (select 1 from product_aliases as a where a.store_id = p.store_id and a.product_key = p.product_key);
insert into products (store_id, product_key, sku, title, vendor, category)
select
    a.store_id,
    a.product_key,
    max(nullif(a.sku, '')) as sku,
    max(a.title) as title,
    max(nullif(a.vendor, '')) as vendor,
    max(nullif(a.category, '')) as category
from product_aliases as a
left join products as p on a.store_id = p.store_id and a.product_key = p.product_key and p.is_listed
where a.store_id = :store_id and p.product_key is null
group by a.store_id, a.product_key
on conflict (store_id, product_key) do update
set
    sku = excluded.sku, title = excluded.title, vendor = excluded.vendor, category = excluded.category
where
    (products.sku, products.title, products.vendor, products.category)
    is distinct from (excluded.sku, excluded.title, excluded.vendor, excluded.category);
