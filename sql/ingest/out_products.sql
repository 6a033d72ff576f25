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
    fingerprint,
    getvariable('as_of') as as_of
from products_new
