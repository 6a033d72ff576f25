-- One row a product that was ever sold, with the number that the summaries know it by and what it is called.
select
    v.value_no,
    v.value as product_key,
    p.sku,
    p.title,
    p.category
from sold_values as v
left join products as p on v.store_id = p.store_id and v.value = p.product_key
where
    v.dimension = 'product' and v.value <> ''
    and (cast(:store_ids as integer[]) is null or v.store_id = any(cast(:store_ids as integer[])))
    and (cast(:categories as text[]) is null or p.category = any(cast(:categories as text[])))
order by v.value_no
