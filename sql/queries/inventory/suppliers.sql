-- One row a store and product of the catalogue that has a supplier by the scope's end: the newest word on the product itself,
-- else on all products of the supplier that is called as its brand is.
with told as (
    select distinct on (store_id, sku, case when sku = '' then lower(supplier) end)
        store_id,
        sku,
        supplier
    from suppliers
    where
        (cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[])))
        and (cast(:stop as date) is null or valid_from < :stop)
    order by store_id, sku, case when sku = '' then lower(supplier) end, valid_from desc, supplier
)

select
    p.store_id,
    p.product_key,
    coalesce(own.supplier, brand.supplier) as supplier
from products as p
left join told as own on p.store_id = own.store_id and p.sku = own.sku and own.sku <> ''
left join told as brand on p.store_id = brand.store_id and brand.sku = '' and lower(p.vendor) = lower(brand.supplier)
where
    coalesce(own.supplier, brand.supplier) is not null
    and (cast(:store_ids as integer[]) is null or p.store_id = any(cast(:store_ids as integer[])))
order by p.store_id, p.product_key
