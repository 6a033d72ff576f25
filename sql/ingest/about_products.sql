select
    count(*) as products,
    count(*) filter (where cost is null and not is_gift_card) as without_cost,
    count(*) filter (where sku is not null and product_key <> sku) as shared_skus
from products_new
