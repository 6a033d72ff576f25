-- Before refunds are settled: their days count as touched, what was settled before goes, and every order's own say stands,
-- with what other documents take back of it.
insert into touched (day)
select distinct d.day
from order_days as d
inner join orders_touched as t on d.order_key = t.order_key
where d.store_id = :store_id
union
select distinct d.day
from order_days as d
inner join reversals as r on d.store_id = r.store_id and d.order_key = r.order_key
inner join orders_touched as t on r.original_order_key = t.order_key
where d.store_id = :store_id and r.original_order_key <> r.order_key
on conflict do nothing;
delete from reversals as r
using orders_touched as t
where r.store_id = :store_id and r.order_key = t.order_key and r.source = 'settled';
update reversals as r
set is_superseded = false
from orders_touched as t
where r.store_id = :store_id and r.order_key = t.order_key and r.is_superseded;
update reversals as r
set is_superseded = false
from orders_touched as t
where
    r.store_id = :store_id and r.original_order_key = t.order_key and r.original_order_key <> r.order_key
    and r.is_superseded;
