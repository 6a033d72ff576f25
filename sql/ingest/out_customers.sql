select
    customer_key,
    platform_id,
    country,
    region,
    orders,
    total_spent,
    currency,
    first_order_on,
    accepts_marketing,
    tags,
    rows
from customers_new
