-- The SKUs of the file's orders that no product, line or count of the store is called by.
select s.sku
from purchase_orders_stage as s
where
    s.sku is not null
    and not exists (
        select 1 from products as p
        where p.store_id = :store_id and (p.sku = s.sku or p.product_key = s.sku)
    )
    and not exists (
        select 1 from inventory_levels as l
        where l.store_id = :store_id and l.sku = s.sku
    )
group by s.sku
order by s.sku
