-- One row a number that the summaries know a product by, and a product that its sales are demand of: a bundle's are that of
-- each of its parts, `pieces` of it each.
select
    v.value_no,
    coalesce(b.product_key, v.value) as product_key,
    cast(coalesce(b.units, 1) as double precision) as pieces
from sold_values as v
left join bundle_parts as b on v.store_id = b.store_id and v.value = b.bundle_key
where
    v.store_id = :store_id and v.dimension = 'product' and v.value <> ''
    and (cast(:products as text[]) is null or coalesce(b.product_key, v.value) = any(cast(:products as text[])))
order by product_key, v.value_no
