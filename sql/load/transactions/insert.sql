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
analyze images_changed
