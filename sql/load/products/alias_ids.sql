select
    alias_id,
    sku,
    title
from product_aliases
where store_id = :store_id
