insert into products (
    store_id, product_key, sku, handle, title, category, vendor, price, currency, is_gift_card, is_listed, as_of, fingerprint,
    import_id
)
select
    :store_id, s.product_key, s.sku, s.handle, s.title, s.category, s.vendor, s.price, s.currency, s.is_gift_card, true, s.as_of,
    s.fingerprint, :import_id
from products_stage as s
inner join products_plan as p on s.product_key = p.product_key
where p.state in ('loaded', 'updated')
on conflict (store_id, product_key) do update
set
    sku = excluded.sku, handle = excluded.handle, title = excluded.title, category = excluded.category,
    vendor = excluded.vendor, price = excluded.price, currency = excluded.currency, is_gift_card = excluded.is_gift_card,
    is_listed = true, as_of = excluded.as_of, fingerprint = excluded.fingerprint, import_id = excluded.import_id
