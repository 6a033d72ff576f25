-- Products that no catalogue lists any more; a product that turns into a gift card, or back, moves its lines.
insert into products_touched (product_key)
select c.key
from images_changed as c
left join products as p on p.store_id = :store_id and c.key = p.product_key
left join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
where
    c.kind = 'products'
    and coalesce(p.is_gift_card, false) <> coalesce(cast(i.image ->> 'is_gift_card' as boolean), false)
on conflict do nothing;
delete from products as p
using images_changed as c
where p.store_id = :store_id and c.kind = 'products' and p.product_key = c.key;
