-- One row a product that a catalogue, a line or a count of the stores names; of two stores' the listed one speaks for both.
select distinct on (product_key)
    product_key,
    sku,
    title,
    category,
    vendor
from (
    select store_id, product_key, sku, title, category, vendor, is_listed
    from products
    union all
    select distinct on (store_id, product_key)
        store_id,
        product_key,
        sku,
        title,
        null as category,
        null as vendor,
        false as is_listed
    from inventory_levels
    where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
) as known
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by product_key, is_listed desc, category nulls last, store_id
