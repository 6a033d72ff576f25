insert into products (
    store_id, product_key, sku, handle, title, category, vendor, price, currency, is_gift_card, is_listed,
    weight_grams
)
select
    i.store_id, f.product_key, f.sku, f.handle, f.title, f.category, f.vendor, f.price, f.currency, f.is_gift_card, true,
    f.weight_grams
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_record(null::products, i.image) as f
where c.kind = 'products'
