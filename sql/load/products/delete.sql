-- Products that no catalogue lists any more; a product that turns into a gift card, or back, moves its lines, and one of another
-- weight costs something else to send where a rule goes by weight.
insert into products_touched (product_key)
select c.key
from images_changed as c
left join products as p on p.store_id = :store_id and c.key = p.product_key
left join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
where
    c.kind = 'products'
    and (
        coalesce(p.is_gift_card, false) <> coalesce(cast(i.image ->> 'is_gift_card' as boolean), false)
        or (
            p.weight_grams is distinct from cast(i.image ->> 'weight_grams' as numeric)
            and exists (
                select 1
                from cost_rules as r
                where r.store_id = :store_id and (r.weight_from is not null or r.weight_to is not null)
            )
        )
    )
on conflict do nothing;
delete from products as p
using images_changed as c
where p.store_id = :store_id and c.kind = 'products' and p.product_key = c.key;
