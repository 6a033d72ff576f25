-- Refunds that stand as documents of their own, “1001 refund 2024-05-20 …”, are settled together with their order. So is an
-- order of which another document takes lines back: a cancelled invoice, a refund at the till.
insert into orders_touched (order_key)
select n.order_key
from orders_touched as t
inner join orders as n
    on n.store_id = :store_id and n.order_key = split_part(t.order_key, ' refund ', 1)
where strpos(t.order_key, ' refund ') > 0
union
select d.order_key
from orders as d
inner join orders_touched as t on split_part(d.order_key, ' refund ', 1) = t.order_key
where d.store_id = :store_id and strpos(d.order_key, ' refund ') > 0
union
select r.original_order_key
from reversals as r
inner join orders_touched as t on r.order_key = t.order_key
where r.store_id = :store_id and r.source = 'order' and r.original_order_key <> r.order_key
on conflict do nothing
