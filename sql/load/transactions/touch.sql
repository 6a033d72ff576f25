-- The orders that these rows speak of have their refunds settled anew.
insert into orders_touched (order_key)
select distinct o.order_key
from images_changed as c
inner join transactions as f on f.store_id = :store_id and c.key = f.transaction_key and f.kind in ('refund', 'chargeback')
cross join lateral (values (f.order_name), ('#' || f.order_name)) as n (order_name)
inner join orders as o on f.store_id = o.store_id and n.order_name = o.order_name
where c.kind = 'transactions'
on conflict do nothing;
-- What these rows say of fees changes what is known of their orders, on all their days, and on the fees' own.
with changed as materialized (
    select
        cast(f.happened_at as date) as day,
        o.order_key
    from images_changed as c
    inner join transactions as f on f.store_id = :store_id and c.key = f.transaction_key
    -- a provider may print an order without the # that the shop puts before it; each spelling is looked up by itself
    cross join lateral (values (f.order_name), ('#' || f.order_name)) as n (order_name)
    left join orders as o on f.store_id = o.store_id and o.kind = 'order' and n.order_name = o.order_name
    where
        c.kind = 'transactions'
        and (f.kind = 'fee' or f.fee <> 0 or (f.kind in ('sale', 'refund', 'chargeback') and f.fee = 0))
),

changed_orders as materialized (
    select distinct order_key
    from changed
    where order_key is not null
)

insert into costs_touched (day)
select day
from changed
union
select d.day
from changed_orders as o
inner join order_days as d on d.store_id = :store_id and o.order_key = d.order_key
union
select cast(r.booked_at as date) as day
from changed_orders as o
inner join reversals as r
    on r.store_id = :store_id and o.order_key = r.original_order_key and r.original_order_key <> r.order_key
on conflict do nothing
