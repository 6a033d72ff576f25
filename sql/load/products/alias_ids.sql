select
    alias_id,
    sku,
    title,
    vendor,
    category
from product_aliases
where store_id = :store_id
