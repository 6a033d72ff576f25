-- One row a product of a store: what it is called.
select
    product_key,
    sku,
    title,
    category
from products
where store_id = :store_id
order by product_key
