-- One row a product of the stores that a sibling was named of, both by the keys of products.
select
    store_id,
    product_key as product,
    sibling_key as sibling,
    named_by,
    named_at
from product_siblings
where cast(:store_ids as integer[]) is null or store_id = any(cast(:store_ids as integer[]))
order by store_id, product_key
