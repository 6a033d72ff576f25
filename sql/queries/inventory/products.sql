-- One row a product that a catalogue, a line or a count of the stores names; of two stores' the listed one speaks for both.
with counted as (
    select distinct on (l.product_key)
        l.store_id,
        l.product_key,
        l.sku,
        l.title
    from inventory_levels as l
    where
        (cast(:store_ids as integer[]) is null or l.store_id = any(cast(:store_ids as integer[])))
        and not exists (
            select 1
            from products as p
            where p.store_id = l.store_id and p.product_key = l.product_key
        )
    order by l.product_key, l.as_of desc
)

select distinct on (product_key)
    product_key,
    sku,
    title,
    category,
    vendor
from (
    select store_id, product_key, sku, title, category, vendor, is_listed
    from products
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
    union all
    select store_id, product_key, sku, title, null as category, null as vendor, false as is_listed
    from counted
) as known
order by product_key, is_listed desc, category nulls last, store_id
