-- The names under which the lines to be written know their products.
select distinct
    i.sku,
    i.title,
    coalesce(i.vendor, '') as vendor,
    coalesce(i.category, '') as category
from (
    select order_key, sku, title, vendor, category from items_new
    union all by name
    select order_key, sku, title from reversals_new where sku is not null
) as i
where getvariable('writes_all') or i.order_key in (select order_key from to_write)
