-- One row a bundle and component, as imported or edited, with the products' titles.
with known as (
    select distinct on (store_id, sku)
        store_id,
        sku,
        title
    from products
    where sku is not null and (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
    order by store_id asc, sku asc, is_listed desc, product_key asc
)

select
    b.store_id,
    b.bundle_sku,
    b.component_sku,
    b.units,
    s.title as bundle_title,
    c.title as component_title
from bundles as b
left join known as s on b.store_id = s.store_id and b.bundle_sku = s.sku
left join known as c on b.store_id = c.store_id and b.component_sku = c.sku
where cast(:store_ids as integer[]) is null or b.store_id = any(cast(:store_ids as integer[]))
order by b.bundle_sku, b.component_sku
