-- One row a bundle and component: the bundle as lines name it, the component as a product with its catalogue's price. Where
-- several stores are asked for and make one bundle differently, the oldest store's way is taken for all. A component that no
-- line and no catalogue knows stands under its SKU.
with of_store as (
    select
        b.*,
        s.product_key as bundle_key,
        b.store_id = min(b.store_id) over (partition by s.product_key) as is_first
    from bundles as b
    inner join products as s on b.store_id = s.store_id and b.bundle_sku = s.sku
    where cast(:store_ids as integer[]) is null or b.store_id = any(cast(:store_ids as integer[]))
)

select
    b.bundle_key,
    coalesce(c.product_key, b.component_sku) as component_key,
    b.component_sku as sku,
    coalesce(c.title, b.component_sku) as title,
    c.category,
    c.vendor,
    b.units,
    c.price,
    c.currency as price_currency
from of_store as b
left join lateral (
    select p.*
    from products as p
    where p.store_id = b.store_id and p.sku = b.component_sku
    order by p.is_listed desc, p.product_key
    limit 1
) as c on true
where b.is_first
order by b.bundle_key, component_key
