-- One row a product of a store: what it is called, and its category, '' where it has none.
select
    product_key,
    title,
    coalesce(category, '') as category
from products
where store_id = :store_id
order by product_key
