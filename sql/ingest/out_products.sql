select
    product_key,
    sku,
    handle,
    title,
    category,
    vendor,
    price,
    currency,
    is_gift_card,
    cost,
    weight_grams
from (
    select * from products_new
    union all by name
    select cast(null as decimal(18, 3)) as weight_grams
    where false
)
