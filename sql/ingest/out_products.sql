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
    cost
from products_new
