-- The product a cost belongs to is found by `relink`.
insert into product_costs (store_id, code, valid_from, currency, unit_cost, freight, duty, product_key)
select
    i.store_id,
    i.image ->> 'code' as code,
    cast(i.image ->> 'valid_from' as date) as valid_from,
    i.image ->> 'currency' as currency,
    cast(i.image ->> 'unit_cost' as numeric) as unit_cost,
    coalesce(cast(i.image ->> 'freight' as numeric), 0) as freight,
    coalesce(cast(i.image ->> 'duty' as numeric), 0) as duty,
    i.image ->> 'code' as product_key
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
where c.kind = 'costs';
insert into products_touched (product_key)
select distinct k.product_key
from images_changed as c
inner join product_costs as k on k.store_id = :store_id and concat_ws('|', k.code, k.valid_from) = c.key
where c.kind = 'costs'
on conflict do nothing;
