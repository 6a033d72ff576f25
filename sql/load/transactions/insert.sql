-- The orders that these rows speak of have their refunds settled anew.
insert into transactions
select f.*
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_record(null::transactions, i.image || jsonb_build_object('store_id', i.store_id)) as f
where c.kind = 'transactions';
insert into orders_touched (order_key)
select distinct o.order_key
from images_changed as c
inner join transactions as f on f.store_id = :store_id and c.key = f.transaction_key and f.kind in ('refund', 'chargeback')
inner join orders as o on f.store_id = o.store_id and o.order_name in (f.order_name, '#' || f.order_name)
where c.kind = 'transactions'
on conflict do nothing;
