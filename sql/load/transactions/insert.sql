-- The orders that these rows speak of have their refunds settled anew.
insert into transactions (
    store_id, transaction_key, source, order_name, kind, what, sku, title, units, happened_at, gateway, status,
    currency, amount, fee, net, group_key, paid_out_on
)
select
    f.store_id, f.transaction_key, f.source, f.order_name, f.kind, f.what, f.sku, f.title, f.units, f.happened_at,
    f.gateway, f.status, f.currency, f.amount, f.fee, f.net, f.group_key, f.paid_out_on
from images_changed as c
inner join import_images as i on i.store_id = :store_id and c.kind = i.kind and c.key = i.key and i.is_current
cross join lateral jsonb_populate_record(cast(null as transactions), i.image || jsonb_build_object('store_id', i.store_id)) as f
where c.kind = 'transactions';
-- a file may bring as many as there were, and what follows looks for the orders of all of them
analyze transactions (store_id, transaction_key, order_name, kind, source, currency, cost_kind);
analyze images_changed;
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
