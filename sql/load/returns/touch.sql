-- The orders that these rows speak of have their refunds settled anew.
insert into orders_touched (order_key)
select distinct o.order_key
from images_changed as c
inner join returns as f on f.store_id = :store_id and c.key = f.return_key
inner join orders as o on f.store_id = o.store_id and f.order_name = o.order_name
where c.kind = 'returns'
on conflict do nothing
