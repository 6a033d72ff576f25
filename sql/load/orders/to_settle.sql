-- Of the orders just written those of which other files say what was given back.
insert into orders_touched (order_key)
select o.order_key
from orders as o
inner join orders_plan as p on o.order_key = p.order_key
where
    o.store_id = :store_id and p.state in ('loaded', 'updated', 'reread')
    and (
        o.order_name in (
            select t.order_name from transactions as t where t.store_id = :store_id and t.kind in ('refund', 'chargeback')
        )
        or o.order_name in (select r.order_name from returns as r where r.store_id = :store_id)
        -- refunds that stand as documents of their own
        or o.order_name in (
            select d.order_name from orders as d where d.store_id = :store_id and strpos(d.order_key, ' refund ') > 0
        )
    )
union
-- documents that take back lines of an order of which other files say what was given back
select r.order_key
from reversals as r
inner join orders_plan as p on r.order_key = p.order_key
inner join orders as o on r.store_id = o.store_id and r.original_order_key = o.order_key
where
    r.store_id = :store_id and p.state in ('loaded', 'updated', 'reread') and r.original_order_key <> r.order_key
    and (
        o.order_name in (
            select t.order_name from transactions as t where t.store_id = :store_id and t.kind in ('refund', 'chargeback')
        )
        or o.order_name in (select b.order_name from returns as b where b.store_id = :store_id)
    )
on conflict do nothing
