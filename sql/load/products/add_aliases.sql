-- Names under which lines know products: until a catalogue says more, the SKU, else the title, is the product.
insert into product_aliases (store_id, sku, title, vendor, product_key)
select
    :store_id,
    sku,
    title,
    max(vendor),
    coalesce(nullif(sku, ''), title)
from alias_stage
group by sku, title
on conflict (store_id, sku, title) do nothing
