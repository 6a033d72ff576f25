-- Names under which lines know products: until a catalogue says more, the SKU, else the title, is the product.
insert into product_aliases (store_id, sku, title, vendor, category, product_key)
select distinct
    :store_id,
    sku,
    title,
    coalesce(vendor, ''),
    coalesce(category, ''),
    coalesce(nullif(sku, ''), title)
from alias_stage
on conflict (store_id, sku, title, vendor, category) do nothing
