select
    location,
    product_key,
    sku,
    title,
    on_hand,
    committed,
    unavailable,
    available,
    incoming,
    rows
from levels_new
